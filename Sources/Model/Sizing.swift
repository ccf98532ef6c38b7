import Statistics

/// How many processes a case got, and from which figures that followed (Kalibera & Jones, ISMM 2013).
public struct Sizing: Codable, Sendable, Equatable {
    /// Identity of the case.
    public var `case`: String
    /// Completed processes that the figures come from: the first of the case.
    public var pilots: Int
    /// Median time of an iteration over the pilots, seconds.
    public var time: Double
    /// T₁²: variance that samples add within a process, seconds².
    public var varianceWithin: Double
    /// T₂²: variance that processes add by themselves, seconds²; 0 where the samples explain all of it.
    public var varianceBetween: Double
    /// c₁: seconds that a sample costs.
    public var sampleCost: Double
    /// c₂: seconds that a process costs before its first sample.
    public var processCost: Double
    /// r₁ = ⌈√((c₂ ∕ c₁)(T₁² ∕ T₂²))⌉: samples a process that are worth taking; absent where processes do not differ.
    public var samplesPerProcess: Int?
    /// Processes that the target of the printed interval asks for.
    public var wanted: Int
    /// Processes that were granted, at least the suite's number.
    public var granted: Int
    public var limit: Limit

    /// What decided the number.
    public enum Limit: String, Codable, Sendable, CaseIterable {
        /// The suite's number is enough.
        case minimum
        /// The target.
        case target
        /// The largest number that the rules allow.
        case maximum
        /// No time was left for as many as the target asks for.
        case time
    }

    public init(
        case: String, pilots: Int, time: Double, varianceWithin: Double, varianceBetween: Double, sampleCost: Double,
        processCost: Double, samplesPerProcess: Int?, wanted: Int, granted: Int, limit: Limit
    ) {
        self.case = `case`
        self.pilots = pilots
        self.time = time
        self.varianceWithin = varianceWithin
        self.varianceBetween = varianceBetween
        self.sampleCost = sampleCost
        self.processCost = processCost
        self.samplesPerProcess = samplesPerProcess
        self.wanted = wanted
        self.granted = granted
        self.limit = limit
    }
}

/// What the order of a process's samples after warm-up tells.
public struct Dependence: Codable, Sendable, Equatable {
    /// Samples it was computed from.
    public var count: Int
    /// Autocorrelation of neighbours; absent where the samples do not vary.
    public var lag1: Double?
    /// Standardised number of runs about the median (Wald & Wolfowitz): negative for too few.
    public var runs: Double?
    /// Sample, counted from the first of the process, after which the level shifted for good (Pettitt, p < 0.01).
    public var shift: Int?

    public init(count: Int, lag1: Double?, runs: Double?, shift: Int? = nil) {
        self.shift = shift
        self.count = count
        self.lag1 = lag1
        self.runs = runs
    }
}

extension Dependence {
    /// What the order of a process's samples tells, without those that were taken before it was warm.
    public init(_ values: [Double], after warmup: Int) {
        let steady = Array(values.dropFirst(warmup))
        var shift: Int?
        if let found = Series.shift(steady), found.p < 0.01 { shift = warmup + found.index }
        self.init(count: steady.count, lag1: Series.lag1(steady), runs: Series.runs(steady)?.z, shift: shift)
    }

    /// Either test says at 5 % that neighbours depend on each other. That much is seen in one of twelve processes without
    /// any dependence; the judge puts the processes together.
    public var isSuspect: Bool {
        abs(lag1 ?? 0) * Double(count).squareRoot() >= 1.96 || abs(runs ?? 0) >= 1.96
    }
}
