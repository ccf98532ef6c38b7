import Document
import Model
import Statistics
import Units

/// Why cases are unconverged, counted by the three rules of the methodology.
struct Unconverged {
    /// Fewer than six processes: there is no interval.
    var few = 0
    /// The printed half-width is above the target of the run.
    var wide = 0
    /// More than half of the processes reached their cap, and the half-width is above the target of a process.
    var capped = 0
    /// Cases in which the recorded figures show none of the three.
    var other = 0

    init(_ reading: Reading) {
        for measurement in reading.measured where measurement.status == .unconverged { count(measurement, reading) }
    }

    private mutating func count(_ measurement: Measurement, _ reading: Reading) {
        let rules = reading.bundle.plan.rules
        guard let metric = measurement.metrics.first, let interval = metric.interval else { return few += 1 }
        let width = interval.relativeHalfWidth(of: metric.value)
        let completed = reading.processes(of: measurement).filter(\.isCompleted)
        let atCap = completed.count {
            ![.completed(.converged), .completed(.enough), .completed(.traffic)].contains($0.outcome)
        }
        if width > rules.runTarget {
            wide += 1
        } else if atCap * 2 > completed.count, width > rules.sampleTarget {
            capped += 1
        } else {
            other += 1
        }
    }

    /// The rules that caught any case, with how many.
    func parts(_ rules: Rules) -> [String] {
        let target = Words.target(rules.runTarget)
        let counted = [
            (few, "with fewer than six processes and so without an interval"),
            (wide, "with a half-width above \(target)"), (capped, "stopped by the cap of most of the processes"),
            (other, "for the reason in \u{00A7}14"),
        ]
        return counted.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}

extension Datasheet {
    /// How processes came to their end, and when a case counts as unconverged: the rules of docs/METHODOLOGY.md.
    static func stopping(_ reading: Reading) -> Prose {
        let rules = reading.bundle.plan.rules
        let counts = StopReason.allCases.map { reason in
            (reason, reading.completed.count { $0.outcome == .completed(reason) })
        }.filter { $0.1 > 0 }
        let words = counts.map { "\(Words.count($0.1, "process", "processes")) \(stopWords($0.0, rules, reading))" }
        let ends =
            words.isEmpty ? "No process came to a stop by its rule." : Words.capital(Words.list(words)) + "."
        return Prose("\(ends) \(unconvergedRules(rules)): \(unconvergedCount(reading)).")
    }

    private static func unconvergedRules(_ rules: Rules) -> String {
        "A case is unconverged with fewer than six processes; or where the printed half-width is above "
            + "\(Words.target(rules.runTarget)); or where more than half of the processes reached their cap and the printed "
            + "half-width is above \(Words.target(rules.sampleTarget))"
    }

    private static func unconvergedCount(_ reading: Reading) -> String {
        let all = reading.count(.unconverged)
        guard all > 0 else { return "none is" }
        let found = Unconverged(reading)
        let total = Words.count(all, "case")
        guard found.other == 0, found.few + found.wide + found.capped == all else { return total }
        return "\(total) (\(Words.list(found.parts(reading.bundle.plan.rules))))"
    }

    private static func stopWords(_ reason: StopReason, _ rules: Rules, _ reading: Reading) -> String {
        switch reason {
        case .converged: "reached the target half-width"
        case .timeCap: "ran into the cap of \(cap(rules, reading))"
        case .sampleCap: "ran into the cap of \(Words.count(rules.maximumSamples, "sample"))"
        case .enough: "had as many samples as are worth taking in one process"
        case .traffic: "issued all queries of their scenario"
        }
    }
}

extension Datasheet {
    /// Sampling time granted to a process: the rule's, or less under a time limit.
    private static func cap(_ rules: Rules, _ reading: Reading) -> String {
        let granted = reading.bundle.processes.filter(\.isCompleted).compactMap(\.budget)
        guard let least = granted.min(), let most = granted.max() else { return Words.duration(rules.processSeconds) }
        if most < least * 1.05 { return Words.duration(most) }
        return "\(Words.duration(least)) to \(Words.duration(most)) that the time limit left them"
    }
}

extension ProcessRecord {
    /// Ended by its rule and not excluded, so that its samples count.
    var isCompleted: Bool { if case .completed = outcome { excluded == nil } else { false } }
}
