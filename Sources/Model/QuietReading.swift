/// How quiet the machine was over a short look: one processing unit kept busy, what it missed counted, and short
/// canaries repeated.
public struct QuietReading: Codable, Sendable, Equatable {
    /// Where it was looked; absent where the thread could not be bound.
    public var processingUnit: Int?
    /// Length of the look, seconds.
    public var seconds: Double
    public var gaps: Gaps
    /// Timer interrupts a second on that processing unit.
    public var timerInterrupts: Reported<Double>
    /// All interrupts a second on that processing unit.
    public var interrupts: Reported<Double>
    /// Share of that processing unit's time that the hypervisor gave to others, 0 … 1.
    public var steal: Reported<Double>
    /// The same of all processing units together.
    public var stealOfAll: Reported<Double>
    /// Share of all processing units' time that others on this machine used, 0 … 1.
    public var otherLoad: Reported<Double>
    /// Tasks that wanted to run beside Assay's own when the look began.
    public var runnable: Reported<Int>
    /// Average of the last minute.
    public var loadAverage: Reported<Double>
    /// Periods in which the control group was throttled during the look.
    public var throttledPeriods: Reported<Int>
    /// Times the scheduler took the processing unit away.
    public var involuntarySwitches: Int
    public var canaries: [CanaryReading]

    /// Moments in which a loop that does nothing but read the clock did not run.
    public struct Gaps: Codable, Sendable, Equatable {
        /// Shorter ones are not counted, seconds.
        public var threshold: Double
        public var count: Int
        /// Seconds.
        public var largest: Double
        /// All of them together, seconds.
        public var total: Double

        public init(threshold: Double, count: Int, largest: Double, total: Double) {
            self.threshold = threshold
            self.count = count
            self.largest = largest
            self.total = total
        }
    }

    public init(
        processingUnit: Int?, seconds: Double, gaps: Gaps, timerInterrupts: Reported<Double>,
        interrupts: Reported<Double>, steal: Reported<Double>, stealOfAll: Reported<Double>,
        otherLoad: Reported<Double>, runnable: Reported<Int>, loadAverage: Reported<Double>,
        throttledPeriods: Reported<Int>, involuntarySwitches: Int, canaries: [CanaryReading]
    ) {
        self.processingUnit = processingUnit
        self.seconds = seconds
        self.gaps = gaps
        self.timerInterrupts = timerInterrupts
        self.interrupts = interrupts
        self.steal = steal
        self.stealOfAll = stealOfAll
        self.otherLoad = otherLoad
        self.runnable = runnable
        self.loadAverage = loadAverage
        self.throttledPeriods = throttledPeriods
        self.involuntarySwitches = involuntarySwitches
        self.canaries = canaries
    }
}

/// A short piece of work whose time should be the same each time.
public struct CanaryReading: Codable, Sendable, Equatable {
    /// `ALU`, `bandwidth`, `latency`.
    public var name: String
    public var repetitions: Int
    /// Median time of one repetition, seconds.
    public var median: Double
    /// Robust coefficient of variation: 1.4826 × median absolute deviation ÷ median.
    public var spread: Double
    /// (largest − smallest) ÷ median.
    public var range: Double
    /// Fresh processes that were repeated, one after the other, each giving its median; absent where the repetitions were
    /// those of one process.
    public var processes: Int?

    public init(
        name: String, repetitions: Int, median: Double, spread: Double, range: Double, processes: Int? = nil
    ) {
        self.processes = processes
        self.name = name
        self.repetitions = repetitions
        self.median = median
        self.spread = spread
        self.range = range
    }
}
