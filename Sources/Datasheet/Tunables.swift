import Document
import Model

extension Datasheet {
    /// §6: settings that move results, before and after.
    static func tunables(_ reading: Reading) -> Document.Section {
        let changed = reading.bundle.tunablesChanged
        let heads = ["Setting", "Before", "After", "Read from"].map { Document.Column($0) }
        let rows = reading.machine.tunables.compactMap { tunable -> [Document.Cell]? in
            let change = changed.first { $0.name == tunable.name }
            guard change != nil || tunable.value.value != nil else { return nil }
            return [
                .data(Words.capital(Words.setting(tunable.name))), reported(change?.before ?? tunable.value),
                change.map { .data($0.after.text, .bad) } ?? .data("same", .quiet), .text("\(code: tunable.source)"),
            ]
        }
        let unlisted = changed.filter { change in !reading.machine.tunables.contains { $0.name == change.name } }
        let extra = unlisted.map { change -> [Document.Cell] in
            [
                .data(Words.capital(Words.setting(change.name))), reported(change.before),
                .data(change.after.text, .bad),
                .notApplicable,
            ]
        }
        var table = Document.Table(caption: "Settings that move results", columns: heads, rows: rows + extra)
        table.notes = unreadable(reading.machine.tunables).map { Prose("Not known: \($0).") }
        if reading.machine.tunables.isEmpty, extra.isEmpty { table.notes = ["None was recorded."] }
        return Document.Section(
            number: Number.tunables, title: "Tunables", finding: tunablesFinding(reading), blocks: [.table(table)])
    }

    private static func tunablesFinding(_ reading: Reading) -> Prose {
        let changed = reading.bundle.tunablesChanged.map { Words.setting($0.name) }
        let hidden = reading.machine.tunables.count { $0.value.value == nil }
        let unread = hidden == 0 ? "" : " \(Words.capital(Words.count(hidden, "setting"))) cannot be read here."
        if reading.bundle.interrupted != nil, changed.isEmpty {
            return Prose("Read before the run; it was interrupted, so a change may have gone unseen.\(unread)")
        }
        if changed.isEmpty { return Prose("Read before and after: none changed.\(unread)") }
        return Prose("Changed during the run: \(Words.list(changed)).\(unread)")
    }

    /// Settings that could not be read, by reason.
    private static func unreadable(_ tunables: [Tunable]) -> [String] {
        Words.unknowns(
            tunables.compactMap { tunable in
                tunable.value.reason.map { (Words.setting(tunable.name), $0) }
            })
    }

    static func tunableTree(_ tunables: [Tunable]) -> Document.Tree? {
        guard !tunables.isEmpty else { return nil }
        let known = tunables.compactMap { tunable in
            tunable.value.value.map { (Words.capital(Words.setting(tunable.name)), Prose($0)) }
        }
        return branch("Tunables", known + unreadable(tunables).map { ("Not known", Prose($0)) })
    }
}
