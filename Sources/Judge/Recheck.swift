public import Model
import Statistics

/// Whether every derived number of a bundle follows from its samples.
public enum Recheck {
    /// One sentence per measurement that does not follow; none where all do.
    public static func findings(_ recording: Recording) -> [String] {
        let bundle = recording.bundle
        let again = Summary.measurements(
            plan: bundle.plan, records: bundle.processes, samples: recording.samples,
            processingUnits: bundle.machine.topology.processingUnits, cut: bundle.interrupted,
            power: PowerEvidence(recording), changes: bundle.tunablesChanged)
        guard again.count == bundle.measurements.count else {
            return ["bundle.json: \(bundle.measurements.count) measurements, but its plan has \(again.count) cases"]
        }
        return duplicates(recording.samples) + missing(recording) + TrafficCheck.findings(recording)
            + exclusions(bundle) + meters(recording) + OrderRecheck.findings(recording) + noiseFloor(recording, again)
            + zip(bundle.measurements, again).enumerated().flatMap { differences(at: $0, $1.0, $1.1) }
    }

    private static func differences(at index: Int, _ published: Measurement, _ derived: Measurement) -> [String] {
        let place = "bundle.json: measurements[\(index)] (\(published.case.workload))"
        if published.case != derived.case { return ["\(place): its case is not the planned one"] }
        if published.status != derived.status {
            return ["\(place): status is \(published.status.rawValue), the samples say \(derived.status.rawValue)"]
        }
        if published.metrics.count != derived.metrics.count {
            return ["\(place): \(published.metrics.count) metrics, the samples give \(derived.metrics.count)"]
        }
        for (one, other) in zip(published.metrics, derived.metrics) where one != other {
            return ["\(place): \(difference(one, other))"]
        }
        var derived = derived
        // Bundles from before shares carried their doubt said it in the warnings alone.
        if published.share?.doubt == nil { derived.share?.doubt = nil }
        // And bundles from before scaling was judged, or dependence counted, have none.
        if published.scaling == nil { derived.scaling = nil }
        if published.dependentProcesses == nil { derived.dependentProcesses = nil }
        // And some rounded a half-width until it looked like its target.
        if StatusWords.areAlike(published.reason, derived.reason) { derived.reason = published.reason }
        if published.warnings.count == derived.warnings.count,
            zip(published.warnings, derived.warnings).allSatisfy({ StatusWords.areAlike($0, $1) })
        {
            derived.warnings = published.warnings
        }
        if published.scaling != derived.scaling { return ["\(place): its scaling does not follow"] }
        if published.share != derived.share { return ["\(place): the share of its ceiling does not follow"] }
        return published == derived ? [] : ["\(place): differs from what its samples and processes give"]
    }

    private static func difference(_ published: Metric, _ derived: Metric) -> String {
        if published.value != derived.value {
            return "\(published.name) is \(published.value), the samples give \(derived.value)"
        }
        if published.interval != derived.interval {
            let bounds = derived.interval.map { "\($0.lower) to \($0.upper)" } ?? "none"
            return "the interval of \(published.name) does not follow; the samples give \(bounds)"
        }
        return "\(published.name): count, unit or direction do not follow from the samples"
    }

    /// Which processes count follows from what was seen around all of them.
    private static func exclusions(_ bundle: Bundle) -> [String] {
        let again = Exclusions.applied(
            to: bundle.processes, processingUnits: bundle.machine.topology.processingUnits)
        for (index, (published, derived)) in zip(bundle.processes, again).enumerated() {
            if published.excluded != derived.excluded {
                return [
                    "bundle.json: processes[\(index)]: whether it counts does not follow from what was seen around it"
                ]
            }
            // Older versions named none.
            if bundle.watch != nil, published.disturbed != derived.disturbed {
                return [
                    "bundle.json: processes[\(index)]: what disturbed it does not follow from what was seen around it"
                ]
            }
        }
        return []
    }

    /// Readings come from meters that the bundle describes, and what one has counted never grows less.
    private static func meters(_ recording: Recording) -> [String] {
        let known = Set(recording.bundle.power?.meters.map(\.id) ?? [])
        var latest: [String: PowerReading] = [:]
        for (line, reading) in recording.power.enumerated() {
            let place = "power.jsonl: line \(line + 1)"
            guard known.contains(reading.source) else { return ["\(place): no meter \(reading.source.prefix(60))"] }
            if let before = latest[reading.source], before.sitting == reading.sitting,
                reading.t < before.t || reading.joules < before.joules
            {
                return ["\(place): \(reading.source) goes backwards"]
            }
            latest[reading.source] = reading
        }
        return []
    }

    /// A floor that the run itself measured; one from the machine's profile has its samples elsewhere.
    private static func noiseFloor(_ recording: Recording, _ measurements: [Measurement]) -> [String] {
        let bundle = recording.bundle
        guard bundle.plan.rules.noisePairs != nil else { return [] }
        // Versions that took no floors of energy published none.
        let hasEnergy = bundle.noiseFloor.value?.metrics.contains { $0.metric == "energyPerWork" } ?? true
        let again = NoiseRule.floor(
            plan: bundle.plan, records: bundle.processes, samples: recording.samples, measurements: measurements,
            power: hasEnergy ? PowerEvidence(recording) : nil)
        return again == bundle.noiseFloor.value
            ? [] : ["bundle.json: noiseFloor does not follow from the pairs of repetitions"]
    }

    /// Each process took as many samples as its record says, and is there once.
    private static func missing(_ recording: Recording) -> [String] {
        struct Key: Hashable { let `case`: String, process: Int }
        var counts: [Key: Int] = [:]
        for sample in recording.samples { counts[Key(case: sample.case, process: sample.process), default: 0] += 1 }
        var seen: Set<Key> = []
        for (index, record) in recording.bundle.processes.enumerated() {
            let key = Key(case: record.case, process: record.process)
            let place = "bundle.json: processes[\(index)]"
            if !seen.insert(key).inserted { return ["\(place): process \(record.process) is there twice"] }
            let found = counts[key] ?? 0
            if found != record.samples {
                return ["\(place): took \(record.samples) samples, samples.jsonl has \(found)"]
            }
        }
        return []
    }

    /// A sample is there once: its case, process and index name it.
    private static func duplicates(_ samples: [Sample]) -> [String] {
        struct Key: Hashable { let `case`: String, process: Int, index: Int }
        var seen: Set<Key> = []
        for (line, sample) in samples.enumerated()
        where !seen.insert(Key(case: sample.case, process: sample.process, index: sample.index)).inserted {
            return ["samples.jsonl: line \(line + 1) is there twice"]
        }
        return []
    }
}
