public import Statistics

/// What sizing needs to know of one completed process.
public struct Pilot: Sendable, Equatable {
    /// Of its seconds an iteration, after warm-up.
    public var moments: Moments
    public var median: Double
    public var count: Int
    /// Seconds that a sample took on average.
    public var sampleCost: Double
    /// Seconds that the process took beside its samples.
    public var processCost: Double

    /// - Parameter samples: all of the process's samples, in order; `nil` where fewer than two are left after warm-up.
    public init?(_ record: ProcessRecord, samples: [Sample]) {
        let steady = samples.filter { $0.index >= record.warmup && $0.iterations > 0 }
        let values = steady.map { $0.seconds / Double($0.iterations) }
        guard values.count > 1, let median = Order.median(values) else { return nil }
        moments = Moments(values)
        self.median = median
        count = values.count
        let sampling = samples.reduce(0) { $0 + $1.seconds }
        sampleCost = sampling / Double(samples.count)
        processCost = max(record.ended - record.started - sampling, 0)
    }
}

extension Sizing {
    /// Processes that the figures are taken from: an exact 95 % interval needs as many.
    public static let mostPilots = 6

    /// How many processes a suite's rules call for first.
    public static func pilots(_ rules: Rules) -> Int { min(mostPilots, rules.processes) }

    /// Whether the rules leave anything to decide.
    public static func isOpen(_ rules: Rules) -> Bool {
        (rules.maximumProcesses ?? rules.processes) > rules.processes && rules.processes >= mostPilots
    }

    /// The fewest processes of a case: the suite's number, or a few more where their exact interval wastes less.
    public static func fewest(_ rules: Rules) -> Int {
        min(Order.efficientCount(atLeast: rules.processes, level: 0.95), rules.maximumProcesses ?? rules.processes)
    }

    /// Source: Kalibera & Jones, Rigorous Benchmarking in Reasonable Time, ISMM 2013, §6; the target is that of the
    /// printed interval, which is one of a median.
    ///
    /// - Parameter seconds: time there is for processes beyond the fewest; `nil` for no limit.
    public init?(case identity: String, pilots: [Pilot], rules: Rules, seconds: Double?) {
        guard let levels = Levels(pilots.map { (moments: $0.moments, count: $0.count) }),
            let time = Order.median(pilots.map(\.median)), time > 0,
            let sampleCost = Order.median(pilots.map(\.sampleCost)), sampleCost > 0,
            let processCost = Order.median(pilots.map(\.processCost))
        else { return nil }
        let worth = levels.samplesPerProcess(sampleCost: sampleCost, processCost: processCost)
            .map { min(max($0, rules.minimumSamples), rules.maximumSamples) }
        let samples = worth ?? Int(Order.median(pilots.map { Double($0.count) }) ?? 1)
        let target = rules.runTarget * time
        let needed = levels.processesForMedian(target: target, samples: max(samples, 1), level: 0.95)
        let fewest = Self.fewest(rules)
        let most = max(rules.maximumProcesses ?? fewest, fewest)
        let wanted = needed <= fewest ? fewest : Order.efficientCount(atLeast: min(needed, 100_000), level: 0.95)
        let cost = processCost + Double(max(samples, 1)) * sampleCost
        let fits = seconds.map { fewest + Int(min(max($0 / cost, 0), 1e6)) } ?? .max
        let granted = max(fewest, min(wanted, most, fits))
        let limit: Limit =
            wanted <= fewest ? .minimum : granted == wanted ? .target : granted == most ? .maximum : .time
        self.init(
            case: identity, pilots: pilots.count, time: time, varianceWithin: levels.within,
            varianceBetween: levels.between, sampleCost: sampleCost, processCost: processCost,
            samplesPerProcess: worth, wanted: wanted, granted: granted, limit: limit)
    }
}

extension Sizing {
    /// Of the first completed processes of a case, those that its figures are taken from: the quiet ones, or all where
    /// fewer than three were quiet.
    public static func chosen(_ first: [ProcessRecord], processingUnits: Int) -> [ProcessRecord] {
        let quiet = first.filter { Disturbance.all(of: $0, processingUnits: processingUnits).isEmpty }
        return quiet.count >= 3 ? quiet : first
    }
}
