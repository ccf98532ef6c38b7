import CHwloc
import CNuma
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

/// The same distances as libnuma tells them: a second witness, for this machine only.
enum NumaLibrary {
    /// A claim for the first pair of nodes on which hwloc and libnuma differ.
    static func disagreement(_ topology: Topology) -> Claim? {
        guard !topology.numaDistances.isEmpty, numa_available() >= 0 else { return nil }
        for (row, from) in zip(topology.numaDistances, topology.numaNodes) {
            for (value, to) in zip(row, topology.numaNodes) {
                let other = Int(numa_distance(Int32(clamping: from.index), Int32(clamping: to.index)))
                guard other != 0, other != value else { continue }
                return Claim(
                    subject: "distance from NUMA node \(from.index) to \(to.index)", claimed: "\(other)",
                    visible: "\(value)", evidence: "libnuma against hwloc")
            }
        }
        return nil
    }
}
