import Model
import SystemFiles

/// The same counters through perf events, which give them without file permissions but under perf's own rule.
struct PerfPowerEvents: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool
    private static let folder = "/sys/bus/event_source/devices/power"

    init(_ files: SystemFiles, isGuest: Bool) {
        self.files = files
        self.isGuest = isGuest
    }

    func survey() -> PowerSurvey {
        let events = files.names(in: "\(Self.folder)/events").filter { $0.hasPrefix("energy-") && !$0.contains(".") }
        guard !events.isEmpty else {
            return unavailable(
                isGuest
                    ? "no power events: the hypervisor does not pass them on" : "no power events in this kernel",
                isGuest ? "measure on the host or on bare metal" : "sudo modprobe rapl")
        }
        // Counting for a whole processor is a privilege above level 0.
        let level = files.integer("/proc/sys/kernel/perf_event_paranoid")
        guard let level = level.value else {
            return unavailable("events exist, perf's rule cannot be read: \(level.reason ?? "")", PowerSurvey.nothing)
        }
        guard level < 1 else {
            return unavailable(
                "\(events.joined(separator: ", ")); perf_event_paranoid is \(level)",
                "sudo sysctl kernel.perf_event_paranoid=0")
        }
        return PowerSurvey("perf power events", "package", available: events.joined(separator: ", "))
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey("perf power events", "package", unavailable: finding, mend: mend)
    }
}
