public import Model
import Statistics
public import SystemFiles

/// A short piece of work that should take the same time each time.
public struct Canary {
    public var name: String
    public var runnable: any Runnable

    public init(name: String, runnable: any Runnable) {
        self.name = name
        self.runnable = runnable
    }
}

/// Looks how quiet the machine is. The calling thread is bound by the caller, and busy until the look is over.
public struct QuietLook<Clock: TimeSource> {
    /// How long, and what counts.
    public struct Rules: Sendable {
        /// Seconds for which the clock is read without a pause.
        public var seconds: Double
        /// Seconds between two readings from which on something else must have run. As osnoise has it by default.
        public var gap: Double
        public var repetitions: Int
        /// Seconds that one repetition of a canary lasts at least.
        public var repetitionSeconds: Double

        public init(seconds: Double, gap: Double = 5e-6, repetitions: Int, repetitionSeconds: Double) {
            self.seconds = seconds
            self.gap = gap
            self.repetitions = repetitions
            self.repetitionSeconds = repetitionSeconds
        }

        /// For a diagnosis.
        public static var thorough: Rules { Rules(seconds: 1, repetitions: 11, repetitionSeconds: 0.005) }
        /// For the first lines of a run.
        public static var brief: Rules { Rules(seconds: 0.4, repetitions: 7, repetitionSeconds: 0.003) }
    }

    let clock: Clock
    let clockReport: ClockReport
    let files: SystemFiles
    let rules: Rules

    public init(clock: Clock, report: ClockReport, files: SystemFiles, rules: Rules) {
        self.clock = clock
        clockReport = report
        self.files = files
        self.rules = rules
    }

    /// - Parameter unit: the processing unit that the calling thread is bound to; `nil` where it is not.
    public func reading(on unit: Int?, canaries: [Canary]) -> QuietReading {
        let watch = EnvironmentWatch(files: files)
        let throttledBefore = watch.survey().throttledPeriods
        let before = ProcessorCounters(files, unit: unit)
        let usageBefore = ResourceUsage()
        let start = clock.now()
        let gaps = gaps()
        let seconds = Double(clock.now() &- start) * 1e-9
        let usage = ResourceUsage()
        let after = ProcessorCounters(files, unit: unit)
        let throttled = watch.survey().throttledPeriods
        let interval = CounterInterval(before: before, after: after, seconds: seconds)
        return QuietReading(
            processingUnit: unit, seconds: seconds, gaps: gaps,
            timerInterrupts: interval.interrupts(\.timer), interrupts: interval.interrupts(\.all),
            steal: interval.share(\.unit) { $1.steal - $0.steal },
            stealOfAll: interval.share(\.all) { $1.steal - $0.steal },
            otherLoad: interval.share(\.all) { $1.busy - $0.busy - (usage.cpuSeconds - usageBefore.cpuSeconds) },
            runnable: before.runnable.map { max($0 - 1, 0) }, loadAverage: before.loadAverage,
            throttledPeriods: throttled.map { max($0 - (throttledBefore.value ?? $0), 0) },
            involuntarySwitches: usage.involuntarySwitches - usageBefore.involuntarySwitches,
            canaries: canaries.map(repeated))
    }

    /// The timed loop: reads the clock and compares, nothing else. A gap holds one turn of the loop itself, which is the
    /// cost of a reading and far below the threshold.
    @inline(never)
    func gaps() -> QuietReading.Gaps {
        // A clock that is slow to read must not be taken for an interruption.
        let threshold = max(rules.gap, 20 * clockReport.readCost)
        let least = UInt64(threshold * 1e9)
        let length = UInt64(rules.seconds * 1e9)
        var count = 0
        var largest: UInt64 = 0
        var total: UInt64 = 0
        let start = clock.now()
        var last = start
        while last &- start < length {
            let now = clock.now()
            let step = now &- last
            if step >= least {
                count += 1
                total &+= step
                if step > largest { largest = step }
            }
            last = now
        }
        return QuietReading.Gaps(
            threshold: threshold, count: count, largest: Double(largest) * 1e-9, total: Double(total) * 1e-9)
    }

    /// One run to warm up, one or more to find how many iterations are long enough, then the repetitions.
    public func repeated(_ canary: Canary) -> CanaryReading { Self.summary(canary.name, times(canary).times) }

    /// What one iteration takes in this process: the median of its repetitions. Held against those of other processes, in
    /// which another number of iterations may have been long enough.
    public func secondsPerIteration(_ canary: Canary) -> Double {
        let (times, iterations) = times(canary)
        return (Order.median(times) ?? 0) / Double(iterations)
    }

    private func times(_ canary: Canary) -> (times: [Double], iterations: Int) {
        canary.runnable.run(iterations: 1)
        let once = max(Double(time(canary.runnable, 1)) * 1e-9, 1e-9)
        let iterations = max(1, Int(min(rules.repetitionSeconds / once, 1e6).rounded(.up)))
        var times = [Double](repeating: 0, count: max(rules.repetitions, 1))
        for index in times.indices { times[index] = Double(time(canary.runnable, iterations)) * 1e-9 }
        return (times, iterations)
    }

    /// The canary over fresh processes, by what an iteration took in each.
    public static func runToRun(_ name: String, _ seconds: [Double], rules: Rules) -> CanaryReading {
        let once = max(Order.median(seconds) ?? 0, 1e-12)
        let iterations = max(1, min(rules.repetitionSeconds / once, 1e9).rounded(.up))
        var reading = summary(name, seconds.map { $0 * iterations })
        reading.processes = seconds.count
        return reading
    }

    @inline(never)
    private func time(_ runnable: any Runnable, _ iterations: Int) -> UInt64 {
        let before = clock.now()
        runnable.run(iterations: iterations)
        let after = clock.now()
        return after &- before
    }

    static func summary(_ name: String, _ times: [Double]) -> CanaryReading {
        let median = Order.median(times) ?? 0
        let deviation = Order.median(times.map { abs($0 - median) }) ?? 0
        let range = (times.max() ?? 0) - (times.min() ?? 0)
        return CanaryReading(
            name: name, repetitions: times.count, median: median, spread: median > 0 ? 1.4826 * deviation / median : 0,
            range: median > 0 ? range / median : 0)
    }
}
