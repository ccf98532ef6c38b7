/// A NUMA node as libnuma tells it: a second witness beside hwloc.
public struct MemoryNode: Codable, Sendable, Equatable {
    /// The operating system's number.
    public var index: Int
    public var totalBytes: Reported<UInt64>
    /// When probed.
    public var freeBytes: Reported<UInt64>
    /// Relative, to each node in the order of `Memory.nodes`; local is 10. Empty where none is told.
    public var distances: [Int]
    /// One for each size that the node knows.
    public var hugePages: [HugePagePool]

    public init(
        index: Int, totalBytes: Reported<UInt64>, freeBytes: Reported<UInt64>, distances: [Int],
        hugePages: [HugePagePool]
    ) {
        self.index = index
        self.totalBytes = totalBytes
        self.freeBytes = freeBytes
        self.distances = distances
        self.hugePages = hugePages
    }
}

/// Huge pages of one size that were set aside (hugetlb); transparent ones are not among them.
public struct HugePagePool: Codable, Sendable, Equatable {
    /// Of one page.
    public var bytes: UInt64
    public var total: Reported<Int>
    public var free: Reported<Int>

    public init(bytes: UInt64, total: Reported<Int>, free: Reported<Int>) {
        self.bytes = bytes
        self.total = total
        self.free = free
    }
}

/// Where the kernel puts the pages of a process.
public struct MemoryPolicy: Codable, Sendable, Equatable {
    /// `default`, `preferred`, `bind`, `interleave`, `local`, `preferred many`, `weighted interleave`.
    public var mode: String
    /// The nodes that it names, kernel list format; empty where it names none.
    public var nodes: String

    public init(mode: String, nodes: String) {
        self.mode = mode
        self.nodes = nodes
    }
}
