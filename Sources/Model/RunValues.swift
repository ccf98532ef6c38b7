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
}

extension RunValues {
    /// Names the first value that no run can have.
    public func checkBounds() throws(BoundsProblem) {
        try rules.checkBounds("rules")
        guard results.count <= Plan.maximumCases else {
            throw BoundsProblem(
                place: "results", problem: "has \(results.count) entries; \(Plan.maximumCases) are the most")
        }
        for (index, result) in results.enumerated() {
            for kept in result.metrics {
                let place = "results[\(index)].\(kept.metric.name.prefix(40))"
                guard kept.processes.count <= 10_000, kept.metric.value.isFinite,
                    kept.processes.allSatisfy({ $0.value.isFinite })
                else { throw BoundsProblem(place: place, problem: "is not a finite number of at most 10000 processes") }
            }
        }
    }
}
