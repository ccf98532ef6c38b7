public import Model
import Statistics

/// Duration of one batch.
public struct Timing: Codable, Sendable, Equatable {
    public var seconds: Double
    public var iterations: Int

    public init(seconds: Double, iterations: Int) {
        self.seconds = seconds
        self.iterations = iterations
    }
}

/// How the sampling of one process went.
public struct Sampling: Codable, Sendable, Equatable {
    public var stop: StopReason
    public var samples: Int
    /// The first so many samples were taken before the process was warm.
    public var warmup: Int
    public var seriallyDependent: Bool
    public var dependence: Dependence?
    public var notes: [String]

    public init(
        stop: StopReason, samples: Int, warmup: Int, seriallyDependent: Bool, dependence: Dependence? = nil,
        notes: [String]
    ) {
        self.dependence = dependence
        self.stop = stop
        self.samples = samples
        self.warmup = warmup
        self.seriallyDependent = seriallyDependent
        self.notes = notes
    }
}

/// Takes samples of a workload until its rule says stop. Nothing here knows what the workload is.
public struct Sampler<Clock: TimeSource> {
    let clock: Clock
    let rules: Rules
    /// Cost of one reading of the clock, seconds.
    let readCost: Double

    public init(clock: Clock, rules: Rules, readCost: Double) {
        self.clock = clock
        self.rules = rules
        self.readCost = readCost
    }

    /// - Parameters:
    ///   - begin: is called before the first sample, once it is known how long a batch is.
    ///   - emit: is handed each stretch of new samples, outside every timed region.
    public func sample(_ runnable: any Runnable, begin: () -> Void = {}, emit: (ArraySlice<Timing>) -> Void) -> Sampling
    {
        let iterations = batchSize(runnable)
        begin()
        var timings: [Timing] = []
        timings.reserveCapacity(rules.maximumSamples)
        var look = min(rules.minimumSamples, rules.maximumSamples)
        var emitted = 0
        let start = clock.now()
        let budget = UInt64(rules.processSeconds * 1e9)
        var stop: StopReason?
        while stop == nil {
            while timings.count < look, clock.now() &- start < budget || timings.isEmpty {
                let nanoseconds = time(runnable, iterations)
                timings.append(Timing(seconds: Double(nanoseconds) * 1e-9, iterations: iterations))
            }
            emit(timings[emitted...])
            emitted = timings.count
            stop = reason(timings, start: start, budget: budget)
            look = min(look * 2, rules.maximumSamples)
        }
        return summary(timings, stop ?? .timeCap)
    }

    /// The timed region, whole: two readings of the clock around one call.
    @inline(never)
    private func time(_ runnable: any Runnable, _ iterations: Int) -> UInt64 {
        let before = clock.now()
        runnable.run(iterations: iterations)
        let after = clock.now()
        return after &- before
    }

    /// Iterations that make a batch long enough: `sampleSeconds`, and 2,000 readings of the clock, so that its cost
    /// (half a reading at each end) stays under 0.1 %.
    private func batchSize(_ runnable: any Runnable) -> Int {
        let target = max(rules.sampleSeconds, 2000 * readCost) * 1e9
        var iterations = 1
        for _ in 0..<64 {
            let first = Double(time(runnable, iterations))
            // Far above the target even if most of it was warming up: no second run only to learn that again.
            if first >= 8 * target { break }
            // The smaller of two: the first call may still be cold, and a batch sized by it would be too short.
            let taken = min(first, Double(time(runnable, iterations)))
            if taken >= target || iterations >= 1 << 40 { break }
            let growth = min(target * 1.1 / max(taken, 1), 16)
            iterations = max(iterations + 1, Int(Double(iterations) * growth))
        }
        return iterations
    }

    /// Looks only at n = 10, 20, 40 … and when the time is over, and at 99 %, so that looking often does not buy false confidence in the 95 % that
    /// is reported.
    private func reason(_ timings: [Timing], start: UInt64, budget: UInt64) -> StopReason? {
        let values = timings.map(\.secondsPerIteration)
        let steady = Array(values.dropFirst(warmup(values)))
        if timings.count >= rules.minimumSamples, let median = Order.median(steady),
            let interval = Order.medianInterval(steady, level: 0.99),
            interval.relativeHalfWidth(of: median) <= rules.sampleTarget
        {
            return .converged
        }
        if clock.now() &- start >= budget { return .timeCap }
        return timings.count >= rules.maximumSamples ? .sampleCap : nil
    }

    /// Samples before a change point at which the workload became faster, if that lies in the first half: a change
    /// later than that is no warm-up. A fixed count would be too many here and too few there.
    private func warmup(_ values: [Double]) -> Int {
        guard let shift = Series.shift(values), shift.p < 0.05, shift.downwards, shift.index <= values.count / 2 else {
            return 0
        }
        return shift.index
    }

    private func summary(_ timings: [Timing], _ stop: StopReason) -> Sampling {
        let values = timings.map(\.secondsPerIteration)
        let warm = warmup(values)
        let dependence = Dependence(values, after: warm)
        let notes = dependence.shift.map { ["the level shifted after sample \($0)"] } ?? []
        return Sampling(
            stop: stop, samples: timings.count, warmup: warm, seriallyDependent: dependence.isSuspect,
            dependence: dependence, notes: notes)
    }
}

extension Timing {
    var secondsPerIteration: Double { seconds / Double(iterations) }
}
