/// A property of NUMA nodes as firmware states it (ACPI HMAT), or as somebody added it to a topology: never measured
/// by Assay.
public struct MemoryAttribute: Codable, Sendable, Equatable {
    public enum Unit: String, Codable, Sendable { case bytesPerSecond, seconds, unknown }

    public struct Value: Codable, Sendable, Equatable {
        /// The operating system's number of the node.
        public var node: Int
        /// From where: processing units in the kernel's list format, or the name of an object without any. Absent for
        /// an attribute that is the same from everywhere.
        public var initiator: String?
        /// In the attribute's unit.
        public var value: Double

        public init(node: Int, initiator: String?, value: Double) {
            self.node = node
            self.initiator = initiator
            self.value = value
        }
    }

    /// hwloc's name: `Bandwidth`, `ReadBandwidth`, `WriteBandwidth`, `Latency`, `ReadLatency`, `WriteLatency`, or a user's.
    public var name: String
    public var unit: Unit
    /// Whether more is better; absent where nobody says.
    public var higherIsBetter: Bool?
    public var values: [Value]

    public init(name: String, unit: Unit, higherIsBetter: Bool?, values: [Value]) {
        self.name = name
        self.unit = unit
        self.higherIsBetter = higherIsBetter
        self.values = values
    }
}

/// A cache in front of memory, such as DRAM that caches non-volatile memory.
public struct MemoryCache: Codable, Sendable, Equatable {
    public var level: Int
    public var bytes: UInt64
    /// The operating system's numbers of the nodes behind it.
    public var nodes: [Int]
    /// Bytes of a line, where told.
    public var lineBytes: Int?

    public init(level: Int, bytes: UInt64, nodes: [Int], lineBytes: Int? = nil) {
        self.level = level
        self.bytes = bytes
        self.nodes = nodes
        self.lineBytes = lineBytes
    }
}
