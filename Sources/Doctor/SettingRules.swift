import Model

extension Doctor {
    /// A setting that can hurt: which values do, what that means, and what changes it.
    private struct Setting: Sendable {
        let name: String
        let subject: String
        let hurts: @Sendable (String, Examination) -> Bool
        let because: String
        let mend: @Sendable (Examination) -> Mend
    }

    private static let cpu = "/sys/devices/system/cpu"

    private static let all: [Setting] = [
        Setting(
            name: "governor", subject: "governor",
            hurts: { value, _ in !value.split(separator: ",").allSatisfy { $0.hasPrefix("performance") } },
            because: "the clock follows the load",
            mend: { $0.write("performance", to: "\(cpu)/cpufreq/policy*/scaling_governor") }),
        Setting(
            name: "energyPerformancePreference", subject: "energy performance preference",
            hurts: { value, _ in !value.split(separator: ",").allSatisfy { $0.hasPrefix("performance") } },
            because: "the processor saves energy at the cost of time",
            mend: { $0.write("performance", to: "\(cpu)/cpufreq/policy*/energy_performance_preference") }),
        Setting(
            name: "turbo", subject: "turbo", hurts: { value, _ in value == "on" },
            because: "the clock varies with heat and with what neighbours do; off, it is slower and steadier",
            mend: { e in
                let isIntel = e.tunable("scalingDriver").value?.hasPrefix("intel_") == true
                return isIntel
                    ? e.write("1", to: "\(cpu)/intel_pstate/no_turbo") : e.write("0", to: "\(cpu)/cpufreq/boost")
            }),
        Setting(
            name: "simultaneousMultithreading", subject: "SMT", hurts: { value, _ in value == "on" },
            because: "whoever runs on a sibling shares the core",
            mend: { $0.write("off", to: "\(cpu)/smt/control") }),
        Setting(
            name: "numaBalancing", subject: "NUMA balancing",
            hurts: { value, e in value != "off" && e.machine.topology.numaNodes.count > 1 },
            because: "the kernel unmaps pages to see who uses them, and moves them",
            mend: { $0.asRoot("sysctl kernel.numa_balancing=0") }),
    ]

    @Sendable static func settings(_ e: Examination) -> [Entry] {
        all.map { setting in
            let subject = Subject("setting.\(setting.name)", .settings, setting.subject)
            switch e.tunable(setting.name) {
            case .unknown(let reason): return subject.omitted(reason)
            case .known(let value):
                guard setting.hurts(value, e) else { return subject.available(value) }
                return subject.degraded("\(value): \(setting.because)", setting.mend(e))
            }
        }
    }
}
