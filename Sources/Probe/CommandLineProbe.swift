import Model
import SystemFiles

extension KernelCommandLine {
    /// What /proc/cmdline may repeat: the words in the list below, if what they are set to has no shape of an identifier.
    init(_ text: String) {
        let words = Self.words(text)
        // What follows is for the first process, not for the kernel.
        let own = words.prefix { $0 != "--" }
        let shown = own.filter(Self.movesResults).prefix(Self.most)
        self.init(words: Array(shown), omitted: words.count - shown.count)
    }

    static func read(_ files: SystemFiles) -> Reported<KernelCommandLine> {
        files.text("/proc/cmdline").map { KernelCommandLine($0.trimmed) }
    }

    /// The kernel's own limit is a few thousand characters.
    private static let most = 128

    /// Words between spaces; quotes hold spaces together.
    static func words(_ text: String) -> [String] {
        var words: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") {
                words.append([])
            } else {
                words[words.count - 1].append(byte)
            }
        }
        return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func movesResults(_ word: String) -> Bool {
        guard word.utf8.count <= 200, word.utf8.allSatisfy(isPlain) else { return false }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        // The kernel takes `-` and `_` for the same in names.
        let key = parts[0].replacing("-", with: "_")
        guard names.contains(key) || families.contains(where: { key.hasPrefix($0) }) else { return false }
        return parts.count == 1 || !looksLikeIdentifier(parts[1])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "=,._:-+/!^$*".utf8.contains(byte)
        }
    }

    /// Addresses of networks and cards, UUIDs and long hexadecimal numbers.
    private static func looksLikeIdentifier(_ text: Substring) -> Bool {
        let pieces = text.split { !$0.isHexDigit }
        let hasLong = pieces.contains { $0.count >= 12 && $0.contains(where: \.isLetter) }
        let isCard = text.split(separator: ":").count >= 6
        let isNetwork = text.split(separator: ".").count == 4 && text.allSatisfy { $0.isNumber || $0 == "." }
        return hasLong || isCard || isNetwork
    }

    /// Parameters of the kernel that move results and whose values are numbers, lists of processors or fixed words.
    private static let names: Set<Substring> = [
        // processors and the scheduler
        "isolcpus", "nohz", "nohz_full", "rcu_nocbs", "rcu_nocb_poll", "irqaffinity", "maxcpus", "nr_cpus",
        "possible_cpus", "nosmp", "nosmt", "noapic", "x2apic_phys", "preempt", "threadirqs", "skew_tick",
        "relax_domain_level",
        "psi", "noautogroup", "cgroup_disable", "cgroup_no_v1", "split_lock_detect", "highres",
        // idling and frequency
        "idle", "nohlt", "intel_pstate", "amd_pstate", "amd_prefcore", "mce", "acpi_cpufreq", "pcie_aspm", "nowatchdog",
        "nmi_watchdog", "watchdog", "nosoftlockup",
        // clocks
        "tsc", "notsc", "clocksource", "hpet", "nohpet", "no_timer_check", "no_kvmclock", "no_steal_acc", "lapic",
        // memory
        "mem", "memmap", "movablecore", "kernelcore", "movable_node", "transparent_hugepage",
        "transparent_hugepage_shmem", "default_hugepagesz", "cma", "init_on_alloc", "init_on_free", "page_poison",
        "page_alloc.shuffle", "slab_nomerge", "slub_debug", "norandmaps", "nokaslr", "randomize_kstack_offset",
        "mem_encrypt", "nopat", "swapaccount",
        // what it costs to be safe
        "mitigations", "nopti", "pti", "kpti", "spectre_v2", "spectre_v2_user", "spectre_bhi", "nospectre_v1",
        "nospectre_v2", "spec_store_bypass_disable", "nospec_store_bypass_disable", "ssbd", "l1tf", "mds", "tsx",
        "tsx_async_abort", "taa", "srbds", "mmio_stale_data", "retbleed", "spec_rstack_overflow",
        "gather_data_sampling", "reg_file_data_sampling", "indirect_target_selection", "tsa", "vmscape", "l1d_flush",
        "nosmap", "nosmep", "noibrs", "noibpb", "lockdown", "selinux", "apparmor", "audit",
        // instruction sets
        "clearcpuid", "noxsave", "noxsaveopt", "noxsaves", "nofsgsbase",
        // devices
        "iommu", "intel_iommu", "amd_iommu", "swiotlb",
    ]

    private static let families: [Substring] = [
        "hugepages", "hugetlb", "numa", "processor.", "intel_idle.", "cpuidle", "haltpoll.", "cpufreq.", "amd_pstate.",
        "iommu.", "arm64.", "rcutree.", "workqueue.", "kvm_intel.", "kvm_amd.",
    ].map { $0[...] }
}
