import CHwloc
import Model

/// Turns a loaded hwloc topology into `Model.Topology`.
extension HwlocTopology {
    borrowing func topology() -> Topology {
        let nodes = objects(HWLOC_OBJ_NUMANODE)
        let tree =
            root.map(TopologyNode.init)
            ?? TopologyNode(kind: "machine", index: nil, name: nil, bytes: nil, children: [])
        return Topology(
            packages: count(HWLOC_OBJ_PACKAGE), cores: count(HWLOC_OBJ_CORE), processingUnits: count(HWLOC_OBJ_PU),
            numaNodes: nodes.map(NUMANode.init), caches: caches(), coreKinds: coreKinds(),
            numaDistances: numaDistances(nodes), devices: devices(), tree: tree, objectCounts: tree.objectCounts,
            processingUnitSets: processingUnitSets(), memoryCaches: memoryCaches(),
            memoryAttributes: memoryAttributes(nodes), distances: distances())
    }

    /// Largest level first, as people read them; equal ones counted together.
    private borrowing func caches() -> [Cache] {
        let types = [
            HWLOC_OBJ_L5CACHE, HWLOC_OBJ_L4CACHE, HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L1CACHE,
            HWLOC_OBJ_L3ICACHE, HWLOC_OBJ_L2ICACHE, HWLOC_OBJ_L1ICACHE,
        ]
        var found: [Cache: Int] = [:]
        for object in types.flatMap({ objects($0) }) {
            if let cache = Cache(object) { found[cache, default: 0] += 1 }
        }
        return found.map { cache, count in
            var cache = cache
            cache.count = count
            return cache
        }.sorted { $1.rank < $0.rank }
    }

    private borrowing func memoryCaches() -> [MemoryCache] {
        objects(HWLOC_OBJ_MEMCACHE).compactMap { object in
            guard let cache = object.attributes?.pointee.cache else { return nil }
            return MemoryCache(
                level: Int(cache.depth), bytes: cache.size, nodes: object.nodes.numbers,
                lineBytes: cache.linesize > 0 ? Int(cache.linesize) : nil)
        }
    }
}

extension NUMANode {
    init(_ object: HwlocObject) {
        // Newer versions of hwloc work the kind out themselves; before, only what the kernel says of DAX devices is there.
        let kind = object.subtype ?? object.info("DAXType")
        let device = object.info("PCIBusID") ?? object.info("CXLDevice")
        self.init(
            index: object.index ?? 0, bytes: object.attributes?.pointee.numanode.local_memory ?? 0,
            processingUnits: object.processingUnits.count, processingUnitList: object.processingUnits.list,
            kind: Reported(kind, else: "hwloc names no kind of memory"),
            tier: object.info("MemoryTier").flatMap { Int($0) }, busId: device.flatMap(DeviceName.busIds))
    }
}

extension Cache {
    init?(_ object: HwlocObject) {
        guard let cache = object.attributes?.pointee.cache else { return nil }
        let kind: Kind =
            switch cache.type {
            case HWLOC_OBJ_CACHE_DATA: .data
            case HWLOC_OBJ_CACHE_INSTRUCTION: .instruction
            default: .unified
            }
        let lines = cache.linesize > 0 ? cache.size / UInt64(cache.linesize) : 0
        // −1 says that a line may lie anywhere.
        let ways = cache.associativity < 0 ? Int(clamping: lines) : Int(cache.associativity)
        self.init(
            level: Int(cache.depth), type: kind, bytes: cache.size, count: 1,
            lineBytes: cache.linesize > 0 ? Int(cache.linesize) : nil, ways: ways > 0 ? ways : nil)
    }

    fileprivate var rank: (Int, Int, UInt64, Int, Int) {
        let order = type == .instruction ? 0 : type == .data ? 1 : 2
        return (level, order, bytes, ways ?? 0, lineBytes ?? 0)
    }
}

extension TopologyNode {
    /// Every kind in the tree below this node, in the order of hwloc's types.
    var objectCounts: [ObjectCount] {
        var counts: [String: Int] = [:]
        count(into: &counts)
        return Self.kinds.compactMap { kind in counts[kind].map { ObjectCount(kind: kind, count: $0) } }
    }

    private func count(into counts: inout [String: Int]) {
        counts[kind, default: 0] += 1
        for child in children { child.count(into: &counts) }
    }

    private static let kinds = [
        "machine", "package", "die", "group", "core", "processingUnit", "l5", "l4", "l3", "l3d", "l3i", "l2", "l2d",
        "l2i",
        "l1", "l1d", "l1i", "numaNode", "memoryCache", "bridge", "pci", "device", "misc",
    ]
}
