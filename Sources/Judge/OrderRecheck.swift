import Model

/// Whether what the bundle says of the order of samples, and how it came to its numbers of processes, follows from them.
enum OrderRecheck {
    private struct Key: Hashable { let `case`: String, process: Int }

    static func findings(_ recording: Recording) -> [String] {
        let samples = Dictionary(grouping: recording.samples) { Key(case: $0.case, process: $0.process) }
            .mapValues { $0.sorted { $0.index < $1.index } }
        func own(_ record: ProcessRecord) -> [Sample] {
            samples[Key(case: record.case, process: record.process)] ?? []
        }
        return dependence(recording.bundle, own) + sizes(recording.bundle, own)
    }

    private static func dependence(_ bundle: Bundle, _ samples: (ProcessRecord) -> [Sample]) -> [String] {
        for (index, record) in bundle.processes.enumerated() {
            guard let told = record.dependence else { continue }
            let values = samples(record).map { $0.seconds / Double(max($0.iterations, 1)) }
            if Dependence(values, after: record.warmup) != told || told.isSuspect != record.seriallyDependent {
                return ["bundle.json: processes[\(index)]: the dependence of its samples does not follow from them"]
            }
        }
        return []
    }

    /// All figures but the time there was.
    private static func sizes(_ bundle: Bundle, _ samples: (ProcessRecord) -> [Sample]) -> [String] {
        let units = bundle.machine.topology.processingUnits
        for (index, told) in (bundle.sizing ?? []).enumerated() {
            let first = bundle.processes.filter { record in
                if case .completed = record.outcome {
                    record.case == told.case && record.replaces == nil
                } else {
                    false
                }
            }.prefix(Sizing.pilots(bundle.plan.rules))
            let known = first.map { asKnown($0, at: first.map(\.ended).max() ?? 0, bundle.tunablesChanged) }
            let pilots = Sizing.chosen(known, processingUnits: units).compactMap {
                Pilot($0, samples: samples($0))
            }
            let again = Sizing(case: told.case, pilots: pilots, rules: bundle.plan.rules, seconds: nil)
            guard var again else { return [finding(index)] }
            if told.limit == .time, told.granted < again.granted {
                (again.granted, again.limit) = (told.granted, .time)
            }
            if again != told { return [finding(index)] }
        }
        return []
    }

    /// Without the changes of settings that were found out only later.
    private static func asKnown(_ record: ProcessRecord, at t: Double, _ changes: [TunableChange]) -> ProcessRecord {
        let timed = changes.filter { $0.since != nil }
        guard !timed.isEmpty else { return record }
        var record = record
        record.interference?.changedSettings = nil
        record.note(timed.filter { $0.seen ?? 0 <= t })
        return record
    }

    private static func finding(_ index: Int) -> String {
        "bundle.json: sizing[\(index)]: the number of processes does not follow from the pilots"
    }
}
