import CHwloc

#if canImport(Glibc)
    import Glibc
#endif

/// Why a process cannot be bound.
public enum BindingError: Error, Equatable, CustomStringConvertible {
    case noProcessingUnits
    case noSuchProcessingUnit([Int])
    case noSuchNode(Int)
    /// The system's own words.
    case refused([Int], problem: String)
    case failed(String)

    public var description: String {
        switch self {
        case .noProcessingUnits: "no processing units to bind to"
        case .noSuchProcessingUnit(let units): "not processing units of this machine: \(units)"
        case .noSuchNode(let node): "there is no NUMA node \(node) with memory for this process"
        case .refused(let units, let problem): "cannot bind to processing units \(units): \(problem)"
        case .failed(let problem): problem
        }
    }
}

/// Binds the calling process, with all threads that it has and will have.
public enum Binding {
    /// Binds to processing units by the operating system's numbers and returns what is in force, read back: a cgroup
    /// may allow less than was asked for.
    public static func bind(toProcessingUnits units: [Int]) throws(BindingError) -> [Int] {
        guard !units.isEmpty else { throw .noProcessingUnits }
        guard let wanted = Bitmap(units) else {
            throw .noSuchProcessingUnit(units.filter { !(0..<Bitmap.limit).contains($0) })
        }
        let topology = try minimalTopology()
        let present = hwloc_topology_get_complete_cpuset(topology.handle)
        guard hwloc_bitmap_isincluded(wanted.handle, present) != 0 else {
            throw .noSuchProcessingUnit(units.filter { hwloc_bitmap_isset(present, UInt32($0)) == 0 })
        }
        let flags = Int32(HWLOC_CPUBIND_PROCESS.rawValue)
        guard hwloc_set_cpubind(topology.handle, wanted.handle, flags) == 0 else {
            throw .refused(units, problem: String(cString: strerror(errno)))
        }
        guard let found = Bitmap(), hwloc_get_cpubind(topology.handle, found.handle, flags) == 0 else {
            throw .failed("the binding cannot be read back: \(String(cString: strerror(errno)))")
        }
        return found.numbers
    }

    private static func minimalTopology() throws(BindingError) -> HwlocTopology {
        do {
            return try HwlocTopology.minimal()
        } catch {
            throw .failed("\(error)")
        }
    }
}
