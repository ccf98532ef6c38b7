/// Memory sizes in bytes as each witness tells them; they may differ, and then all are shown.
public struct Memory: Codable, Sendable, Equatable {
    /// MemTotal of /proc/meminfo.
    public var kernelBytes: Reported<UInt64>
    /// Sum over hwloc's NUMA nodes.
    public var hwlocBytes: Reported<UInt64>
    /// MemAvailable when probed.
    public var availableBytes: Reported<UInt64>
    public var swapBytes: Reported<UInt64>
    /// Default huge page size, bytes.
    public var hugePageBytes: Reported<UInt64>
    /// Huge pages reserved (HugePages_Total).
    public var hugePages: Reported<Int>

    public init(
        kernelBytes: Reported<UInt64>, hwlocBytes: Reported<UInt64>, availableBytes: Reported<UInt64>,
        swapBytes: Reported<UInt64>, hugePageBytes: Reported<UInt64>, hugePages: Reported<Int>
    ) {
        self.kernelBytes = kernelBytes
        self.hwlocBytes = hwlocBytes
        self.availableBytes = availableBytes
        self.swapBytes = swapBytes
        self.hugePageBytes = hugePageBytes
        self.hugePages = hugePages
    }
}
