import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The environment variables that hwloc reads, set in one place and under one lock.
///
/// hwloc takes another root directory and the list of components from the environment and from nowhere else. The
/// variables are added once, with neutral values, and only overwritten afterwards: adding or removing one later would
/// move the table under any thread that reads it.
enum HwlocEnvironment {
    /// Plug-ins that cost more than they tell: one knocks at every X display, over the network if need be; the other
    /// brings libxml2 and all of Unicode.
    private static let costlyPlugins = "hwloc_gl hwloc_xml_libxml"
    /// Every plug-in hwloc has; they load drivers, which start threads, which have no place in a measuring process.
    private static let allPlugins =
        costlyPlugins + " hwloc_pci hwloc_opencl hwloc_cuda hwloc_nvml hwloc_rsmi hwloc_levelzero"

    private static func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }

    /// A variable that makes hwloc describe some other machine, where a user has set one: what is then called this
    /// machine would be a forgery.
    static func misleading() -> String? {
        ["HWLOC_XMLFILE", "HWLOC_SYNTHETIC", "HWLOC_CPUID_PATH", "HWLOC_THISSYSTEM"].first { !value($0).isEmpty }
    }

    private static let lock = Mutex<Bool>(false)

    /// Runs `body` with `sysroot` as hwloc's root. With one, only the component that reads files takes part: the others
    /// ask this machine's processor and drivers.
    static func with<Value: ~Copyable>(
        sysroot: String?, plugins: Bool = true, _ body: () throws(ProbeError) -> sending Value
    ) throws(ProbeError) -> Value {
        try lock.withLock { (prepared: inout Bool) throws(ProbeError) -> sending Value in
            if !prepared {
                // 2: nothing at all on standard error. It stays overridable, for who wants to see what hwloc thinks.
                setenv("HWLOC_HIDE_ERRORS", "2", 0)
                // hwloc's own parser: the one with libxml2 is a plug-in that may be absent, and writes to standard error.
                setenv("HWLOC_LIBXML", "0", 1)
                setenv("HWLOC_PLUGINS_BLACKLIST", costlyPlugins, 0)
                // Memory of GPUs that the kernel runs as nodes: hwloc hides it unless it is told otherwise.
                setenv("HWLOC_KEEP_NVIDIA_GPU_NUMA_NODES", "1", 0)
                setenv("HWLOC_FSROOT", "/", 1)
                setenv("HWLOC_COMPONENTS", "", 0)
                prepared = true
            }
            let blacklist = value("HWLOC_PLUGINS_BLACKLIST")
            if !plugins { setenv("HWLOC_PLUGINS_BLACKLIST", allPlugins, 1) }
            defer { if !plugins { setenv("HWLOC_PLUGINS_BLACKLIST", blacklist, 1) } }
            guard let sysroot else { return try body() }
            let components = value("HWLOC_COMPONENTS")
            setenv("HWLOC_FSROOT", sysroot, 1)
            setenv("HWLOC_COMPONENTS", "linux,stop", 1)
            defer {
                setenv("HWLOC_FSROOT", "/", 1)
                setenv("HWLOC_COMPONENTS", components, 1)
            }
            return try body()
        }
    }
}
