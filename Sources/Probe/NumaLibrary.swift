import CNuma
import Model

#if canImport(Glibc)
    import Glibc
#endif

/// What libnuma says of this machine. Never asked about a captured one.
enum NumaLibrary {
    /// Nodes that the kernel shows; `nil` where there is no NUMA in it, or a sandbox forbids to ask.
    static func nodes() -> [Int]? {
        guard numa_available() >= 0, let set = assay_numa_nodes() else { return nil }
        let highest = min(max(0, Int(numa_max_possible_node())), 1 << 12)
        let nodes = (0...highest).filter { numa_bitmask_isbitset(set, UInt32($0)) != 0 }
        return nodes.isEmpty ? nil : nodes
    }

    static func size(ofNode node: Int) -> (total: Reported<UInt64>, free: Reported<UInt64>) {
        var free: Int64 = -1
        let total = numa_node_size64(Int32(clamping: node), &free)
        let refused = "libnuma: numa_node_size64(\(node)) fails"
        return (
            Reported(total >= 0 ? UInt64(total) : nil, else: refused),
            Reported(total >= 0 && free >= 0 ? UInt64(free) : nil, else: refused)
        )
    }

    /// Empty where one is not told: libnuma then says 0.
    static func distances(from node: Int, to others: [Int]) -> [Int] {
        let all = others.map { Int(numa_distance(Int32(clamping: node), Int32(clamping: $0))) }
        return all.allSatisfy { $0 > 0 } ? all : []
    }

    /// Of this thread, which is that of the process unless something set another.
    static func policy() -> Reported<MemoryPolicy> {
        guard numa_available() >= 0 else { return .unknown("libnuma: NUMA is not available here") }
        // As many bits as the largest kernel has nodes: with fewer the kernel refuses to answer.
        var mask = [UInt](repeating: 0, count: 64)
        var mode: Int32 = 0
        guard get_mempolicy(&mode, &mask, UInt(mask.count * UInt.bitWidth), nil, 0) == 0 else {
            return .unknown("get_mempolicy: \(String(cString: strerror(errno)))")
        }
        let width = UInt.bitWidth
        let nodes = (0..<mask.count * width).filter { mask[$0 / width] >> UInt($0 % width) & 1 == 1 }
        let names = ["default", "preferred", "bind", "interleave", "local", "preferred many", "weighted interleave"]
        // Flags stand above the mode.
        let number = Int(mode & 0xfff)
        return .known(
            MemoryPolicy(
                mode: names.indices.contains(number) ? names[number] : "mode \(number)",
                nodes: Bitmap(nodes)?.view.list ?? ""))
    }
}
