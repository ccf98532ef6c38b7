/// What the container or the control group allows, against what the machine has.
public struct Limits: Codable, Sendable, Equatable {
    /// 1 or 2.
    public var controlGroupVersion: Reported<Int>
    /// Processing units this process may run on, kernel list format.
    public var allowedProcessingUnits: Reported<String>
    /// CPUs' worth of time per period; `unknown("no quota")` where none is set.
    public var cpuQuota: Reported<Double>
    /// Bytes; the smallest limit from here to the root of the hierarchy.
    public var memoryBytes: Reported<UInt64>
    /// RLIMIT_MEMLOCK, bytes.
    public var lockedMemoryBytes: Reported<UInt64>

    public init(
        controlGroupVersion: Reported<Int>, allowedProcessingUnits: Reported<String>, cpuQuota: Reported<Double>,
        memoryBytes: Reported<UInt64>, lockedMemoryBytes: Reported<UInt64>
    ) {
        self.controlGroupVersion = controlGroupVersion
        self.allowedProcessingUnits = allowedProcessingUnits
        self.cpuQuota = cpuQuota
        self.memoryBytes = memoryBytes
        self.lockedMemoryBytes = lockedMemoryBytes
    }
}
