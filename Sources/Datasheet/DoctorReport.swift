public import Document
public import Model

/// A diagnosis as tables: what was found by group, what it comes to, and the commands that would change it.
public struct DoctorReport: Sendable, Equatable {
    public var findings: Document.Table
    public var omitted: Document.Table?
    public var verdict: Document.Table
    /// To be printed without a width: a command that is cut into lines cannot be copied.
    public var changes: Document.Table?
}

extension Datasheet {
    public static func doctor(_ diagnosis: Diagnosis) -> DoctorReport {
        let groups = Diagnosis.Finding.Group.allCases.compactMap { group -> Document.Group? in
            let found = diagnosis.findings.filter { $0.group == group }
            return found.isEmpty ? nil : Document.Group(title: title(group), rows: found.map(row))
        }
        return DoctorReport(
            findings: Document.Table(caption: "", columns: plain(3), groups: groups),
            omitted: omitted(diagnosis.omitted),
            verdict: Document.Table(
                caption: "", columns: plain(1),
                rows: [[.data(diagnosis.verdict, diagnosis.trusted ? .good : .bad)]]),
            changes: changes(diagnosis.findings))
    }

    private static func plain(_ count: Int) -> [Document.Column] {
        (0..<count).map { _ in Document.Column("") }
    }

    private static func title(_ group: Diagnosis.Finding.Group) -> String {
        switch group {
        case .machine: "Machine"
        case .compute: "Compute"
        case .placement: "Placement"
        case .memory: "Memory"
        case .clock: "Clock"
        case .quiet: "Quiet machine"
        case .settings: "Settings"
        case .watch: "Watched during a run"
        case .counters: "Counters"
        case .power: "Power and energy"
        case .output: "Output"
        case .tool: "Assay"
        }
    }

    private static func row(_ finding: Diagnosis.Finding) -> [Document.Cell] {
        var evidence = finding.evidence
        if case .nothing(let reason) = finding.mend { evidence += "; nothing changes it here: \(reason)" }
        return [mark(finding), .data(finding.subject), .data(evidence)]
    }

    /// A sign and a word, so that nothing hangs on colour: ✗ stands against a run.
    private static func mark(_ finding: Diagnosis.Finding) -> Document.Cell {
        if finding.isDisqualifying { return .data("✗ \(finding.status.rawValue)", .bad) }
        return switch finding.status {
        case .available: .data("✓ available", .good)
        case .degraded: .data("! degraded", .bad)
        case .unavailable: .data("– unavailable", .quiet)
        }
    }

    /// One line a reason, in the order in which they came.
    private static func omitted(_ omissions: [Diagnosis.Omission]) -> Document.Table? {
        let reasons = omissions.map(\.reason).unique
        guard !reasons.isEmpty else { return nil }
        let rows = reasons.map { reason -> [Document.Cell] in
            let subjects = omissions.filter { $0.reason == reason }.map(\.subject)
            return [.data(Words.list(subjects) + ": " + reason, .quiet)]
        }
        return Document.Table(caption: "Not looked at", columns: plain(1), rows: rows)
    }

    /// What speaks against a run comes first; a command that serves several findings is named once.
    private static func changes(_ findings: [Diagnosis.Finding]) -> Document.Table? {
        let sorted = findings.filter(\.isDisqualifying) + findings.filter { !$0.isDisqualifying }
        let groups = [(Mend.Place.here, "What to change"), (.host, "What to change outside of the container")]
            .compactMap { place, title -> Document.Group? in
                let commands = sorted.compactMap { finding -> (String, String)? in
                    guard case .command(let command, place) = finding.mend else { return nil }
                    return (finding.subject, command)
                }
                guard !commands.isEmpty else { return nil }
                let rows = commands.map(\.1).unique.map { command -> [Document.Cell] in
                    [.data(Words.some(commands.filter { $0.1 == command }.map(\.0), 2)), .data(command)]
                }
                return Document.Group(title: title, rows: rows)
            }
        return groups.isEmpty ? nil : Document.Table(caption: "", columns: plain(2), groups: groups)
    }
}
