import Foundation
import Judge
import Model

/// What the tables of the methodology are made of; every number follows from the seed.
struct Tables {
    var comparisons = 500
    var metrics = 100
    var seed: UInt64 = 2026
    /// Comparisons that share one measured floor, as a machine's floor serves many comparisons.
    var perFloor = 25
    var floorPairs = 59

    /// Share of A/A comparisons in which a rule calls at least one metric slower, and metrics it calls in all.
    struct FalseAlarms: Equatable {
        var gate: Gate
        var processes: Int
        var comparisons: Int
        var withAlarm: Int
        var alarms: Int
    }

    func falseAlarms(processes: Int, struck: Double = 0, gates: [Gate] = Gate.allCases) -> [FalseAlarms] {
        var found = gates.map {
            FalseAlarms(gate: $0, processes: processes, comparisons: comparisons, withAlarm: 0, alarms: 0)
        }
        each(processes: processes, struck: struck) { world, floor in
            let trial = Trial(
                base: world.run(processes: processes), earlier: (0..<4).map { _ in world.run(processes: processes) },
                new: world.run(processes: processes), floor: floor)
            for index in gates.indices {
                let called = trial.called(gates[index])
                found[index].alarms += called.count
                found[index].withAlarm += called.isEmpty ? 0 : 1
            }
        }
        return found
    }

    /// How often a slowdown of one metric among all is found.
    struct Detection: Equatable {
        var label: String
        var processes: Int
        var trials = 0
        var found = 0
        var share: Double { trials > 0 ? Double(found) / Double(trials) : .nan }
    }

    /// By how much one metric is slowed down.
    enum Slowdown {
        /// The same for all, as a share.
        case of(Double)
        /// As a multiple of the metric's noise floor, nobody having asked for a minimum effect.
        case floors(Double)
        /// As the smallest effect that the comparison itself names.
        case promised
    }

    /// - Parameter isInterleaved: both sides share what a run adds, as in `--confirm` and live comparisons.
    func detection(
        _ slowdown: Slowdown, label: String, processes: Int, gate: Gate = .withFloor, isInterleaved: Bool = false
    ) -> (all: Detection, byNoise: [Detection]) {
        var least = Judge.Options.standardEffect
        if case .floors = slowdown { least = 0 }
        var all = Detection(label: label, processes: processes)
        var classes = ["0.3–1 %", "1–3 %", "3–9 %"].map { Detection(label: $0, processes: processes) }
        each(processes: processes, struck: 0) { world, floor in
            let target = world.choose(metrics)
            let effects = isInterleaved ? world.runEffects() : nil
            let base = world.run(processes: processes, effects: effects)
            let size = size(slowdown, target, floor, world, base, isInterleaved)
            guard let size else { return }
            let new = world.run(processes: processes, adding: [target: size], effects: effects)
            let trial = Trial(base: base, new: new, floor: floor)
            let called =
                isInterleaved ? trial.calledInterleaved(least) : trial.called(gate, minimumEffect: least)
            let hit = called.contains(target) ? 1 : 0
            let noise = world.processDeviation[target]
            let place = noise < 0.01 ? 0 : noise < 0.03 ? 1 : 2
            all.trials += 1
            all.found += hit
            classes[place].trials += 1
            classes[place].found += hit
        }
        return (all, classes)
    }

    private func size(
        _ slowdown: Slowdown, _ target: Int, _ floor: NoiseFloor, _ world: World, _ base: [[Double]],
        _ isInterleaved: Bool
    ) -> Double? {
        switch slowdown {
        case .of(let share): return log(1 + share)
        case .floors(let factor): return factor * floor.metrics[target].value
        case .promised:
            // What an A/A comparison with this baseline says that it could have shown.
            var world = world
            let trial = Trial(base: base, new: world.run(processes: base[0].count), floor: floor)
            return trial.comparison(
                floor: isInterleaved ? nil : floor, Judge.Options.standardEffect, isInterleaved: isInterleaved
            ).pairs[target].smallestEffect
        }
    }

    private func each(processes: Int, struck: Double, _ body: (inout World, NoiseFloor) -> Void) {
        var done = 0
        while done < comparisons {
            // Another machine with other noise for each floor.
            var world = World(
                metrics: metrics, seed: seed &+ UInt64(done) &* 0x9E37_79B9 &+ UInt64(processes), struck: struck)
            let floor = world.floor(pairs: floorPairs, processes: processes)
            for _ in 0..<min(perFloor, comparisons - done) {
                body(&world, floor)
                done += 1
            }
        }
    }
}
