public import Model
public import SystemFiles

/// The ways to read energy that Assay knows, each in a file of its own.
public enum PowerSources {
    /// What each source says of this machine, from the nearest to the silicon to the wall.
    ///
    /// - Parameter isDeep: also load libraries and ask them.
    public static func survey(_ files: SystemFiles, isDeep: Bool = false) -> [PowerSurvey] {
        all(files, isDeep: isDeep).map { $0.survey() }
    }

    /// Every meter of every source that can be read here, opened.
    public static func open(_ files: SystemFiles) -> [any PowerMeter] {
        all(files, isDeep: true).flatMap { $0.open() }
    }

    static func all(_ files: SystemFiles, isDeep: Bool = false) -> [any PowerSource] {
        let guest = files.isGuest
        return [
            PowercapRAPL(files, isGuest: guest), PerfPowerEvents(files, isGuest: guest),
            HardwareMonitor(files, isGuest: guest), NVIDIAManagement(files, isDeep: isDeep),
            IPMI(files, isGuest: guest), Redfish(files), Battery(files), ExternalMeter(),
        ]
    }
}

extension PowerSurvey {
    /// Nothing would help, or nothing needs to.
    static let nothing = "nothing to do"

    /// A source that cannot be read here.
    init(_ source: String, _ boundary: String, unavailable finding: String, mend: String) {
        self.init(source: source, boundary: boundary, available: false, finding: finding, mend: mend)
    }

    init(_ source: String, _ boundary: String, available finding: String) {
        self.init(source: source, boundary: boundary, available: true, finding: finding, mend: Self.nothing)
    }
}

extension SystemFiles {
    /// Whether the processor says that it is a guest's; sensors of a guest are absent, or count nothing.
    fileprivate var isGuest: Bool {
        guard let text = head("/proc/cpuinfo").value else { return false }
        return text.lines.contains {
            $0.hasPrefix("flags") && $0.words.contains("hypervisor")
        }
    }
}
