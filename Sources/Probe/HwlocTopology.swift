import CHwloc
import CProbe
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Owns a loaded `hwloc_topology_t`.
struct HwlocTopology: ~Copyable {
    /// Where a topology comes from.
    enum Source {
        case live
        case sysroot(String)
        /// hwloc XML, already read, and the name of its file for messages.
        case document([UInt8], file: String)
    }

    let handle: hwloc_topology_t

    /// Loads everything `lstopo` shows by default: all types, and the important ones among I/O devices.
    init(_ source: Source) throws(ProbeError) {
        let sysroot: String? = if case .sysroot(let path) = source { path } else { nil }
        self = try HwlocEnvironment.with(sysroot: sysroot) { () throws(ProbeError) -> sending HwlocTopology in
            let topology = try HwlocTopology(empty: ())
            hwloc_topology_set_all_types_filter(topology.handle, HWLOC_TYPE_FILTER_KEEP_ALL)
            hwloc_topology_set_io_types_filter(topology.handle, HWLOC_TYPE_FILTER_KEEP_IMPORTANT)
            if case .live = source, SystemFiles().exists("/sys/devices/system/cpu/cpu0/topology") {
                topology.leaveProcessorsAlone()
            }
            let isUnprivileged = if case .live = source { Self.readsLittleConfiguration() } else { false }
            defer { if isUnprivileged { assay_administration_resume() } }
            try topology.read(source)
            return topology
        }
    }

    /// Lets the kernel answer with the first 64 bytes of each device's PCI configuration space, as it does for every user
    /// without CAP_SYS_ADMIN, and not with 256.
    ///
    /// To a guest each four of them are a trap to its hypervisor, 1 ms a device, two thirds of a whole probe. All that hwloc
    /// shows of a device is in those 64 bytes or in files beside them. It reads memory modules with the same privilege:
    /// where the firmware has a table of them, nothing is given up.
    ///
    /// - Returns: whether something was given up, for the time that hwloc loads.
    private static func readsLittleConfiguration() -> Bool {
        !SystemFiles().exists("/sys/firmware/dmi/entries") && assay_administration_suspend() == 1
    }

    /// Does without hwloc's x86 component, which visits each processing unit in turn to ask it with CPUID.
    ///
    /// Where the kernel shows the topology it adds nothing that is shown here, and it disturbs whatever runs.
    private borrowing func leaveProcessorsAlone() {
        hwloc_topology_set_components(handle, UInt(HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST.rawValue), "x86")
    }

    /// The least that can bind: no caches, no devices, no distances.
    ///
    /// Every worker loads it before its work begins, so it must cost a few milliseconds only.
    static func minimal() throws(ProbeError) -> HwlocTopology {
        try HwlocEnvironment.with(sysroot: nil, plugins: false) { () throws(ProbeError) -> sending HwlocTopology in
            let topology = try HwlocTopology(empty: ())
            hwloc_topology_set_all_types_filter(topology.handle, HWLOC_TYPE_FILTER_KEEP_NONE)
            topology.leaveProcessorsAlone()
            let flags = [
                HWLOC_TOPOLOGY_FLAG_DONT_CHANGE_BINDING, HWLOC_TOPOLOGY_FLAG_NO_DISTANCES,
                HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS, HWLOC_TOPOLOGY_FLAG_NO_CPUKINDS,
            ]
            hwloc_topology_set_flags(topology.handle, flags.reduce(0) { $0 | UInt($1.rawValue) })
            try topology.read(.live)
            return topology
        }
    }

    private init(empty: ()) throws(ProbeError) {
        var handle: hwloc_topology_t?
        guard hwloc_topology_init(&handle) == 0, let handle else {
            throw .failed("hwloc", problem: "no memory for a topology")
        }
        self.handle = handle
    }

    private borrowing func read(_ source: Source) throws(ProbeError) {
        if case .document(let bytes, let file) = source {
            // hwloc wants the terminating NUL, and counts it.
            let text = bytes + [0]
            guard let length = Int32(exactly: text.count),
                text.withUnsafeBytes({
                    hwloc_topology_set_xmlbuffer(handle, $0.assumingMemoryBound(to: CChar.self).baseAddress, length)
                }) == 0, hwloc_topology_load(handle) == 0
            else { throw .notTopology(file, problem: "hwloc cannot make sense of it") }
            return
        }
        if let variable = HwlocEnvironment.misleading() {
            throw .failed(variable, problem: "is set, and would show another machine; unset it")
        }
        guard hwloc_topology_load(handle) == 0 else {
            let message = String(cString: strerror(errno))
            if case .sysroot(let path) = source { throw .notMachine(path, problem: message) }
            throw .failed("hwloc", problem: "cannot read the topology: \(message)")
        }
    }

    deinit { hwloc_topology_destroy(handle) }

    /// The machine itself.
    var root: HwlocObject? { HwlocObject(hwloc_get_obj_by_depth(handle, 0, 0)) }

    func count(_ type: hwloc_obj_type_t) -> Int { max(0, Int(hwloc_get_nbobjs_by_type(handle, type))) }

    /// All objects of a type in logical order.
    func objects(_ type: hwloc_obj_type_t) -> [HwlocObject] {
        let depth = hwloc_get_type_depth(handle, type)
        guard depth != Int32(HWLOC_TYPE_DEPTH_UNKNOWN.rawValue), depth != Int32(HWLOC_TYPE_DEPTH_MULTIPLE.rawValue)
        else { return [] }
        return (0..<hwloc_get_nbobjs_by_depth(handle, depth)).compactMap {
            HwlocObject(hwloc_get_obj_by_depth(handle, depth, $0))
        }
    }
}
