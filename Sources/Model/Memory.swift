/// Memory sizes in bytes as each witness tells them; they may differ, and then all are shown.
public struct Memory: Codable, Sendable, Equatable {
    /// What the firmware hands over: SMBIOS where it can be read, else the memory map or the kernel's memory blocks.
    public var firmwareBytes: Reported<UInt64>
    /// Which of these.
    public var firmwareSource: Reported<String>
    /// MemTotal of /proc/meminfo.
    public var kernelBytes: Reported<UInt64>
    /// Sum over hwloc's NUMA nodes.
    public var hwlocBytes: Reported<UInt64>
    /// MemAvailable when probed.
    public var availableBytes: Reported<UInt64>
    public var swapBytes: Reported<UInt64>
    public var freeSwapBytes: Reported<UInt64>
    /// Default huge page size, bytes.
    public var hugePageBytes: Reported<UInt64>
    /// Huge pages reserved (HugePages_Total).
    public var hugePages: Reported<Int>
    /// One for each size of huge page that the kernel knows, over all nodes.
    public var hugePagePools: Reported<[HugePagePool]>
    /// As libnuma sees them; as the kernel's files show them where a captured machine is replayed.
    public var nodes: Reported<[MemoryNode]>
    /// Of the process that probed.
    public var policy: Reported<MemoryPolicy>
    /// Populated sockets for modules, equal ones counted together.
    public var modules: Reported<[MemoryModules]>
    /// Groups of sockets that share error correction: usually one a package.
    public var arrays: Reported<[MemoryArray]>
    /// Channels with at least one module.
    public var channels: Reported<Int>
    public var errorCorrection: Reported<String>
    /// With the errors that they have counted since the machine was started.
    public var controllers: Reported<[MemoryController]>
    /// Where witnesses differ, a sentence each.
    public var differences: Reported<[String]>

    public init(
        firmwareBytes: Reported<UInt64> = .unknown("not probed"),
        firmwareSource: Reported<String> = .unknown("not probed"), kernelBytes: Reported<UInt64>,
        hwlocBytes: Reported<UInt64>, availableBytes: Reported<UInt64>, swapBytes: Reported<UInt64>,
        freeSwapBytes: Reported<UInt64> = .unknown("not probed"), hugePageBytes: Reported<UInt64>,
        hugePages: Reported<Int>, hugePagePools: Reported<[HugePagePool]> = .unknown("not probed"),
        nodes: Reported<[MemoryNode]> = .unknown("not probed"),
        policy: Reported<MemoryPolicy> = .unknown("not probed"),
        modules: Reported<[MemoryModules]> = .unknown("not probed"),
        arrays: Reported<[MemoryArray]> = .unknown("not probed"), channels: Reported<Int> = .unknown("not probed"),
        errorCorrection: Reported<String> = .unknown("not probed"),
        controllers: Reported<[MemoryController]> = .unknown("not probed"),
        differences: Reported<[String]> = .unknown("not probed")
    ) {
        self.firmwareBytes = firmwareBytes
        self.firmwareSource = firmwareSource
        self.kernelBytes = kernelBytes
        self.hwlocBytes = hwlocBytes
        self.availableBytes = availableBytes
        self.swapBytes = swapBytes
        self.freeSwapBytes = freeSwapBytes
        self.hugePageBytes = hugePageBytes
        self.hugePages = hugePages
        self.hugePagePools = hugePagePools
        self.nodes = nodes
        self.policy = policy
        self.modules = modules
        self.arrays = arrays
        self.channels = channels
        self.errorCorrection = errorCorrection
        self.controllers = controllers
        self.differences = differences
    }
}
