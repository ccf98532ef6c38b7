import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// The board's management controller, which meters the whole node once a second or slower: asked through `ipmitool`.
struct IPMI: PowerSource {
    private let files: SystemFiles
    private let isGuest: Bool
    /// Folders in which the tool is looked for; none for captured files, where it would ask this machine.
    private let folders: [String]
    private static let name = "IPMI"
    private static let patience = 5.0

    init(_ files: SystemFiles, isGuest: Bool, folders: [String]? = nil) {
        self.files = files
        self.isGuest = isGuest
        self.folders = folders ?? (files.isLive ? Self.searchPath : [])
    }

    func survey() -> PowerSurvey {
        let devices = ["/dev/ipmi0", "/dev/ipmi/0", "/dev/ipmidev/0"]
        guard let device = devices.first(where: { files.exists($0) }) else {
            return unavailable(
                "no IPMI device",
                isGuest ? "measure on the host or on bare metal" : "sudo modprobe -a ipmi_devintf ipmi_si")
        }
        guard let tool else {
            guard files.isLive else {
                return unavailable("\(device) present; only the machine itself can ask it", PowerSurvey.nothing)
            }
            return unavailable("\(device) present, ipmitool is not", "sudo apt-get install ipmitool")
        }
        do throws(PowerFault) {
            let watts = try Self.ask(tool)
            return PowerSurvey(Self.name, "node", available: "DCMI power reading, \(Int(watts)) W now")
        } catch {
            return unavailable("\(device): ipmitool \(error)", "sudo chmod a+rw \(device)")
        }
    }

    func open() -> [any PowerMeter] {
        guard let tool, survey().available else { return [] }
        let meter = Meter(
            id: "ipmi.dcmi", source: Self.name, name: "DCMI power reading", boundary: .node, kind: .power,
            resolution: 1, statedPeriod: 1, gainError: GainError.node, gainErrorOrigin: GainError.onChipOrigin,
            pollPeriod: 1)
        return [ControllerMeter(description: meter, tool: tool)]
    }

    private struct ControllerMeter: PowerMeter {
        let description: Meter
        let tool: String
        func read() throws(PowerFault) -> RawPower { .watts(try IPMI.ask(tool)) }
    }

    private var tool: String? {
        folders.map { "\($0)/ipmitool" }.first { access($0, X_OK) == 0 }
    }

    private static var searchPath: [String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let named = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        return named + ["/usr/bin", "/usr/sbin", "/usr/local/sbin"].filter { !named.contains($0) }
    }

    private static func ask(_ tool: String) throws(PowerFault) -> Double {
        let command = ChildCommand(executable: tool, arguments: ["dcmi", "power", "reading"])
        switch ChildProcesses.answers([command], seconds: patience).first ?? .unknown("was not started") {
        case .unknown(let reason): throw PowerFault(reason)
        case .known(let text): return try watts(in: text)
        }
    }

    /// `Instantaneous power reading:   130 Watts`, unless the controller says that it is not measuring.
    static func watts(in text: String) throws(PowerFault) -> Double {
        let pairs = text.lines.compactMap { $0.keyed(":") }
        if let state = pairs.first(where: { $0.key == "Power reading state is" })?.value, state != "activated" {
            throw PowerFault("says that its power reading is \(state.prefix(40))")
        }
        guard let value = pairs.first(where: { $0.key == "Instantaneous power reading" })?.value else {
            throw PowerFault("told no power reading")
        }
        let words = value.words
        guard words.count == 2, words[1] == "Watts", let watts = Int(words[0]), (1...1_000_000).contains(watts) else {
            throw PowerFault("told a power reading of “\(value.prefix(40))”")
        }
        return Double(watts)
    }

    private func unavailable(_ finding: String, _ mend: String) -> PowerSurvey {
        PowerSurvey(Self.name, "node", unavailable: finding, mend: mend)
    }
}
