/// What the container, the control groups and the process itself are allowed, against what the machine has.
///
/// A limit of the control groups is the smallest one from this process's own group up to the root, as far as they can be
/// seen: those above a container are hidden from it.
public struct Limits: Codable, Sendable, Equatable {
    /// 1 or 2.
    public var controlGroupVersion: Reported<Int>
    /// Processing units this process may run on, kernel list format.
    public var allowedProcessingUnits: Reported<String>
    /// Memory nodes this process may allocate on, kernel list format.
    public var allowedMemoryNodes: Reported<String>
    /// Processing units of the control group, kernel list format.
    public var groupProcessingUnits: Reported<String>
    /// Memory nodes of the control group, kernel list format.
    public var groupMemoryNodes: Reported<String>
    /// CPUs' worth of time per period.
    public var cpuQuota: Reported<Limit<Double>>
    /// Seconds over which that quota is counted.
    public var cpuPeriod: Reported<Double>
    /// Seconds of unused quota that may be spent later.
    public var cpuBurst: Reported<Double>
    /// Share of time against other groups. Version 2: 1 to 10000, 100 unless set; version 1: 2 to 262144, 1024 unless set.
    public var cpuWeight: Reported<Int>
    /// What the quota cost until the probe.
    public var throttling: Reported<Throttling>
    /// Bytes above which memory is refused.
    public var memoryBytes: Reported<Limit<UInt64>>
    /// Bytes above which allocation is slowed down.
    public var memoryHighBytes: Reported<Limit<UInt64>>
    /// Bytes of swap.
    public var swapBytes: Reported<Limit<UInt64>>
    /// Processes and threads in the group.
    public var tasks: Reported<Limit<Int>>
    /// Share of input and output against other groups, 1 to 10000, 100 unless set.
    public var inputOutputWeight: Reported<Int>
    /// RLIMIT_MEMLOCK, soft, bytes.
    public var lockedMemoryBytes: Reported<Limit<UInt64>>
    /// Limits of the process (setrlimit) that can move a result or end a run.
    public var resources: Reported<[ResourceLimit]>

    public init(
        controlGroupVersion: Reported<Int>, allowedProcessingUnits: Reported<String>,
        allowedMemoryNodes: Reported<String> = .unknown("not probed"),
        groupProcessingUnits: Reported<String> = .unknown("not probed"),
        groupMemoryNodes: Reported<String> = .unknown("not probed"), cpuQuota: Reported<Limit<Double>>,
        cpuPeriod: Reported<Double> = .unknown("not probed"), cpuBurst: Reported<Double> = .unknown("not probed"),
        cpuWeight: Reported<Int> = .unknown("not probed"), throttling: Reported<Throttling> = .unknown("not probed"),
        memoryBytes: Reported<Limit<UInt64>>, memoryHighBytes: Reported<Limit<UInt64>> = .unknown("not probed"),
        swapBytes: Reported<Limit<UInt64>> = .unknown("not probed"),
        tasks: Reported<Limit<Int>> = .unknown("not probed"),
        inputOutputWeight: Reported<Int> = .unknown("not probed"), lockedMemoryBytes: Reported<Limit<UInt64>>,
        resources: Reported<[ResourceLimit]> = .unknown("not probed")
    ) {
        self.controlGroupVersion = controlGroupVersion
        self.allowedProcessingUnits = allowedProcessingUnits
        self.allowedMemoryNodes = allowedMemoryNodes
        self.groupProcessingUnits = groupProcessingUnits
        self.groupMemoryNodes = groupMemoryNodes
        self.cpuQuota = cpuQuota
        self.cpuPeriod = cpuPeriod
        self.cpuBurst = cpuBurst
        self.cpuWeight = cpuWeight
        self.throttling = throttling
        self.memoryBytes = memoryBytes
        self.memoryHighBytes = memoryHighBytes
        self.swapBytes = swapBytes
        self.tasks = tasks
        self.inputOutputWeight = inputOutputWeight
        self.lockedMemoryBytes = lockedMemoryBytes
        self.resources = resources
    }
}

/// What a CPU quota did since the control group was made.
public struct Throttling: Codable, Sendable, Equatable {
    /// Periods in which the group ran.
    public var periods: Int
    /// Of these, those in which it used up its quota and was stopped.
    public var throttledPeriods: Int
    /// Seconds, summed over processing units.
    public var throttledSeconds: Double

    public init(periods: Int, throttledPeriods: Int, throttledSeconds: Double) {
        self.periods = periods
        self.throttledPeriods = throttledPeriods
        self.throttledSeconds = throttledSeconds
    }
}

/// One limit of a process.
public struct ResourceLimit: Codable, Sendable, Equatable {
    /// Stable key: `openFiles`, `stack`, …
    public var name: String
    /// `bytes`, `seconds`; empty for a count.
    public var unit: String
    /// In force.
    public var soft: Limit<UInt64>
    /// As far as the process may raise it.
    public var hard: Limit<UInt64>

    public init(name: String, unit: String, soft: Limit<UInt64>, hard: Limit<UInt64>) {
        self.name = name
        self.unit = unit
        self.soft = soft
        self.hard = hard
    }
}
