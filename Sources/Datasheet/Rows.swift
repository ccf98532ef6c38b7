import Document
import Model

/// A line of a table of facts before it is written: what is known, or why it is not.
struct Row {
    var label: String
    var content: Reported<Prose>

    init(_ label: String, _ content: Reported<Prose>) {
        self.label = label
        self.content = content
    }

    init(_ label: String, _ text: Reported<String>) { self.init(label, text.map { Prose($0) }) }

    init(_ label: String, _ text: String) { self.init(label, .known(Prose(text))) }
}

extension Datasheet {
    /// What is unknown for one and the same reason says so once, where the first of it stands.
    static func folded(_ rows: [Row]) -> [(String, Prose)] {
        var said: Set<String> = []
        return rows.compactMap { row in
            switch row.content {
            case .known(let prose): return (row.label, prose)
            case .unknown(let reason):
                guard said.insert(reason).inserted else { return nil }
                let labels = rows.filter { $0.content.reason == reason }.map(\.label)
                let label = [labels[0]] + labels.dropFirst().map(Words.lowered)
                return (label.joined(separator: ", "), Prose("unknown: \(reason)"))
            }
        }
    }
}
