public import Statistics
public import Units

/// A case with everything that was found out about it.
public struct Measurement: Codable, Sendable, Equatable {
    public var `case`: Case
    public var status: Status
    /// Why the status is what it is; absent only for `valid`.
    public var reason: String?
    /// Processes whose median counts.
    public var processes: Int
    /// Why sampling stopped, with how many processes stopped so: `6 converged`.
    public var stopped: String
    public var metrics: [Metric]
    public var share: Share?
    /// Against the same workload on one thread; absent for one thread, for latencies, and where one thread was not measured.
    public var scaling: Scaling?
    public var energy: Energy?
    /// Why there is no energy; present whenever `energy` is not.
    public var energyUnavailable: String?
    /// What other meters counted over the same windows. Their domains overlap: never to be summed.
    public var energyByOthers: [Energy]?
    public var work: Work?
    public var implementation: Implementation?
    public var check: Check?
    /// Medians over the processes of what bringing operands into the library's layout cost, which is no part of the metrics.
    public var reorder: ReorderCost?
    /// Floating-point operations a byte; absent where no bytes cross.
    public var operationalIntensity: Double?
    /// Latencies of a scenario; absent where iterations were sampled in batches, and offline.
    public var latency: LatencyDistribution?
    /// How the highest valid rate was found; absent where none was searched for.
    public var rateSearch: RateSearch?
    /// Completed processes whose samples depend on their neighbours: a count for the record, since chance makes one in ten. What
    /// is more than chance is a warning. Absent in older bundles.
    public var dependentProcesses: Int?
    /// What a reader should know although it changes no status.
    public var warnings: [String]

    public init(case: Case, status: Status, reason: String?, processes: Int, stopped: String, metrics: [Metric]) {
        self.case = `case`
        self.status = status
        self.reason = reason
        self.processes = processes
        self.stopped = stopped
        self.metrics = metrics
        warnings = []
    }
}

/// Nothing is ever dropped silently.
public enum Status: String, Codable, Sendable, CaseIterable {
    case valid, unconverged, noisy, skipped, failed
}

/// One number with its interval.
public struct Metric: Codable, Sendable, Equatable {
    public enum Direction: String, Codable, Sendable { case higher, lower }
    /// `throughput`, `bandwidth`, `loadLatency`, `latency.p50` …
    public var name: String
    /// Symbol of the base unit.
    public var unit: String
    public var better: Direction
    /// Median of the process medians.
    public var value: Double
    /// Exact order-statistic interval of that median, over processes; absent for fewer than six.
    public var interval: Interval?
    /// Processes.
    public var count: Int

    public init(name: String, unit: Unit, better: Direction, value: Double, interval: Interval?, count: Int) {
        self.init(name: name, symbol: unit.symbol, better: better, value: value, interval: interval, count: count)
    }

    /// For who reads it back and has only the unit's symbol.
    public init(name: String, symbol: String, better: Direction, value: Double, interval: Interval?, count: Int) {
        self.name = name
        self.unit = symbol
        self.better = better
        self.value = value
        self.interval = interval
        self.count = count
    }
}

/// A value as a share of the measured ceiling that binds it.
public struct Share: Codable, Sendable, Equatable {
    /// Workload name of the ceiling.
    public var of: String
    /// Value ÷ ceiling; above 1 the ceiling is wrong, and that is said.
    public var value: Double
    /// Why the share is not to be relied on; absent where nothing speaks against it.
    public var doubt: Doubt?

    public enum Doubt: String, Codable, Sendable, CaseIterable {
        /// The value is above its ceiling, which was therefore measured too low.
        case aboveCeiling
        /// The ceiling itself is unconverged, or noisy.
        case ceilingUnconverged, ceilingNoisy
    }

    public init(of: String, value: Double, doubt: Doubt? = nil) {
        self.of = of
        self.value = value
        self.doubt = doubt
    }
}
