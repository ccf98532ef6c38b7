import Foundation
import Model
import Probe
import TestSupport
import Testing

/// Damaged system files: never a crash, and each field that they would have filled says why it is unknown.
struct MalformedTests {
    enum Damage: String, CaseIterable, Sendable {
        case empty, binary, huge, folder, device, loop, forbidden

        /// To root nothing is forbidden; what others are told is tested with the executable.
        static var allCases: [Damage] {
            [.empty, .binary, .huge, .folder, .device, .loop] + (geteuid() == 0 ? [] : [.forbidden])
        }
    }

    /// Files of which the topology does not need any.
    private static let files = [
        "proc/cpuinfo", "proc/meminfo", "proc/self/cgroup", "proc/self/mountinfo", "proc/self/status",
        "proc/self/limits", "proc/sys/kernel/osrelease", "etc/os-release",
        "sys/devices/system/cpu/smt/control", "sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
        "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "sys/kernel/mm/transparent_hugepage/enabled",
        "sys/devices/system/cpu/vulnerabilities/meltdown", "sys/class/dmi/id/sys_vendor",
        "sys/devices/system/node/node0/meminfo", "sys/devices/system/node/node0/distance",
        "sys/fs/cgroup/user.slice/cpu.max", "sys/fs/cgroup/user.slice/cpu.stat", "sys/fs/cgroup/user.slice/cpu.weight",
        "sys/fs/cgroup/user.slice/pids.max", "sys/fs/cgroup/cpuset.cpus.effective", "proc/cmdline",
        "proc/sys/kernel/version", "etc/ld.so.conf", "etc/ld.so.cache", "run/.containerenv", "proc/1/environ",
        "sys/devices/system/cpu/cpu0/cpuidle/state0/name", "sys/devices/system/cpu/cpu0/cpuidle/state1/latency",
        "sys/devices/system/cpu/cpu0/power/energy_perf_bias", "sys/devices/system/cpu/isolated",
        "sys/devices/system/cpu/nohz_full", "sys/devices/system/cpu/intel_pstate/status",
        "sys/class/powercap/intel-rapl:0/constraint_0_name",
        "sys/class/powercap/intel-rapl:0/constraint_0_power_limit_uw", "sys/kernel/mm/ksm/run",
        "sys/firmware/acpi/platform_profile", "etc/tuned/active_profile", "proc/irq/default_smp_affinity",
        "proc/net/fib_trie", "proc/net/if_inet6", "sys/class/dmi/id/product_serial",
        "sys/firmware/dmi/tables/DMI", "sys/firmware/memmap/0/type", "sys/devices/system/memory/block_size_bytes",
        "sys/devices/system/edac/mc/mc0/mc_name", "sys/devices/system/edac/mc/mc0/size_mb",
        "sys/devices/system/edac/mc/mc0/ce_count", "sys/devices/system/edac/mc/mc0/dimm0/dimm_mem_type",
        "sys/devices/system/edac/mc/mc0/dimm0/dimm_edac_mode", "sys/devices/system/edac/mc/mc0/dimm0/dimm_location",
        "sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages",
        "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages",
        "sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages",
        "sys/devices/system/cpu/smt/active", "sys/devices/system/cpu/cpu0/acpi_cppc/nominal_freq",
        "sys/devices/system/cpu/cpu0/cpufreq/base_frequency", "proc/sys/abi/sve_default_vector_length",
        "sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size",
        "sys/devices/system/clocksource/clocksource0/current_clocksource",
    ]

    @Test(arguments: Damage.allCases)
    func nothingBreaksTheProbe(_ damage: Damage) throws {
        let tree = try Fixtures.tree("intel-hybrid")
        for file in Self.files {
            let sound = FileManager.default.contents(atPath: tree.path + "/" + file)
            try spoil(tree, file, damage)
            defer { restore(tree, file, sound) }
            let machine = try Probe.machine(
                ProbeOptions(sysroot: tree.path, isDeep: true, includesIdentifiers: true))
            #expect(machine.topology.processingUnits == 6, "\(file) \(damage)")
            #expect(machine.tunables.count == Probe.tunables().count)
        }
    }

