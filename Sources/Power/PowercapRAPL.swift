import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// The processor's own energy counters through the kernel's powercap interface. A model or a sensor, by processor.
struct PowercapRAPL: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool
    private static let folder = "/sys/class/powercap"
    private static let name = "powercap RAPL"

    init(_ files: SystemFiles, isGuest: Bool) {
        self.files = files
        self.isGuest = isGuest
    }

    func survey() -> PowerSurvey {
        let zones = packages()
        guard !zones.isEmpty else { return absent() }
        let readings = zones.map { files.integer("\(Self.folder)/\($0)/energy_uj") }
        if let problem = readings.lazy.compactMap(\.reason).first { return unreadable(zones, problem) }
        guard readings.allSatisfy({ ($0.value ?? 0) > 0 }) else {
            return unavailable("the counter reads 0: nothing feeds it", "measure on the host or on bare metal")
        }
        guard !files.isLive || advances(zones, from: readings) else {
            return unavailable("the counter does not advance: nothing feeds it", "measure on the host or on bare metal")
        }
        return PowerSurvey(Self.name, "package", available: "\(zones.count) package\(zones.count == 1 ? "" : "s")")
    }

    /// Zones of whole packages: `intel-rapl:0`. Those with a second number are parts of them.
    private func packages() -> [String] {
        files.names(in: Self.folder).filter { zone in
            let parts = zone.split(separator: ":")
            return parts.count == 2 && parts[0] == "intel-rapl" && parts[1].allSatisfy(\.isNumber)
        }
    }

    private func absent() -> PowerSurvey {
        if isGuest {
            return unavailable(
                "no RAPL zone: the hypervisor does not pass it on", "measure on the host or on bare metal")
        }
        return unavailable("no RAPL zone under \(Self.folder)", "sudo modprobe intel_rapl_msr")
    }

    private func unreadable(_ zones: [String], _ problem: String) -> PowerSurvey {
        if problem.hasSuffix(": " + String(cString: strerror(EACCES))) {
            let finding = "\(zones.count) package\(zones.count == 1 ? "" : "s"), readable by root only"
            return unavailable(finding, "sudo chmod a+r \(Self.folder)/intel-rapl:*/energy_uj")
        }
        return unavailable(
            "the counter cannot be read: \(problem)", "sudo modprobe -r intel_rapl_msr && sudo modprobe intel_rapl_msr")
    }

    /// The counters tick once a millisecond, even at rest; twenty are patience enough.
    private func advances(_ zones: [String], from before: [Reported<Int>]) -> Bool {
        for _ in 0..<20 {
            usleep(1000)
            if zones.map({ files.integer("\(Self.folder)/\($0)/energy_uj") }) != before { return true }
        }
        return false
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey(Self.name, "package", unavailable: finding, mend: mend)
    }
}
