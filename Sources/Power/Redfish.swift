import Model
import SystemFiles

/// The management controller's web interface, which tells the power of the whole node. It is never asked: it lies behind a
/// network and a password, and Assay uses neither. So it is listed for what it is, with the ways that lead to the same reading.
struct Redfish: PowerSource {
    private let files: SystemFiles
    private static let name = "Redfish"
    /// SMBIOS's description of a management controller's host interface.
    private static let entries = "/sys/firmware/dmi/entries"

    init(_ files: SystemFiles) { self.files = files }

    func survey() -> PowerSurvey {
        let isDescribed = files.names(in: Self.entries).contains { $0.hasPrefix("42-") }
        return PowerSurvey(
            Self.name, "node",
            unavailable: (isDescribed ? "the firmware describes a management controller; " : "")
                + "never asked: it is reached over the network, with a password",
            mend:
                "ask the same controller through IPMI, or log its readings and name the log: assay run --power-log FILE"
        )
    }

    func open() -> [any PowerMeter] { [] }
}