    @Test(arguments: Damage.allCases)
    func theReasonNamesTheFile(_ damage: Damage) throws {
        let tree = try Fixtures.tree("intel-hybrid")
        for file in Self.files { try spoil(tree, file, damage) }
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path))
        #expect(machine.processor.model.reason?.contains("/proc/cpuinfo") == true)
        #expect(machine.memory.kernelBytes.reason?.contains("/proc/meminfo") == true)
        #expect(machine.software.kernel.reason?.contains("/proc/sys/kernel/osrelease") == true)
        #expect(machine.software.operatingSystem.reason?.contains("/etc/os-release") == true)
        #expect(machine.limits.allowedProcessingUnits.reason?.contains("/proc/self/status") == true)
        #expect(machine.limits.cpuQuota.value == nil)
        #expect(machine.limits.lockedMemoryBytes.value == nil)
        #expect(machine.limits.resources.reason?.contains("/proc/self/limits") == true)
        #expect(machine.limits.throttling.value == nil)
        for name in ["powerLimitLongTerm", "platformProfile", "tunedProfile", "energyPerformanceBias"] {
            #expect(machine.tunables.first { $0.name == name }?.value.reason?.isEmpty == false, "\(name)")
        }
        let pages = machine.tunables.first { $0.name == "transparentHugePages" }
        #expect(pages?.value.reason?.isEmpty == false)
        let memory = machine.memory
        #expect(memory.modules.reason?.contains("/sys/firmware/dmi/tables/DMI") == true)
        #expect(memory.firmwareBytes.value == nil)
        let pool = memory.hugePagePools.value?.first
        #expect(pool?.total.reason?.contains("nr_hugepages") == true)
        #expect(pool?.free.reason?.contains("free_hugepages") == true)
        let controller = memory.controllers.value?.first
        #expect(controller?.correctedErrors.reason?.contains("mc0/ce_count") == true)
        #expect(controller?.bytes.reason?.contains("mc0/size_mb") == true)
        #expect(memory.nodes.value?.first?.totalBytes.reason?.contains("node0/meminfo") == true)
        #expect(machine.processor.mitigations.value?.first?.state.reason?.contains("meltdown") == true)
        #expect(machine.processor.simultaneousMultithreading.value?.isActive.reason?.contains("smt/active") == true)
        #expect(machine.processor.addressBits.reason?.contains("/proc/cpuinfo") == true)
    }

    /// Files that hwloc itself parses: of one that is damaged it makes what it can, and what it cannot is an error of ours,
    /// never the end of the process. With all of them sound again the machine is as before.
    private static let parsedByHwloc =
        [
            "online", "possible", "present", "cpu0/topology/core_id", "cpu1/topology/core_cpus",
            "cpu0/topology/physical_package_id", "cpu0/topology/package_cpus", "cpu2/topology/thread_siblings",
            "cpu0/topology/core_siblings", "cpu0/cache/index0/size", "cpu0/cache/index0/level",
            "cpu0/cache/index0/type", "cpu0/cache/index0/shared_cpu_map", "cpu1/cache/index2/shared_cpu_map",
            "cpu0/cache/index2/number_of_sets", "cpu0/cache/index2/ways_of_associativity", "cpu1/online",
        ].map { "sys/devices/system/cpu/" + $0 }
        + ["online", "node0/cpumap", "node0/meminfo", "node0/distance"].map { "sys/devices/system/node/" + $0 }

    @Test(arguments: Damage.allCases)
    func whatHwlocParsesBreaksNothingEither(_ damage: Damage) throws {
        let tree = try Fixtures.tree("intel-hybrid")
        for file in Self.parsedByHwloc {
            let sound = FileManager.default.contents(atPath: tree.path + "/" + file)
            try spoil(tree, file, damage)
            defer { restore(tree, file, sound) }
            do {
                let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true))
                #expect((1...4096).contains(machine.topology.processingUnits), "\(file) \(damage)")
                #expect(machine.topology.cores <= machine.topology.processingUnits, "\(file) \(damage)")
                #expect(machine.topology.caches.allSatisfy { $0.count > 0 }, "\(file) \(damage)")
                _ = try Fixtures.json(machine)
            } catch let error as ProbeError {
                #expect(!"\(error)".isEmpty)
            }
        }
        #expect(try Probe.machine(ProbeOptions(sysroot: tree.path)).topology.processingUnits == 6)
    }

    private func restore(_ tree: CapturedTree, _ file: String, _ content: Data?) {
        try? FileManager.default.removeItem(atPath: tree.path + "/" + file)
        if let content { try? tree.write(file, bytes: Array(content)) }
    }

    private func spoil(_ tree: CapturedTree, _ file: String, _ damage: Damage) throws {
        let place = tree.path + "/" + file
        try? FileManager.default.removeItem(atPath: place)
        switch damage {
        case .empty: try tree.write(file, bytes: [])
        case .binary: try tree.write(file, bytes: [0xff, 0xfe, 0, 1, 10, 0xc3, 0x28, 10])
        case .huge: try tree.write(file, bytes: Array(repeating: UInt8(ascii: "9"), count: (1 << 20) + 1))
        case .folder: try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        case .loop:
            try tree.write(file, bytes: [])
            try FileManager.default.removeItem(atPath: place)
            // Relative, as the kernel's are: an absolute one is refused before anything is read.
            let name = String(file.split(separator: "/").last ?? "")
            try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: name)
        case .forbidden:
            try tree.write(file, bytes: [UInt8(ascii: "1")])
            chmod(place, 0)
        case .device:
            try tree.write(file, bytes: [])
            try FileManager.default.removeItem(atPath: place)
            try FileManager.default.createSymbolicLink(
                atPath: place,
                withDestinationPath: String(repeating: "../", count: file.split(separator: "/").count - 1) + "dev/null")
        }
    }
}
