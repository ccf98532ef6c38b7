import CNuma
public import Model

#if canImport(Glibc)
    import Glibc
#endif

/// Where pages come from that this thread, or one that it starts from now on, touches first. Set before anything is
/// allocated; libraries that are loaded later inherit it.
extension Binding {
    /// What is said to lie somewhere lies there, or nothing is measured: the policy that is then in force is read back.
    public static func bindMemory(_ policy: Placement.MemoryPolicy) throws(BindingError) {
        switch policy {
        case .local: return
        case .node(let node):
            guard (0..<Bitmap.limit).contains(node) else { throw .noSuchNode(node) }
            do { try set(MPOL_BIND, [node]) } catch {
                if case .invalid = error { throw .noSuchNode(node) }
                throw .failed("memory cannot be bound to node \(node): \(error.words)")
            }
        case .interleave:
            let nodes = try allowedNodes()
            do { try set(MPOL_INTERLEAVE, nodes) } catch {
                throw .failed("memory cannot be interleaved over nodes \(nodes): \(error.words)")
            }
        }
        try readBack(policy)
    }

    private enum Refusal: Error {
        case invalid
        case other(String)

        var words: String {
            switch self {
            case .invalid: String(cString: strerror(EINVAL))
            case .other(let words): words
            }
        }
    }

    private static func set(_ mode: Int32, _ nodes: [Int]) throws(Refusal) {
        let bits = UInt.bitWidth
        var mask = [UInt](repeating: 0, count: (nodes.max() ?? 0) / bits + 1)
        for node in nodes { mask[node / bits] |= 1 << UInt(node % bits) }
        // The kernel reads one bit less than it is told.
        guard set_mempolicy(mode, mask, UInt(mask.count * bits + 1)) != 0 else { return }
        throw errno == EINVAL ? .invalid : .other(String(cString: strerror(errno)))
    }

    /// Nodes that the control group lets this process have memory from.
    private static func allowedNodes() throws(BindingError) -> [Int] {
        guard numa_available() >= 0 else { throw .failed("memory cannot be interleaved: no NUMA here") }
        guard let set = numa_get_mems_allowed() else { throw .failed("libnuma does not tell the nodes allowed here") }
        defer { numa_bitmask_free(set) }
        let highest = min(max(0, Int(numa_max_possible_node())), Bitmap.limit - 1)
        return (0...highest).filter { numa_bitmask_isbitset(set, UInt32($0)) != 0 }
    }

    private static func readBack(_ policy: Placement.MemoryPolicy) throws(BindingError) {
        guard let found = NumaLibrary.policy().value else { return }
        let wanted = policy == .interleave ? "interleave" : "bind"
        guard found.mode == wanted else {
            throw .failed("the memory policy in force is \(found.mode), not \(wanted)")
        }
    }
}
