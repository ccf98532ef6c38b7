/// A setting that moves results.
public struct Tunable: Codable, Sendable, Equatable {
    /// Stable key: `transparentHugePages`, `governor`, …
    public var name: String
    /// As the system writes it; `none` where it is an empty list.
    public var value: Reported<String>
    /// Where it was read.
    public var source: String

    public init(name: String, value: Reported<String>, source: String) {
        self.name = name
        self.value = value
        self.source = source
    }
}

/// A setting that read differently during or after a run.
public struct TunableChange: Codable, Sendable, Equatable {
    public var name: String
    public var before: Reported<String>
    public var after: Reported<String>
    /// Seconds from the start of the run when it was first seen changed; absent for what was only seen at the end.
    public var seen: Double?

    public init(name: String, before: Reported<String>, after: Reported<String>, seen: Double? = nil) {
        self.seen = seen
        self.name = name
        self.before = before
        self.after = after
    }

    /// What differs between two readings, in the order of the first. A setting that only one of them has differs too.
    public static func between(_ before: [Tunable], _ after: [Tunable]) -> [TunableChange] {
        let unread = Reported<String>.unknown("not read")
        let old = before.map { tunable in
            let now = after.first { $0.name == tunable.name }?.value ?? unread
            return TunableChange(name: tunable.name, before: tunable.value, after: now)
        }
        let new = after.filter { tunable in !before.contains { $0.name == tunable.name } }
        return (old + new.map { TunableChange(name: $0.name, before: unread, after: $0.value) })
            .filter { $0.before != $0.after }
    }
}
