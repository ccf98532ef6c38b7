import CHwloc
import Model

/// Turns a loaded hwloc topology into `Model.Topology`.
extension HwlocTopology {
    borrowing func topology() -> Topology {
        let nodes = objects(HWLOC_OBJ_NUMANODE)
        return Topology(
            packages: count(HWLOC_OBJ_PACKAGE), cores: count(HWLOC_OBJ_CORE), processingUnits: count(HWLOC_OBJ_PU),
            numaNodes: nodes.map(NUMANode.init), caches: caches(), coreKinds: coreKinds(),
            numaDistances: distances(nodes), devices: devices(),
            tree: root.map(TopologyNode.init)
                ?? TopologyNode(kind: "machine", index: nil, name: nil, bytes: nil, children: []))
    }

    /// Largest level first, as people read them; equal ones counted together.
    private borrowing func caches() -> [Cache] {
        let types = [
            HWLOC_OBJ_L5CACHE, HWLOC_OBJ_L4CACHE, HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L1CACHE,
            HWLOC_OBJ_L3ICACHE, HWLOC_OBJ_L2ICACHE, HWLOC_OBJ_L1ICACHE,
        ]
        var found: [Cache] = []
        for object in types.flatMap({ objects($0) }) {
            guard let cache = Cache(object) else { continue }
            if let same = found.firstIndex(where: {
                $0.level == cache.level && $0.type == cache.type && $0.bytes == cache.bytes
            }) {
                found[same].count += 1
            } else {
                found.append(cache)
            }
        }
        return found.sorted { ($1.level, $0.type.rawValue, $1.bytes) < ($0.level, $1.type.rawValue, $0.bytes) }
    }

    private borrowing func coreKinds() -> [CoreKind] {
        let count = max(0, hwloc_cpukinds_get_nr(handle, 0))
        return (0..<UInt32(count)).compactMap { kind in
            guard let set = Bitmap() else { return nil }
            var efficiency: Int32 = -1
            guard hwloc_cpukinds_get_info(handle, kind, set.handle, &efficiency, nil, nil, 0) == 0 else { return nil }
            return CoreKind(
                efficiency: Int(efficiency), processingUnits: set.view.count, processingUnitList: set.view.list)
        }
    }
}

extension NUMANode {
    init(_ object: HwlocObject) {
        self.init(
            index: object.index ?? 0, bytes: object.attributes?.pointee.numanode.local_memory ?? 0,
            processingUnits: object.processingUnits.count, processingUnitList: object.processingUnits.list)
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
        self.init(level: Int(cache.depth), type: kind, bytes: cache.size, count: 1)
    }
}
