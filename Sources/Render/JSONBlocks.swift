import Document
import Units

extension JSONDocument {
    static func block(_ block: Document.Block) -> JSONText {
        switch block {
        case .heading(let text): kind("heading", [("text", .string(text))])
        case .paragraph(let prose): kind("paragraph", [("text", .string(prose.text))])
        case .table(let value): kind("table", table(value))
        case .definitions(let items): kind("definitions", [("items", definitions(items))])
        case .bullets(let columns):
            kind(
                "bullets",
                [
                    (
                        "columns",
                        .array(
                            columns.map { column in
                                .object([
                                    ("title", .string(column.title)),
                                    ("items", .array(column.items.map { .string($0.text) })),
                                ])
                            })
                    )
                ])
        case .code(let text):
            kind("code", [("lines", .array(Neutral.lines(text).map { .string($0) }))])
        case .figure(let value): figure(value)
        case .tree(let value): kind("tree", [("tree", tree(value))])
        case .row(let stacks):
            kind("row", [("stacks", .array(stacks.map { .array($0.map(self.block)) }))])
        case .folded(let title, let blocks):
            kind("folded", [("title", .string(title)), ("blocks", .array(blocks.map(self.block)))])
        }
    }

    static func kind(_ name: String, _ members: [(String, JSONText)]) -> JSONText {
        .object([("kind", .string(name))] + members)
    }

    private static func tree(_ tree: Document.Tree) -> JSONText {
        .object([
            ("label", .string(tree.label)), ("detail", .string(tree.detail)),
            ("children", .array(tree.children.map(self.tree))),
        ])
    }

    private static func table(_ table: Document.Table) -> [(String, JSONText)] {
        let columns = table.columns.map { column in
            JSONText.object([
                ("title", .string(column.title)),
                ("alignment", .string(column.alignment == .number ? "number" : "text")),
            ])
        }
        let groups = table.groups.map { group in
            JSONText.members([
                ("title", .optional(group.title)), ("note", group.note.isEmpty ? nil : .string(group.note)),
                ("rows", .array(group.rows.map { .array($0.map(cell)) })),
            ])
        }
        return [
            ("caption", .string(table.caption)), ("columns", .array(columns)), ("groups", .array(groups)),
            ("notes", .array(table.notes.map { .string($0.text) })),
        ]
    }

    static func cell(_ cell: Document.Cell) -> JSONText {
        var members: [(String, JSONText?)]
        switch cell.content {
        case .text(let prose): members = [("text", .string(prose.text))]
        case .number(let text): members = [("text", .string(text))]
        case .notApplicable: return .object([("text", .string("–"))])
        case .share(let share):
            members = [
                ("text", .string(share.text)), ("share", share.fraction.isFinite ? .number(share.fraction) : nil),
                ("of", .string(share.of)),
            ]
        case .sparkline(let spark):
            members = [
                ("text", .string(TreeLines.spark(spark))),
                ("values", .array(spark.values.filter(\.isFinite).map { .number($0) })),
                ("bound", spark.bound.flatMap { $0.isFinite ? .number($0) : nil }),
            ]
        }
        members.append(("quantity", cell.quantity.flatMap(quantity)))
        if cell.emphasis == .bad || cell.emphasis == .good {
            members.append(("emphasis", .string("\(cell.emphasis)")))
        }
        return .members(members)
    }
}
