/// A setting that moves results.
public struct Tunable: Codable, Sendable, Equatable {
    /// Stable key: `transparentHugePages`, `governor`, …
    public var name: String
    public var value: Reported<String>
    /// Where it was read.
    public var source: String

    public init(name: String, value: Reported<String>, source: String) {
        self.name = name
        self.value = value
        self.source = source
    }
}
