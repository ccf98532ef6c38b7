/// How work arrives, in numbers: what a suite declares of a scenario. Absent for a case whose iterations are simply
/// sampled in batches, which is what `offline` means where a suite says nothing.
public struct ScenarioSettings: Codable, Sendable, Equatable {
    /// Queries a second of the server scenario; `nil`: the highest valid rate is searched for.
    public var targetRate: Double?
    /// Seconds that a query of the server scenario may take from the time it was scheduled for; `nil` for the others.
    public var latencyBound: Double?
    /// The share of queries whose latency is the scenario's figure: 0.9 or 0.99.
    public var percentile: Double
    /// Iterations of the workload in one query: one is one sample.
    public var samplesPerQuery: Int
    /// Seconds that traffic lasts in each process, at least.
    public var minimumDuration: Double
    /// Queries in each process, at least.
    public var minimumQueries: Int
    /// Seconds that one process may spend looking for the highest valid rate, beside the run at that rate.
    public var searchSeconds: Double?

    public init(
        targetRate: Double? = nil, latencyBound: Double? = nil, percentile: Double, samplesPerQuery: Int = 1,
        minimumDuration: Double, minimumQueries: Int, searchSeconds: Double? = nil
    ) {
        self.targetRate = targetRate
        self.latencyBound = latencyBound
        self.percentile = percentile
        self.samplesPerQuery = samplesPerQuery
        self.minimumDuration = minimumDuration
        self.minimumQueries = minimumQueries
        self.searchSeconds = searchSeconds
    }

    /// What MLPerf asks of a run: ten minutes.
    public static let mlperfDuration = 600.0

    /// Most queries in one process; memory for their times is laid out before the first of them.
    public static let maximumQueries = 1 << 24
}

extension Case {
    /// Whether the highest valid rate of this case is searched for.
    public var searchesRate: Bool {
        scenario == .server && scenarioSettings != nil && scenarioSettings?.targetRate == nil
    }

    /// Seconds that one process of this case is given: the rules' time for samples, or what its traffic takes.
    public func processSeconds(_ rules: Rules) -> Double {
        guard let settings = scenarioSettings else { return rules.processSeconds }
        return settings.minimumDuration + (searchesRate ? settings.searchSeconds ?? 0 : 0)
    }
}
