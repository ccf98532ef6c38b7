/// The machine as hwloc sees it: counts for scripts, and the tree for people.
public struct Topology: Codable, Sendable, Equatable {
    public var packages: Int
    public var cores: Int
    public var processingUnits: Int
    public var numaNodes: [NUMANode]
    /// One entry per level, type and size.
    public var caches: [Cache]
    /// One entry per kind; a single one on machines whose cores are alike. Empty where hwloc cannot tell.
    public var coreKinds: [CoreKind]
    /// Row i, column j: relative distance from node i to node j (local = 10). Order as in `numaNodes`.
    public var numaDistances: [[Int]]
    public var devices: [Device]
    /// The whole tree; memory hangs beside the level it is attached to.
    public var tree: TopologyNode

    public init(
        packages: Int, cores: Int, processingUnits: Int, numaNodes: [NUMANode], caches: [Cache], coreKinds: [CoreKind],
        numaDistances: [[Int]], devices: [Device], tree: TopologyNode
    ) {
        self.packages = packages
        self.cores = cores
        self.processingUnits = processingUnits
        self.numaNodes = numaNodes
        self.caches = caches
        self.coreKinds = coreKinds
        self.numaDistances = numaDistances
        self.devices = devices
        self.tree = tree
    }
}

public struct NUMANode: Codable, Sendable, Equatable {
    /// The operating system's number.
    public var index: Int
    public var bytes: UInt64
    /// How many processing units are local to it.
    public var processingUnits: Int
    /// Which, in the kernel's list format: `0-3,8-11`. Empty for a node without any.
    public var processingUnitList: String

    public init(index: Int, bytes: UInt64, processingUnits: Int, processingUnitList: String) {
        self.index = index
        self.bytes = bytes
        self.processingUnits = processingUnits
        self.processingUnitList = processingUnitList
    }
}

public struct Cache: Codable, Sendable, Equatable, Hashable {
    public enum Kind: String, Codable, Sendable { case data, instruction, unified }
    public var level: Int
    public var type: Kind
    /// Of one such cache.
    public var bytes: UInt64
    public var count: Int

    public init(level: Int, type: Kind, bytes: UInt64, count: Int) {
        self.level = level
        self.type = type
        self.bytes = bytes
        self.count = count
    }
}

public struct CoreKind: Codable, Sendable, Equatable {
    /// hwloc's rank: higher is faster and hungrier; −1 where unknown.
    public var efficiency: Int
    public var processingUnits: Int
    public var processingUnitList: String

    public init(efficiency: Int, processingUnits: Int, processingUnitList: String) {
        self.efficiency = efficiency
        self.processingUnits = processingUnits
        self.processingUnitList = processingUnitList
    }
}

public struct Device: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        case gpu, coprocessor, network, openFabrics, block, dma, memory, other
    }
    public var kind: Kind
    /// The operating system's name (`sda`, `eth0`, `nvml0`), or the PCI class where it has none.
    public var name: String
    /// `0000:41:00.0`; absent for devices that are on no PCI bus.
    public var busId: String?
    public var vendor: String?
    public var model: String?
    /// Nearest NUMA node, where one is nearer than the others.
    public var numaNode: Int?

    public init(kind: Kind, name: String, busId: String?, vendor: String?, model: String?, numaNode: Int?) {
        self.kind = kind
        self.name = name
        self.busId = busId
        self.vendor = vendor
        self.model = model
        self.numaNode = numaNode
    }
}

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
