public import Model
import Statistics

/// The noise floor from a run that consists of pairs of repetitions.
public enum NoiseRule {
    /// What two runs of the same thing differ by, for each metric of each case: from the |log ratio| between the two
    /// repetitions of a pair (`bound`). Processes of a case alternate between the repetitions of a pair, pairs follow each other, and a
    /// process that was run in another's place takes its part. A pair that is not whole says nothing. Metrics are those of
    /// a measurement: of a scenario its rate and latencies, and of energy what the case's own meter told.
    ///
    /// - Parameters:
    ///   - records: with which of them do not count.
    ///   - measurements: of the whole run; they say by which meter energy was counted.
    ///   - power: what the meters told; without it energy has no floor.
    /// - Returns: `nil` where the plan has no pairs, or none is whole.
    public static func floor(
        plan: Plan, records: [ProcessRecord], samples: [Sample], measurements: [Measurement] = [],
        power: PowerEvidence? = nil
    ) -> NoiseFloor? {
        guard let pairs = plan.rules.noisePairs, pairs > 0 else { return nil }
        let size = plan.rules.processes / (2 * pairs)
        guard size > 0 else { return nil }
        let recordsByCase = Dictionary(grouping: records, by: \.case)
        let samplesByCase = Dictionary(grouping: samples, by: \.case)
        let measured = Dictionary(measurements.map { ($0.case.id, $0) }) { first, _ in first }
        let board = power.map(EnergyBoard.init)
        let metrics = plan.cases.flatMap { planned in
            let repetitions = Repetitions(
                planned: planned, rules: plan.rules, records: recordsByCase[planned.id] ?? [],
                samples: Dictionary(grouping: samplesByCase[planned.id] ?? [], by: \.process),
                measurement: measured[planned.id], board: board)
            return floors(repetitions, size: size)
        }
        guard let value = metrics.map(\.value).max(), let fewest = metrics.map(\.pairs).min() else { return nil }
        return NoiseFloor(value: value, pairs: fewest, metrics: metrics, processes: size)
    }

    /// What a share of all such differences lies below, with 95 % confidence: the largest that was seen or, where that is
    /// more, what normal differences of this deviation would reach as surely.
    ///
    /// The largest of few is a poor estimate: one in five times the largest of 59 lies below that bound, and a gate that
    /// stands on it calls what it should not, and promises to find what it cannot.
    ///
    /// - Parameters:
    ///   - largest: |log ratio| of all pairs.
    ///   - deviation: of the log value of one repetition, over both of each pair.
    public static func bound(largest: Double, deviation: Double, pairs: Int) -> Double {
        let factor = Normal.toleranceFactor(
            share: NoiseFloor.boundedShare(pairs: pairs), confidence: 0.95, freedom: Double(2 * pairs - 1))
        return factor.isFinite ? max(largest, factor * 2.0.squareRoot() * deviation) : largest
    }

    private static func floors(_ repetitions: Repetitions, size: Int) -> [NoiseFloor.MetricFloor] {
        var largest: [(name: String, value: Double, pairs: Int)] = []
        var logs: [String: [Double]] = [:]
        for (one, other) in pairs(repetitions.records, size: size) {
            let others = repetitions.metrics(of: other)
            for first in repetitions.metrics(of: one) {
                guard let second = others.first(where: { $0.name == first.name }), first.count == size,
                    second.count == size, first.value > 0, second.value > 0
                else { continue }
                logs[first.name, default: []] += [Order.logRatio(first.value, 1), Order.logRatio(second.value, 1)]
                let ratio = abs(Order.logRatio(first.value, second.value))
                if let place = largest.firstIndex(where: { $0.name == first.name }) {
                    largest[place].value = max(largest[place].value, ratio)
                    largest[place].pairs += 1
                } else {
                    largest.append((first.name, ratio, 1))
                }
            }
        }
        return largest.map {
            let deviation = Moments(logs[$0.name] ?? []).variance.squareRoot()
            return NoiseFloor.MetricFloor(
                case: repetitions.planned.id, metric: $0.name,
                value: bound(largest: $0.value, deviation: deviation, pairs: $0.pairs), pairs: $0.pairs,
                deviation: deviation, repetitions: 2 * $0.pairs, largest: $0.value)
        }
    }

    /// The whole pairs of a case: records of the one repetition and of the other.
    private static func pairs(_ records: [ProcessRecord], size: Int) -> [([ProcessRecord], [ProcessRecord])] {
        let completed = records.filter { if case .completed = $0.outcome { true } else { false } }
        // Those that only confirm a rate are no part of a repetition.
        let turns = completed.filter { $0.replaces == nil && $0.traffic?.role != .confirm }
            .sorted { $0.process < $1.process }
        let slots: [ProcessRecord?] = turns.map { record in
            guard let exclusion = record.excluded else { return record }
            return completed.first { $0.process == exclusion.replacedBy }
        }
        return stride(from: 0, to: slots.count - slots.count % (2 * size), by: 2 * size).compactMap { start in
            let block = slots[start..<start + 2 * size].compactMap { $0 }
            guard block.count == 2 * size else { return nil }
            return (
                block.enumerated().filter { $0.offset % 2 == 0 }.map(\.element),
                block.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            )
        }
    }
}

/// One case of an A/A run, of which some processes at a time are looked at.
private struct Repetitions {
    let planned: Case
    let rules: Rules
    let records: [ProcessRecord]
    /// By process.
    let samples: [Int: [Sample]]
    let measurement: Measurement?
    let board: EnergyBoard?

    /// What the judge would publish of these processes alone.
    func metrics(of processes: [ProcessRecord]) -> [Metric] {
        let own = processes.flatMap { samples[$0.process] ?? [] }
        let evidence = Evidence(
            planned: planned, rules: rules, records: processes, samples: own, processingUnits: 1,
            canaries: CanaryMedians([]), cut: nil)
        let metered = measurement.map { EnergyJudge.processValues($0, processes, own, board) } ?? []
        return (evidence.metricValues() + metered).compactMap(\.metric)
    }
}
