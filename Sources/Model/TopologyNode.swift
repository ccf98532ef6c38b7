/// One object of the topology tree.
public struct TopologyNode: Codable, Sendable, Equatable {
    /// `machine`, `package`, `die`, `group`, `l3` … `l1i`, `core`, `processingUnit`, `numaNode`, `memoryCache`, `bridge`, `pci`,
    /// `device`, `misc`.
    public var kind: String
    /// The operating system's number, where it has one.
    public var index: Int?
    /// What a person should read beside the kind: a model name, a PCI address.
    public var name: String?
    /// Capacity of a cache or a node.
    public var bytes: UInt64?
    public var children: [TopologyNode]

    public init(kind: String, index: Int?, name: String?, bytes: UInt64?, children: [TopologyNode]) {
        self.kind = kind
        self.index = index
        self.name = name
        self.bytes = bytes
        self.children = children
    }
}
