public import Document
import Units

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

    /// Columns two spaces apart. Where the terminal is too narrow, folding columns move under the row’s name, and then the
    /// widest text columns wrap, the last one first: nothing is cut off. Notes stand under the table.
    public func render(_ table: Document.Table) -> String {
        let heads = table.columns.map { Piece(text: Neutral.text($0.title), style: .strong) }
        var all = table.hasHeads ? [heads] : []
        for group in table.groups {
            if let title = group.title { all.append([Piece(text: Neutral.text(title), style: .strong)]) }
            all += group.rows.map { $0.map(piece) }
        }
        var columns = table.columns
        if let width, total(natural(all, columns.count)) > width, columns.contains(where: \.folds) {
            all = all.flatMap { fold($0, columns, width) }
            columns.removeAll(where: \.folds)
        }
        let widths = fit(natural(all, columns.count), columns)
        var lines = table.caption.isEmpty ? [] : [style(Neutral.text(table.caption), .strong)]
        for row in all { lines += self.lines(row, widths, columns) }
        if !table.notes.isEmpty { lines.append("") }
        lines += table.notes.map { Neutral.text($0.text) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What folds goes into lines of its own below its row, over the whole width.
    private func fold(_ row: [Piece], _ columns: [Document.Column], _ width: Int) -> [[Piece]] {
        guard row.count > 1 else { return [row] }
        var kept: [Piece] = []
        var folded: [[Piece]] = []
        for (piece, column) in zip(row, columns) {
            if column.folds, !kept.isEmpty {
                let lines = piece.text.isEmpty ? [] : Cells.wrap(piece.text, max(width - 2, 12))
                folded += lines.map { [Piece(text: "  " + $0, style: piece.style)] }
            } else {
                kept.append(piece)
            }
        }
        return [kept] + folded
    }

    private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * max(widths.count - 1, 0) }

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

    /// Takes from the last text column down to 28 cells, then from the widest down to 12, until the line fits.
    private func fit(_ widths: [Int], _ columns: [Document.Column]) -> [Int] {
        guard let width else { return widths }
        var widths = widths
        if let last = widths.indices.last, columns[last].alignment == .text {
            widths[last] = min(widths[last], max(widths[last] - (total(widths) - width), 28))
        }
        while total(widths) > width {
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
