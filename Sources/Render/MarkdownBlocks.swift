import Document
import Units

extension Markdown.Page {
    mutating func block(_ block: Document.Block) -> [String] {
        switch block {
        case .heading(let text): ["### \(Escape.markdown(text))"]
        case .paragraph(let value): [prose(value)]
        case .table(let value): table(value)
        case .definitions(let items): [definitions(items)]
        case .bullets(let columns): columns.flatMap(bullets)
        case .code(let text): [Markdown.fenced(Neutral.lines(text))]
        case .figure(let value): figure(value)
        case .tree(let tree): [Markdown.fenced(TreeLines.lines(tree))]
        case .row(let stacks): stacks.flatMap { stack in stack.flatMap { self.block($0) } }
        case .folded(let title, let blocks):
            ["### \(Escape.markdown(title))"] + blocks.flatMap { self.block($0) }
        }
    }

    private func bullets(_ column: Document.BulletColumn) -> [String] {
        let list = column.items.map { "- \(prose($0))" }.joined(separator: "\n")
        return column.title.isEmpty ? [list] : ["**\(Escape.markdown(column.title))**", list]
    }

    func definitions(_ items: [Document.Definition]) -> String {
        items.map { "- **\(Escape.markdown($0.term))**: \(prose($0.meaning))" }.joined(separator: "\n")
    }

    mutating func figure(_ figure: Document.Figure) -> [String] {
        let file = "\(name)-figure-\(charts.count + 1).svg"
        let width =
            if case .boxes(let boxes) = figure.chart { max(400, BoxesDrawing.width(boxes)) } else { 648.0 }
        charts.append(RenderedFile(name: file, content: SVG.file(figure, width: width)))
        return [
            "**\(Escape.markdown(figure.title))**  \n\(Escape.markdown(figure.subtitle))",
            "![\(Escape.markdown(figure.description))](\(file))",
        ]
    }

    private func table(_ table: Document.Table) -> [String] {
        var parts = ["**\(Escape.markdown(table.caption))**"]
        let numbers = table.columns.map { $0.alignment == .number }
        let heads = table.columns.map { Escape.markdown($0.title) }
        for group in table.groups where !group.rows.isEmpty {
            if let title = group.title {
                parts.append("_\(Escape.markdown(group.note.isEmpty ? title : "\(title): \(group.note)"))_")
            }
            parts.append(Markdown.grid(heads, numbers, group.rows.map { $0.map(cell) }))
        }
        if parts.count == 1, table.notes.isEmpty { parts.append("None.") }
        return parts + table.notes.map { prose($0) }
    }
}

extension Markdown.Page {
    func cell(_ cell: Document.Cell) -> String {
        let text = content(cell.content)
        switch cell.emphasis {
        case .bad, .good: return text.isEmpty ? text : "**\(text.replacing("**", with: ""))**"
        case .none, .quiet: return text
        }
    }

    func content(_ content: Document.Cell.Content) -> String {
        switch content {
        case .text(let text): prose(text, inTable: true)
        case .number(let text): Escape.markdown(text)
        case .notApplicable: "–"
        case .sparkline(let spark): spark.values.isEmpty ? "–" : TreeLines.spark(spark)
        case .share(let share): "\(Escape.markdown(share.text)) of \(Escape.markdown(share.of))"
        }
    }
}

extension Markdown {
    static func grid(_ heads: [String], _ numbers: [Bool], _ rows: [[String]]) -> String {
        let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
        return ([line(heads), line(numbers.map { $0 ? "---:" : "---" })] + rows.map(line)).joined(separator: "\n")
    }

    /// A fence longer than any run of backticks inside.
    static func fenced(_ lines: [String]) -> String {
        var longest = 2
        for line in lines {
            var run = 0
            for character in line {
                run = character == "`" ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)text\n\(lines.joined(separator: "\n"))\n\(fence)"
    }
}
