public import Statistics

/// How a rate grows with its threads: a measurement against that of the same workload on one thread.
public struct Scaling: Codable, Sendable, Equatable {
    /// Identity of the case it is compared with.
    public var baseline: String
    /// Rate ÷ the baseline's rate, of the medians that are printed for both.
    public var speedUp: Double
    /// Exact interval of the speed-up over the processes of both sides; absent where there are too few.
    public var speedUpInterval: Interval?
    /// Speed-up ÷ threads: 1 is ideal. Threads that share a core (SMT siblings) count as threads, so less is expected of them.
    public var efficiency: Double
    public var efficiencyInterval: Interval?

    public init(baseline: String, speedUp: Double, speedUpInterval: Interval?, threads: Int) {
        let count = Double(max(threads, 1))
        self.baseline = baseline
        self.speedUp = speedUp
        self.speedUpInterval = speedUpInterval
        efficiency = speedUp / count
        efficiencyInterval = speedUpInterval.map {
            Interval(lower: $0.lower / count, upper: $0.upper / count, level: $0.level)
        }
    }
}
