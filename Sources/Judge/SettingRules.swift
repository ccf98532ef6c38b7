import Model

/// Cases whose processes did not all run under the same settings.
enum SettingRules {
    /// What to say of a case some of whose processes ran before a setting changed and some after; `nil` where all ran on one
    /// side of it, and for changes whose time is not known.
    static func warning(_ change: TunableChange, _ processes: [ProcessRecord]) -> String? {
        guard let since = change.since, let seen = change.seen, !processes.isEmpty else { return nil }
        let before = processes.count { $0.ended <= since }
        let after = processes.count { $0.started >= seen }
        guard before < processes.count, after < processes.count else { return nil }
        let between = processes.count - before - after
        let meanwhile = between > 0 ? ", \(between) about that time" : ""
        return
            "\(change.name) changed while the case was measured, from \(text(change.before)) to \(text(change.after)): "
            + "\(before) of \(processes.count) processes ran before, \(after) after\(meanwhile)"
    }

    private static func text(_ value: Reported<String>) -> String { String((value.value ?? "unknown").prefix(60)) }
}
