/// What starts the machine before its kernel: BIOS or UEFI. It carries microcode and settings that move results.
public struct SystemFirmware: Codable, Sendable, Equatable {
    /// `American Megatrends International, LLC.`
    public var vendor: Reported<String>
    public var version: Reported<String>
    /// The day it was made, `2024-11-22`; as the firmware writes it where that is no date.
    public var date: Reported<String>

    public init(vendor: Reported<String>, version: Reported<String>, date: Reported<String>) {
        self.vendor = vendor
        self.version = version
        self.date = date
    }

    /// `American Megatrends 3.2 (2024-11-22)`: as much of it as is known.
    public var title: String {
        let name = [vendor.value, version.value].compactMap { $0 }.joined(separator: " ")
        guard let day = date.value else { return name }
        return name.isEmpty ? day : "\(name) (\(day))"
    }
}
