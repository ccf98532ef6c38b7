/// What disturbed a process: steal, load and throttling over its life, switches and faults while it sampled. What this
/// machine does not tell is absent.
public struct Interference: Codable, Sendable, Equatable {
    /// Share of CPU time that the hypervisor gave to others, all processing units, 0 … 1.
    public var steal: Double?
    /// Share of CPU time that others on this machine used, of all there is, 0 … 1.
    public var otherLoad: Double?
    /// Periods in which the control group was throttled.
    public var throttledPeriods: Int?
    /// Times the scheduler took the processing unit away.
    public var involuntarySwitches: Int?
    /// Page faults that needed input or output.
    public var majorFaults: Int?
    /// Page faults inside the timed region that needed none.
    public var minorFaults: Int?
    /// Share of its threads' sampling time in which they were ready to run and did not, 0 … 1.
    public var waiting: Double?
    /// Times a thread was moved to another processing unit.
    public var migrations: Int?
    /// Share of the process's life in which some task of the machine waited for a processor, for memory, for input or
    /// output: differences of the kernel's own totals, 0 … 1.
    public var cpuPressure: Double?
    public var memoryPressure: Double?
    public var ioPressure: Double?
    /// Mean frequency of the processing units, lowest and highest reading, Hz.
    public var lowestFrequency: Double?
    public var highestFrequency: Double?
    /// °C, the hottest reading.
    public var temperature: Double?
    /// Events in which the processor slowed down because it was hot.
    public var thermalThrottles: Int?
    /// Why accelerators held back, as their driver says.
    public var acceleratorSlowdowns: [String]?
    /// Settings that read differently after the process than when they were last looked at before its end.
    public var changedSettings: [String]?
    /// Looks taken while it ran, the first and the last included.
    public var readings: Int?

    public init(
        steal: Double? = nil, otherLoad: Double? = nil, throttledPeriods: Int? = nil, involuntarySwitches: Int? = nil,
        majorFaults: Int? = nil
    ) {
        self.steal = steal
        self.otherLoad = otherLoad
        self.throttledPeriods = throttledPeriods
        self.involuntarySwitches = involuntarySwitches
        self.majorFaults = majorFaults
    }
}

/// One look at the machine while the run goes on. A line of `environment.jsonl`. Counters are totals since boot.
public struct EnvironmentReading: Codable, Sendable, Equatable {
    /// Seconds from the start of the run.
    public var t: Double
    /// CPU seconds since boot, summed over processing units.
    public var busy: Double?
    public var idle: Double?
    public var steal: Double?
    public var throttledPeriods: Int?
    /// Share of time in which some task waited for a CPU, the kernel's 10-second average, 0 … 1.
    public var cpuPressure: Double?
    public var memoryPressure: Double?
    /// Seconds since boot in which some task waited for a CPU, for memory, for input or output.
    public var cpuWaiting: Double?
    public var memoryWaiting: Double?
    public var ioWaiting: Double?
    /// Hz, mean over processing units, where the kernel tells.
    public var frequency: Double?
    /// °C, the hottest zone, where the kernel tells.
    public var temperature: Double?
    /// Events since boot in which a core or a package slowed down because it was hot.
    public var thermalThrottles: Int?
    public var loadAverage: Double?
    /// Why accelerators hold back now, as their driver says; absent where none is asked.
    public var acceleratorSlowdowns: [String]?

    public init(t: Double) { self.t = t }
}
