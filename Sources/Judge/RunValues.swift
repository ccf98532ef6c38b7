public import Model
import Statistics
import Units

/// A run as a comparison sees it: which machine, by which rules, and what each process measured of each metric.
///
/// Made from a recording, or by whoever keeps these values elsewhere; a comparison asks for nothing else.
public struct RunValues: Codable, Sendable, Equatable {
    public var reference: RunReference
    public var machine: Machine
    public var rules: Rules
    /// The best instruction set that was allowed; `nil` for the best there is.
    public var instructionSet: String?
    public var noiseFloor: Reported<NoiseFloor>
    public var results: [Result]

    /// One case.
    public struct Result: Codable, Sendable, Equatable {
        public var `case`: Case
        public var status: Status
        public var reason: String?
        public var implementation: Implementation?
        public var metrics: [MetricProcesses]

        public init(
            case: Case, status: Status, reason: String?, implementation: Implementation?, metrics: [MetricProcesses]
        ) {
            self.case = `case`
            self.status = status
            self.reason = reason
            self.implementation = implementation
            self.metrics = metrics
        }
    }

    /// One metric with what each process measured.
    public struct MetricProcesses: Codable, Sendable, Equatable {
        public var metric: Metric
        public var processes: [ProcessValue]

        public init(metric: Metric, processes: [ProcessValue]) {
            self.metric = metric
            self.processes = processes
        }
    }

    /// The figure of one process, and the samples it is the median of; none where they are not kept.
    public struct ProcessValue: Codable, Sendable, Equatable {
        public var value: Double
        public var samples: [Double]

        public init(value: Double, samples: [Double] = []) {
            self.value = value
            self.samples = samples
        }
    }

    public init(
        reference: RunReference, machine: Machine, rules: Rules, instructionSet: String?,
        noiseFloor: Reported<NoiseFloor>, results: [Result]
    ) {
        self.reference = reference
        self.machine = machine
        self.rules = rules
        self.instructionSet = instructionSet
        self.noiseFloor = noiseFloor
        self.results = results
    }

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
