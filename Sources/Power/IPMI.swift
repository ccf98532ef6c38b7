import Model
import SystemFiles

/// The board's management controller, which meters the whole node once a second or slower.
struct IPMI: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool

    init(_ files: SystemFiles, isGuest: Bool) {
        self.files = files
        self.isGuest = isGuest
    }

    func survey() -> PowerSurvey {
        let devices = ["/dev/ipmi0", "/dev/ipmi/0", "/dev/ipmidev/0"]
        guard let device = devices.first(where: { files.exists($0) }) else {
            return unavailable(
                "no IPMI device",
                isGuest ? "measure on the host or on bare metal" : "sudo modprobe -a ipmi_devintf ipmi_si")
        }
        return unavailable("\(device) present; not read by this version", PowerSurvey.nothing)
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey("IPMI", "node", unavailable: finding, mend: mend)
    }
}
