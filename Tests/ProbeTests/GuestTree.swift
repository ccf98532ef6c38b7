/// A virtual machine made up of a few numbers, for claims about what its hypervisor shows.
struct GuestTree {
    var vendor = "AuthenticAMD"
    var family = 25
    var model = 17
    var stepping = 1
    var name = "AMD EPYC 9R14 96-Core Processor"
    /// Beyond AVX2.
    var flags = GuestTree.zen4
    var packages = 1
    /// In all packages together.
    var cores = 8
    var threadsPerCore = 1
    /// KiB of one last-level cache; none where `nil`.
    var lastLevel: Int? = 32768
    var coresPerLastLevel = 8
    var isGuest = true
    /// hwloc's nodes; one holds all.
    var memory = 16_000_000

    static let zen4 =
        "avx512f avx512dq avx512ifma avx512cd avx512bw avx512vl avx512_bf16 avx512vbmi avx512_vbmi2 avx512_vnni avx512_bitalg avx512_vpopcntdq"

    static let sapphireRapids = zen4 + " avx_vnni avx512_fp16 amx_bf16 amx_tile amx_int8"

    private var units: Int { cores * threadsPerCore }

    private func mask(_ units: Range<Int>) -> String {
        // Words of 32 bits, the highest first, as the kernel writes them.
        let words = (0...max(0, (self.units - 1) / 32)).reversed().map { word -> String in
            let bits = (0..<32).reduce(UInt32(0)) { units.contains(word * 32 + $1) ? $0 | 1 << $1 : $0 }
            let digits = String(bits, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }
        return words.joined(separator: ",")
    }

    var text: String {
        var lines = [
            "proc/cpuinfo:", "| processor : 0", "| vendor_id : \(vendor)", "| cpu family : \(family)",
            "| model : \(model)", "| model name : \(name)", "| stepping : \(stepping)",
            "| flags : lm sse2 f16c fma avx avx2 \(flags)\(isGuest ? " hypervisor" : "")",
            "proc/meminfo:", "| MemTotal: \(memory) kB", "sys/class/dmi/id/sys_vendor = \(isGuest ? "QEMU" : "Maker")",
            "sys/devices/system/node/online = 0", "sys/devices/system/node/node0/cpumap = \(mask(0..<units))",
            "sys/devices/system/node/node0/meminfo:", "| Node 0 MemTotal: \(memory) kB",
        ]
        lines += ["online", "possible", "present"].map { "sys/devices/system/cpu/\($0) = 0-\(units - 1)" }
        for unit in 0..<units { lines += processingUnit(unit) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func processingUnit(_ unit: Int) -> [String] {
        let folder = "sys/devices/system/cpu/cpu\(unit)"
        let core = unit / threadsPerCore
        let perPackage = units / packages
        let package = unit / perPackage
        var lines = [
            "\(folder)/topology/physical_package_id = \(package)", "\(folder)/topology/core_id = \(core)",
            "\(folder)/topology/core_cpus = \(mask(core * threadsPerCore..<(core + 1) * threadsPerCore))",
            "\(folder)/topology/package_cpus = \(mask(package * perPackage..<(package + 1) * perPackage))",
        ]
        if let lastLevel {
            let sharing = coresPerLastLevel * threadsPerCore
            let first = unit / sharing * sharing
            lines += [
                "\(folder)/cache/index0/level = 3", "\(folder)/cache/index0/type = Unified",
                "\(folder)/cache/index0/size = \(lastLevel)K",
                "\(folder)/cache/index0/shared_cpu_map = \(mask(first..<min(units, first + sharing)))",
            ]
        }
        return lines
    }
}
