/// What one process did in a scenario: the queries of the run that counts, and the probes that led to its rate.
public struct Traffic: Codable, Sendable, Equatable {
    /// What the process was for.
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// The scenario as declared.
        case measure
        /// It looked for its own highest valid rate, then ran at it.
        case search
        /// A fresh process that ran at the rate which the others had found, to see whether it holds.
        case confirm
    }
    /// Why no more queries were issued.
    public enum End: String, Codable, Sendable, CaseIterable {
        /// Minimum duration and minimum number of queries were reached.
        case complete
        /// The time for the process was over first.
        case timeCap
        /// `ScenarioSettings.maximumQueries` was reached first.
        case queryCap
        /// So many queries were over the bound that no further one could have made the run valid.
        case hopeless
    }

    public var role: Role
    public var end: End
    /// Queries that were completed.
    public var queries: Int
    /// Those that the schedule had; absent where the next query waits for the one before.
    public var scheduled: Int?
    public var samplesPerQuery: Int
    /// Seconds from the first query's issue to the last one's completion.
    public var seconds: Double
    /// Queries a second that were scheduled; server only.
    public var rate: Double?
    /// Seed of the arrivals; server only.
    public var scheduleSeed: UInt32?
    /// Queries over the latency bound; server only.
    public var overLatency: Int?
    /// Latencies, where there were too many queries to keep each as a sample.
    public var histogram: LatencyHistogram?
    /// In the order they were made; empty where no rate was searched for.
    public var probes: [RateProbe]

    /// Traffic lasts at most this many times as long as it is meant to: then it ends, as cut off.
    public static let patience = 2.0

    /// Most queries of a process that are kept one by one in `samples.jsonl`; of more, a histogram is kept.
    public static let keptQueries = 1 << 14

    public init(
        role: Role, end: End, queries: Int, scheduled: Int? = nil, samplesPerQuery: Int, seconds: Double,
        rate: Double? = nil, scheduleSeed: UInt32? = nil, overLatency: Int? = nil, histogram: LatencyHistogram? = nil,
        probes: [RateProbe] = []
    ) {
        self.role = role
        self.end = end
        self.queries = queries
        self.scheduled = scheduled
        self.samplesPerQuery = samplesPerQuery
        self.seconds = seconds
        self.rate = rate
        self.scheduleSeed = scheduleSeed
        self.overLatency = overLatency
        self.histogram = histogram
        self.probes = probes
    }
}

/// One step of the search for the highest valid rate.
public struct RateProbe: Codable, Sendable, Equatable {
    /// Queries a second that were scheduled.
    public var rate: Double
    /// Queries that were completed, of those scheduled.
    public var queries: Int
    public var scheduled: Int
    public var overLatency: Int
    /// Seconds from the first scheduled time to the last completion.
    public var seconds: Double
    /// Latency at the scenario's percentile, seconds.
    public var latency: Double
    public var end: Traffic.End
    /// Whether the rate may be called valid after this probe.
    public var valid: Bool
    /// Why not; absent for a valid one.
    public var reason: String?

    public init(
        rate: Double, queries: Int, scheduled: Int, overLatency: Int, seconds: Double, latency: Double,
        end: Traffic.End, valid: Bool, reason: String?
    ) {
        self.rate = rate
        self.queries = queries
        self.scheduled = scheduled
        self.overLatency = overLatency
        self.seconds = seconds
        self.latency = latency
        self.end = end
        self.valid = valid
        self.reason = reason
    }
}

/// How many queries took how long, in the buckets of an HdrHistogram that were not empty.
public struct LatencyHistogram: Codable, Sendable, Equatable {
    /// Significant decimal digits that buckets keep apart: 3 is a resolution of 0.1 %.
    public var digits: Int
    /// The highest latency of each bucket, nanoseconds, ascending.
    public var nanoseconds: [Int64]
    /// Queries in it.
    public var counts: [Int]

    public init(digits: Int, nanoseconds: [Int64], counts: [Int]) {
        self.digits = digits
        self.nanoseconds = nanoseconds
        self.counts = counts
    }

    public var queries: Int { counts.reduce(0, +) }
}

/// The latencies of a case, of all its processes that count. Its percentiles are the metrics `latency.p50` …, each only
/// where every process has queries enough for it.
public struct LatencyDistribution: Codable, Sendable, Equatable {
    /// Queries of all processes.
    public var queries: Int
    /// The fewest queries of one process: they decide which percentiles there are.
    public var fewestQueries: Int
    public var samplesPerQuery: Int
    /// Seconds.
    public var minimum: Double
    public var maximum: Double
    /// Of all processes together.
    public var histogram: LatencyHistogram
    public var earlyStopping: EarlyStopping
    /// Seconds, and how many queries took longer; server only.
    public var bound: Double?
    public var overLatency: Int?

    public init(
        queries: Int, fewestQueries: Int, samplesPerQuery: Int, minimum: Double, maximum: Double,
        histogram: LatencyHistogram, earlyStopping: EarlyStopping, bound: Double? = nil, overLatency: Int? = nil
    ) {
        self.queries = queries
        self.fewestQueries = fewestQueries
        self.samplesPerQuery = samplesPerQuery
        self.minimum = minimum
        self.maximum = maximum
        self.histogram = histogram
        self.earlyStopping = earlyStopping
        self.bound = bound
        self.overLatency = overLatency
    }
}

/// LoadGen's early stopping, asked of each process: may what is claimed of `percentile` be claimed after so few queries?
public struct EarlyStopping: Codable, Sendable, Equatable {
    public var percentile: Double
    /// Processes that had queries enough, of all that count.
    public var met: Int
    public var processes: Int
    /// Queries that a process would need at least: with none over the bound, or for an estimate at all.
    public var needed: Int

    public init(percentile: Double, met: Int, processes: Int, needed: Int) {
        self.percentile = percentile
        self.met = met
        self.processes = processes
        self.needed = needed
    }
}

/// The search for the highest rate of a case, over all its processes. Its steps are the processes' `traffic.probes`.
public struct RateSearch: Codable, Sendable, Equatable {
    /// Seconds, and the share of queries that must be within it.
    public var bound: Double
    public var percentile: Double
    /// Processes that looked, and probes that they made.
    public var processes: Int
    public var probes: Int
    /// The lower end of the interval of what they found: this rate fresh processes ran at.
    public var confirmedRate: Double?
    /// Fresh processes in which it was valid, of those that ran at it.
    public var confirmed: Int
    public var confirmations: Int

    public init(
        bound: Double, percentile: Double, processes: Int, probes: Int, confirmedRate: Double?, confirmed: Int,
        confirmations: Int
    ) {
        self.bound = bound
        self.percentile = percentile
        self.processes = processes
        self.probes = probes
        self.confirmedRate = confirmedRate
        self.confirmed = confirmed
        self.confirmations = confirmations
    }
}
