import Document

/// All words of a part of a document, for tests that ask whether something is said.
extension Document.Section {
    var words: String { ([title, finding?.text ?? ""] + blocks.map(\.words)).joined(separator: "\n") }
}

extension Document.Block {
    var words: String {
        switch self {
        case .heading(let text), .code(let text): text
        case .paragraph(let prose): prose.text
        case .table(let table):
            ([table.caption] + table.groups.flatMap { $0.rows.flatMap { $0.map(\.words) } } + table.notes.map(\.text))
                .joined(separator: "\n")
        case .definitions(let items): items.map { "\($0.term) \($0.meaning.text)" }.joined(separator: "\n")
        case .bullets(let columns): columns.flatMap { [$0.title] + $0.items.map(\.text) }.joined(separator: "\n")
        case .figure(let figure): "\(figure.title) \(figure.subtitle) \(figure.description)"
        case .tree(let tree): tree.words
        case .row(let stacks): stacks.flatMap { $0.map(\.words) }.joined(separator: "\n")
        case .folded(let title, let blocks): ([title] + blocks.map(\.words)).joined(separator: "\n")
        }
    }
}

extension Document.Tree {
    var words: String { (["\(label) \(detail)"] + children.map(\.words)).joined(separator: "\n") }
}

extension Document.Cell {
    var words: String {
        switch content {
        case .text(let prose): prose.text
        case .number(let text): text
        case .share(let share): "\(share.text) \(share.of)"
        case .sparkline, .notApplicable: ""
        }
    }
}

extension Document {
    /// Numbers of all sections that anything links to.
    var links: [Int] {
        var prose = [identity, stamp.reason, colophon] + glance.caution.items + glance.facts.items.map(\.meaning)
        prose +=
            [finding].compactMap { $0 } + sections.compactMap(\.finding)
            + sections.flatMap { $0.blocks.flatMap(\.prose) }
        return prose.flatMap(\.runs).compactMap { if case .link(_, let section) = $0 { section } else { nil } }
    }
}

extension Document.Block {
    fileprivate var prose: [Prose] {
        switch self {
        case .paragraph(let prose): [prose]
        case .table(let table):
            table.notes
                + table.groups.flatMap(\.rows).flatMap { $0 }.compactMap {
                    if case .text(let prose) = $0.content { prose } else { nil }
                }
        case .definitions(let items): items.map(\.meaning)
        case .bullets(let columns): columns.flatMap(\.items)
        case .row(let stacks): stacks.flatMap { $0.flatMap(\.prose) }
        case .folded(_, let blocks): blocks.flatMap(\.prose)
        case .heading, .code, .figure, .tree: []
        }
    }
}
