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
    /// Seconds from the start of the run when it was last seen as it was before: it changed between these two times.
    public var since: Double?

    public init(
        name: String, before: Reported<String>, after: Reported<String>, seen: Double? = nil, since: Double? = nil
    ) {
        self.seen = seen
        self.since = since
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

extension ProcessRecord {
    /// Notes the settings that may have changed while this process ran: settings are not looked at after every process, and
    /// when in between one changed nobody knows.
    public mutating func note(_ changes: [TunableChange]) {
        note(
            changes.filter { change in
                guard let since = change.since, let seen = change.seen else { return false }
                return started < seen && ended > since
            }.map(\.name))
    }

    /// Notes settings that changed, each once.
    public mutating func note(_ settings: [String]) {
        guard !settings.isEmpty else { return }
        let known = interference?.changedSettings ?? []
        interference?.changedSettings = known + settings.filter { !known.contains($0) }
    }
}
