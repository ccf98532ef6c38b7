/// One way to read energy or power, and whether this machine has it.
public struct PowerSurvey: Codable, Sendable, Equatable {
    /// `powercap RAPL`, `perf power events`, `hwmon`, `NVML`, …
    public var source: String
    /// What it would cover: `package`, `board`, `node`, `wall`.
    public var boundary: String
    public var available: Bool
    /// What was found, in a few words: why not, or what.
    public var finding: String
    /// What would make it available.
    public var mend: String

    public init(source: String, boundary: String, available: Bool, finding: String, mend: String) {
        self.source = source
        self.boundary = boundary
        self.available = available
        self.finding = finding
        self.mend = mend
    }
}
