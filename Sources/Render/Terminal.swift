public import Document

/// Tables and trees for a terminal. Nothing from data can move the cursor or change a colour.
public struct Terminal: Sendable {
    /// Columns there are; `nil` where nothing limits a line.
    public var width: Int?
    public var isColoured: Bool

    public init(width: Int? = nil, isColoured: Bool = false) {
        self.width = width
        self.isColoured = isColoured
    }

    /// A tree with its branches; each line cut to the width.
    public func render(_ tree: Document.Tree) -> String {
        TreeLines.lines(tree).map { line in
            guard let width, Cells.width(line) > width else { return line }
            return Cells.cut(line, width)
        }.joined(separator: "\n") + "\n"
    }

    /// Columns two spaces apart; the widest text columns wrap where the terminal is narrow. Notes stand under it.
    public func render(_ table: Document.Table) -> String {
        let rows = table.groups.flatMap { group -> [[Piece]] in
            let title = group.title.map { [[Piece(text: Neutral.text($0), style: .strong)]] } ?? []
            return title + group.rows.map { $0.map(piece) }
        }
        let heads = table.columns.map { Piece(text: Neutral.text($0.title), style: .strong) }
        let all = (table.hasHeads ? [heads] : []) + rows
        let widths = fit(natural(all, table.columns.count), table.columns)
        var lines = table.caption.isEmpty ? [] : [style(Neutral.text(table.caption), .strong)]
        for row in all { lines += self.lines(row, widths, table.columns) }
        if !table.notes.isEmpty { lines.append("") }
        lines += table.notes.map { Neutral.text($0.text) }
        return lines.joined(separator: "\n") + "\n"
    }

    struct Piece {
        enum Style { case plain, strong, quiet, bad, good }
        var text: String
        var style: Style
    }

    private func piece(_ cell: Document.Cell) -> Piece {
        let style: Piece.Style =
            switch cell.emphasis {
            case .none: .plain
            case .quiet: .quiet
            case .good: .good
            case .bad: .bad
            }
        return Piece(text: Neutral.text(text(cell.content)), style: style)
    }

    private func text(_ content: Document.Cell.Content) -> String {
        switch content {
        case .text(let prose): prose.text
        case .number(let text): text
        case .notApplicable: "–"
        case .sparkline(let spark): TreeLines.spark(spark)
        case .share(let share): "\(Cells.bar(share.fraction, ten: 10)) \(share.text)"
        }
    }

    private func natural(_ rows: [[Piece]], _ count: Int) -> [Int] {
        (0..<count).map { column in
            rows.filter { $0.count > 1 || count == 1 }.compactMap {
                column < $0.count ? Cells.width($0[column].text) : nil
            }.max() ?? 0
        }
    }

    /// Takes from the widest text column until the line fits or nothing can give.
    private func fit(_ widths: [Int], _ columns: [Document.Column]) -> [Int] {
        guard let width else { return widths }
        var widths = widths
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
            let texts = widths.indices.filter { columns[$0].alignment == .text && widths[$0] > 12 }
            guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }

    private func lines(_ row: [Piece], _ widths: [Int], _ columns: [Document.Column]) -> [String] {
        if row.count == 1, columns.count > 1 { return [style(row[0].text, row[0].style)] }
        let wrapped = zip(row, widths).map { Cells.wrap($0.text, $1) }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = row.indices.prefix(columns.count).map { column -> String in
                let text = line < wrapped[column].count ? wrapped[column][line] : ""
                let gap = String(repeating: " ", count: max(widths[column] - Cells.width(text), 0))
                let shown = style(text, row[column].style)
                return columns[column].alignment == .number ? gap + shown : shown + gap
            }
            return Cells.trimmed(parts.joined(separator: "  "))
        }
    }

    private func style(_ text: String, _ style: Piece.Style) -> String {
        guard isColoured, !text.isEmpty else { return text }
        let code: String
        switch style {
        case .plain: return text
        case .strong: code = "1"
        case .quiet: code = "2"
        case .bad: code = "33"
        case .good: code = "32"
        }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
