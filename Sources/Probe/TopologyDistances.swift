import CHwloc
import Model
import SystemFiles

extension HwlocTopology {
    /// The matrix between NUMA nodes in the order of `nodes`; empty unless it covers all of them.
    ///
    /// By name where hwloc read it from the system; by what it means where it comes from an old file, in which it has
    /// no name.
    borrowing func numaDistances(_ nodes: [HwlocObject]) -> [[Int]] {
        var found: UnsafeMutablePointer<hwloc_distances_s>?
        var count: UInt32 = 1
        if hwloc_distances_get_by_name(handle, "NUMALatency", &count, &found, 0) != 0 || count == 0 || found == nil {
            count = 1
            let kind = UInt(HWLOC_DISTANCES_KIND_MEANS_LATENCY.rawValue)
            guard hwloc_distances_get_by_type(handle, HWLOC_OBJ_NUMANODE, &count, &found, kind, 0) == 0, count > 0
            else { return [] }
        }
        guard let found else { return [] }
        defer { hwloc_distances_release(handle, found) }
        return matrix(found.pointee, nodes)
    }

    private borrowing func matrix(_ distances: hwloc_distances_s, _ nodes: [HwlocObject]) -> [[Int]] {
        let size = Int(distances.nbobjs)
        guard size == nodes.count, size > 0, let objects = distances.objs, let values = distances.values else {
            return []
        }
        let places = nodes.compactMap { node in (0..<size).first { objects[$0] == node.pointer } }
        guard places.count == size else { return [] }
        return places.map { row in places.map { column in Int(clamping: values[row * size + column]) } }
    }
}

extension Topology {
    /// hwloc tells no distances where there is only one node; the kernel does.
    mutating func completeDistances(_ files: SystemFiles) {
        guard numaDistances.isEmpty, let only = numaNodes.first, numaNodes.count == 1 else { return }
        if let distance = files.integer("/sys/devices/system/node/node\(only.index)/distance").value {
            numaDistances = [[distance]]
        }
    }
}
