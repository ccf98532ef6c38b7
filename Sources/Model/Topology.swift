/// The machine as hwloc sees it: counts for scripts, and the tree for people.
public struct Topology: Codable, Sendable, Equatable {
    public var packages: Int
    public var cores: Int
    public var processingUnits: Int
    /// How many objects of every kind there are, in the order of hwloc's types; kinds of which there is none are left out.
    public var objectCounts: [ObjectCount]
    public var processingUnitSets: ProcessingUnitSets
    public var numaNodes: [NUMANode]
    /// One entry per level, type and size.
    public var caches: [Cache]
    public var memoryCaches: [MemoryCache]
    public var memoryAttributes: [MemoryAttribute]
    /// One entry per kind; a single one on machines whose cores are alike. Empty where hwloc cannot tell.
    public var coreKinds: [CoreKind]
    /// Row i, column j: relative distance from node i to node j (local = 10). Order as in `numaNodes`.
    public var numaDistances: [[Int]]
    /// Every matrix that hwloc has, the one between NUMA nodes among them.
    public var distances: [DistanceMatrix]
    public var devices: [Device]
    /// The whole tree; memory hangs beside the level it is attached to.
    public var tree: TopologyNode

    public init(
        packages: Int, cores: Int, processingUnits: Int, numaNodes: [NUMANode], caches: [Cache], coreKinds: [CoreKind],
        numaDistances: [[Int]], devices: [Device], tree: TopologyNode, objectCounts: [ObjectCount] = [],
        processingUnitSets: ProcessingUnitSets = .unknown("not probed"), memoryCaches: [MemoryCache] = [],
        memoryAttributes: [MemoryAttribute] = [], distances: [DistanceMatrix] = []
    ) {
        self.packages = packages
        self.cores = cores
        self.processingUnits = processingUnits
        self.objectCounts = objectCounts
        self.processingUnitSets = processingUnitSets
        self.numaNodes = numaNodes
        self.caches = caches
        self.memoryCaches = memoryCaches
        self.memoryAttributes = memoryAttributes
        self.coreKinds = coreKinds
        self.numaDistances = numaDistances
        self.distances = distances
        self.devices = devices
        self.tree = tree
    }
}

public struct ObjectCount: Codable, Sendable, Equatable {
    /// As in `TopologyNode`.
    public var kind: String
    public var count: Int

    public init(kind: String, count: Int) {
        self.kind = kind
        self.count = count
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
    /// hwloc's word for what it is made of: `DRAM`, `HBM`, `NVM`, `SPM` (specific-purpose), `GPUMemory`, `CXL-DRAM` …
    public var kind: Reported<String>
    /// hwloc's rank among kinds of memory: 0 has the highest bandwidth; absent where it made none.
    public var tier: Int?
    /// PCI address of the device whose memory it is: a GPU, a CXL expander.
    public var busId: String?

    public init(
        index: Int, bytes: UInt64, processingUnits: Int, processingUnitList: String,
        kind: Reported<String> = .unknown("not probed"), tier: Int? = nil, busId: String? = nil
    ) {
        self.index = index
        self.bytes = bytes
        self.processingUnits = processingUnits
        self.processingUnitList = processingUnitList
        self.kind = kind
        self.tier = tier
        self.busId = busId
    }
}

public struct Cache: Codable, Sendable, Equatable, Hashable {
    public enum Kind: String, Codable, Sendable { case data, instruction, unified }
    public var level: Int
    public var type: Kind
    /// Of one such cache.
    public var bytes: UInt64
    public var count: Int
    /// Bytes of a line, where told.
    public var lineBytes: Int?
    /// Lines of a set, where told.
    public var ways: Int?

    public init(level: Int, type: Kind, bytes: UInt64, count: Int, lineBytes: Int? = nil, ways: Int? = nil) {
        self.level = level
        self.type = type
        self.bytes = bytes
        self.count = count
        self.lineBytes = lineBytes
        self.ways = ways
    }
}

public struct CoreKind: Codable, Sendable, Equatable {
    /// hwloc's rank: higher is faster and hungrier; −1 where unknown.
    public var efficiency: Int
    public var processingUnits: Int
    public var processingUnitList: String
    /// `IntelCore`, `IntelAtom`; absent where the system gives its kinds no names.
    public var type: String?
    /// Hz.
    public var maximumFrequency: Reported<Double>
    public var baseFrequency: Reported<Double>
    /// The kernel's relative capacity; the largest is 1024.
    public var capacity: Int?

    public init(
        efficiency: Int, processingUnits: Int, processingUnitList: String, type: String? = nil,
        maximumFrequency: Reported<Double> = .unknown("not probed"),
        baseFrequency: Reported<Double> = .unknown("not probed"), capacity: Int? = nil
    ) {
        self.efficiency = efficiency
        self.processingUnits = processingUnits
        self.processingUnitList = processingUnitList
        self.type = type
        self.maximumFrequency = maximumFrequency
        self.baseFrequency = baseFrequency
        self.capacity = capacity
    }
}
