import CProbe
import Model
import SystemFiles

extension Frequencies {
    /// The rate of the counter that tells the time, from whoever tells it.
    static func counter(
        _ files: SystemFiles, _ information: CPUInformation, _ processor: CPUID?
    ) -> [Frequency] {
        let timer = files.isLive ? Double(assay_generic_timer_frequency()) : 0
        let stated: [(Double?, String)] = [
            (processor?.counterFrequency, "CPUID leaf 0x15"),
            (processor?.counterFrequencyOfHypervisor, "CPUID leaf 0x40000010, as the hypervisor tells it"),
            (ofDelayLoop(information), "half of bogomips in /proc/cpuinfo, which the kernel derives from the TSC"),
            (timer > 0 ? timer : nil, "CNTFRQ_EL0"),
        ]
        return stated.compactMap { hertz, source in
            hertz.map { Frequency(kind: .timeStampCounter, hertz: $0, source: source) }
        }
    }

    /// On x86 the delay loop waits for the time-stamp counter, so its "loops" are ticks, two to a bogus instruction.
    private static func ofDelayLoop(_ information: CPUInformation) -> Double? {
        guard information.isX86, information.features.contains("constant_tsc"),
            let bogus = information.text("bogomips").value.flatMap(Double.init), bogus > 0, bogus < 1e6
        else { return nil }
        return (bogus * 1e6 / 2).rounded()
    }
}

extension TimeStampCounter {
    /// `nil` where the architecture is not known to have one.
    init?(
        _ files: SystemFiles, _ information: CPUInformation, _ processor: CPUID?, _ frequencies: Frequencies
    ) {
        guard information.isX86 || information.isArm else { return nil }
        let source = files.line("/sys/devices/system/clocksource/clocksource0/current_clocksource")
        let none = "neither CPUID nor the kernel tells it"
        self.init(
            name: information.isArm ? "generic timer" : "TSC",
            // Arm's architecture demands it.
            isInvariant: information.isArm ? .known(true) : Self.isInvariant(information, processor),
            frequency: Reported(frequencies.highest(.timeStampCounter), else: none), clockSource: source)
    }

    /// The kernel's two flags say together what CPUID says in one, and it may know better than a hypervisor's CPUID.
    private static func isInvariant(_ information: CPUInformation, _ processor: CPUID?) -> Reported<Bool> {
        guard !information.features.isEmpty else { return .known(processor?.hasInvariantCounter ?? false) }
        let isKept = information.features.isSuperset(of: ["constant_tsc", "nonstop_tsc"])
        return .known(isKept || processor?.hasInvariantCounter == true)
    }
}
