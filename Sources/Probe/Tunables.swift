import Model
import SystemFiles

/// The settings that move results.
enum Tunables {
    /// All of them, always in this order; a setting that cannot be read says why.
    static func read(_ files: SystemFiles) -> [Tunable] {
        all.map { Tunable(name: $0.name, value: $0.read(files, $0.source), source: $0.source) }
    }

    static func unread(_ reason: String) -> [Tunable] {
        all.map { Tunable(name: $0.name, value: .unknown(reason), source: $0.source) }
    }

    /// A stable key, where it is read, and how what stands there becomes a word.
    private struct Setting: Sendable {
        let name: String
        let source: String
        let read: @Sendable (SystemFiles, String) -> Reported<String>

        init(
            _ name: String, _ source: String,
            _ read: @escaping @Sendable (SystemFiles, String) -> Reported<String> = { $0.line($1) }
        ) {
            self.name = name
            self.source = source
            self.read = read
        }
    }

    private static let cpu = "/sys/devices/system/cpu"
    private static let pages = "/sys/kernel/mm/transparent_hugepage"
    private static let kernel = "/proc/sys/kernel"

    private static let all = [
        Setting("governor", "\(cpu)/cpufreq/policy*/scaling_governor", FrequencyPolicies.summary),
        Setting("scalingDriver", "\(cpu)/cpufreq/policy*/scaling_driver", FrequencyPolicies.summary),
        Setting(
            "energyPerformancePreference", "\(cpu)/cpufreq/policy*/energy_performance_preference",
            FrequencyPolicies.summary),
        Setting("turbo", "\(cpu)/cpufreq/boost", FrequencyPolicies.turbo),
        Setting("simultaneousMultithreading", "\(cpu)/smt/control"),
        Setting("idleDriver", "\(cpu)/cpuidle/current_driver"),
        Setting("transparentHugePages", "\(pages)/enabled", chosen),
        Setting("transparentHugePagesDefragmentation", "\(pages)/defrag", chosen),
        Setting("numaBalancing", "\(kernel)/numa_balancing", onOff),
        Setting("addressSpaceRandomization", "\(kernel)/randomize_va_space"),
        Setting("perfEventParanoid", "\(kernel)/perf_event_paranoid"),
        Setting("clockSource", "/sys/devices/system/clocksource/clocksource0/current_clocksource"),
        Setting("mitigations", "\(cpu)/vulnerabilities", Vulnerabilities.summary),
        Setting("swappiness", "/proc/sys/vm/swappiness"),
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
}
