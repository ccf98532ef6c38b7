import Model
import SystemFiles

/// The settings that move results.
enum Tunables {
    /// All of them, always in this order; a setting that cannot be read says why.
    ///
    /// - Parameter isDeep: also those of every single processing unit, where the first one otherwise stands for all.
    static func read(_ files: SystemFiles, isDeep: Bool) -> [Tunable] {
        all.map { setting in
            let value = setting.read(files, setting.source, isDeep).map { ShortText.plain($0, longest) }
            return Tunable(name: setting.name, value: value, source: setting.source)
        }
    }

    /// Characters; longer lists of processing units than this are those of no machine there is.
    private static let longest = 1000

    static func unread(_ reason: String) -> [Tunable] {
        all.map { Tunable(name: $0.name, value: .unknown(reason), source: $0.source) }
    }

    /// A stable key, where it is read, and how what stands there becomes a word.
    private struct Setting: Sendable {
        let name: String
        let source: String
        let read: @Sendable (SystemFiles, String, Bool) -> Reported<String>

        init(
            _ name: String, _ source: String,
            _ read: @escaping @Sendable (SystemFiles, String) -> Reported<String> = { $0.line($1) }
        ) {
            self.init(name, source) { files, source, _ in read(files, source) }
        }

        init(
            _ name: String, _ source: String,
            byDepth read: @escaping @Sendable (SystemFiles, String, Bool) -> Reported<String>
        ) {
            self.name = name
            self.source = source
            self.read = read
        }
    }

    private static let cpu = "/sys/devices/system/cpu"
    private static let pages = "/sys/kernel/mm/transparent_hugepage"
    private static let kernel = "/proc/sys/kernel"
    private static let vm = "/proc/sys/vm"
    private static let caps = "/sys/class/powercap/intel-rapl:*/constraint_*_power_limit_uw"

    private static let all = frequency + idling + processors + memory + system

    private static let frequency = [
        Setting("governor", "\(cpu)/cpufreq/policy*/scaling_governor", FrequencyPolicies.summary),
        Setting("scalingDriver", "\(cpu)/cpufreq/policy*/scaling_driver", FrequencyPolicies.summary),
        Setting("scalingDriverMode", "\(cpu)/{intel,amd}_pstate/status", FrequencyPolicies.driverMode),
        Setting(
            "energyPerformancePreference", "\(cpu)/cpufreq/policy*/energy_performance_preference",
            FrequencyPolicies.summary),
        Setting("energyPerformanceBias", "\(cpu)/cpu*/power/energy_perf_bias", byDepth: UnitSettings.summary),
        Setting("turbo", "\(cpu)/cpufreq/boost", FrequencyPolicies.turbo),
        Setting("powerLimitLongTerm", caps) { files, _ in PowerLimits.summary(files, "long_term") },
        Setting("powerLimitShortTerm", caps) { files, _ in PowerLimits.summary(files, "short_term") },
        Setting("platformProfile", "/sys/firmware/acpi/platform_profile"),
        Setting("tunedProfile", "/etc/tuned/active_profile"),
    ]

    private static let idling = [
        Setting("idleDriver", "\(cpu)/cpuidle/current_driver"),
        Setting("idleGovernor", "\(cpu)/cpuidle/current_governor") { files, path in
            files.exists(path) ? files.line(path) : files.line(path + "_ro")
        },
        Setting("idleStates", "\(cpu)/cpu*/cpuidle/state*", byDepth: IdleStates.summary),
    ]

    private static let processors = [
        Setting("simultaneousMultithreading", "\(cpu)/smt/control"),
        Setting("isolatedProcessingUnits", "\(cpu)/isolated", list),
        Setting("nohzFullProcessingUnits", "\(cpu)/nohz_full", list),
        Setting("rcuNocbsProcessingUnits", "/proc/cmdline", rcuNocbs),
        Setting("interruptAffinity", "/proc/irq/default_smp_affinity"),
        Setting("mitigations", "\(cpu)/vulnerabilities", Vulnerabilities.summary),
    ]

    private static let memory = [
        Setting("transparentHugePages", "\(pages)/enabled", chosen),
        Setting("transparentHugePagesDefragmentation", "\(pages)/defrag", chosen),
        Setting("transparentHugePagesShared", "\(pages)/shmem_enabled", chosen),
        Setting("khugepagedDefragmentation", "\(pages)/khugepaged/defrag", onOff),
        Setting("khugepagedPagesToScan", "\(pages)/khugepaged/pages_to_scan"),
        Setting("khugepagedScanSleepMilliseconds", "\(pages)/khugepaged/scan_sleep_millisecs"),
        Setting("khugepagedMaxPagesNone", "\(pages)/khugepaged/max_ptes_none"),
        Setting("samepageMerging", "/sys/kernel/mm/ksm/run", onOff),
        Setting("numaBalancing", "\(kernel)/numa_balancing", onOff),
        Setting("zoneReclaimMode", "\(vm)/zone_reclaim_mode"),
        Setting("swappiness", "\(vm)/swappiness"),
        Setting("overcommitMemory", "\(vm)/overcommit_memory"),
        Setting("overcommitRatio", "\(vm)/overcommit_ratio"),
        Setting("addressSpaceRandomization", "\(kernel)/randomize_va_space"),
    ]

    private static let system = [
        Setting("perfEventParanoid", "\(kernel)/perf_event_paranoid"),
        Setting("kernelPointerRestriction", "\(kernel)/kptr_restrict"),
        Setting("nmiWatchdog", "\(kernel)/nmi_watchdog", onOff),
        Setting("schedulerAutogroup", "\(kernel)/sched_autogroup_enabled", onOff),
        Setting("realtimeRuntimeMicroseconds", "\(kernel)/sched_rt_runtime_us"),
        Setting("clockSource", "/sys/devices/system/clocksource/clocksource0/current_clocksource"),
    ]

    /// `always [madvise] never`: the one in brackets is in force.
    @Sendable private static func chosen(_ files: SystemFiles, _ path: String) -> Reported<String> {
        switch files.line(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let line):
            let word = line.words.first { $0.hasPrefix("[") && $0.hasSuffix("]") && $0.count > 2 }
            return Reported(word.map { String($0.dropFirst().dropLast()) }, else: "\(path): none is chosen")
        }
    }

    @Sendable private static func onOff(_ files: SystemFiles, _ path: String) -> Reported<String> {
        files.line(path).map { $0 == "0" ? "off" : $0 == "1" ? "on" : $0 }
    }

    /// A list of processing units; the kernel writes nothing, or `(null)`, where there are none.
    @Sendable private static func list(_ files: SystemFiles, _ path: String) -> Reported<String> {
        files.text(path).map { text in
            let line = text.lines.first?.trimmed ?? ""
            return line.isEmpty || line == "(null)" ? "none" : line
        }
    }

    /// The kernel tells nowhere else which processing units it keeps its callbacks away from.
    @Sendable private static func rcuNocbs(_ files: SystemFiles, _ path: String) -> Reported<String> {
        KernelCommandLine.read(files).map { line in
            guard let word = line.words.last(where: { $0.hasPrefix("rcu_nocbs") }) else { return "none" }
            return word.split(separator: "=").dropFirst().first.map(String.init) ?? "all"
        }
    }
}
