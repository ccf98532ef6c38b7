public import Model
import Statistics
import Units

extension RunValues {
    /// - Parameter name: what the user calls this run; its id where nothing was said.
    public init(_ recording: Recording, name: String? = nil) {
        let bundle = recording.bundle
        let records = Dictionary(grouping: bundle.processes, by: \.case)
        let samples = Dictionary(grouping: recording.samples, by: \.case)
        let board = PowerEvidence(recording).map(EnergyBoard.init)
        let results = bundle.measurements.map { measurement in
            let evidence = Evidence(
                planned: measurement.case, rules: bundle.plan.rules, records: records[measurement.case.id] ?? [],
                samples: samples[measurement.case.id] ?? [], processingUnits: 0,
                canaries: CanaryMedians([]), cut: nil)
            var values = evidence.processValues()
            let metered = EnergyJudge.processValues(
                measurement, records[measurement.case.id] ?? [], samples[measurement.case.id] ?? [], board)
            for metric in metered { values[metric.name] = metric.values.map { ProcessValue(value: $0) } }
            return Result(
                case: measurement.case, status: measurement.status, reason: measurement.reason,
                implementation: measurement.implementation,
                metrics: measurement.metrics.map { metric in
                    MetricProcesses(metric: metric, processes: values[metric.name] ?? [])
                })
        }
        let counts = bundle.measurements.filter { !$0.metrics.isEmpty }.map(\.processes)
        self.init(
            reference: RunReference(
                id: bundle.id, name: name ?? bundle.id, created: bundle.created, suite: bundle.plan.suite,
                machine: Self.title(bundle.machine), tool: bundle.tool,
                processes: [counts.min(), counts.max()].compactMap { $0 }),
            machine: bundle.machine, rules: bundle.plan.rules, instructionSet: bundle.plan.instructionSet,
            noiseFloor: bundle.noiseFloor, results: results)
    }

    private static func title(_ machine: Machine) -> String {
        let name = machine.processor.model.value ?? machine.processor.architecture
        return "\(name), \(machine.topology.cores) core\(machine.topology.cores == 1 ? "" : "s")"
    }
}

extension Evidence {
    /// By metric: what each process measured, and each of its steady samples, in the metric's unit.
    func processValues() -> [String: [RunValues.ProcessValue]] {
        if let scenario = ScenarioEvidence(self) {
            // Percentiles and rates are a process's own; no sample is one of them.
            let values = scenario.values().map { ($0.name, $0.values.map { RunValues.ProcessValue(value: $0) }) }
            return Dictionary(values) { first, _ in first }
        }
        let byProcess = Dictionary(grouping: samples, by: \.process)
        var found: [String: [RunValues.ProcessValue]] = [:]
        for record in completed {
            guard let work = record.work else { continue }
            let steady = (byProcess[record.process] ?? []).filter { $0.index >= record.warmup && $0.iterations > 0 }
            let times = steady.map { $0.seconds / Double($0.iterations) }
            guard let median = Order.median(times) else { continue }
            let each = MetricRules.values(
                planned.kernel, planned.dataType, processes: ([median] + times).map { ($0, work) })
            for values in each {
                guard let first = values.values.first else { continue }
                found[values.name, default: []].append(
                    RunValues.ProcessValue(value: first, samples: Array(values.values.dropFirst())))
            }
        }
        return found
    }
}
