import Document

/// A table over as many pages as it takes, its heads repeated; columns get the room that their words need.
enum LaTeXTable {
    /// Widths in characters of the small type: what a line of the page holds.
    private static let room = 122.0

    static func write(_ table: Document.Table) -> String {
        let caption = table.caption.isEmpty ? "" : "\\subhead{\(Escape.latex(table.caption))}\n"
        let notes = table.notes.map { "\\note{\(LaTeX.prose($0))}" }.joined(separator: "\n")
        guard table.groups.contains(where: { !$0.rows.isEmpty }) else {
            return caption + (notes.isEmpty ? "\\note{None.}" : notes)
        }
        let isWide = table.columns.count > 7
        let widths = widths(table)
        let columns = zip(table.columns, widths).map { column, width in
            let side = column.alignment == .number ? "\\raggedleft" : "\\raggedright"
            return ">{\(side)\\arraybackslash}p{\(SVG.number(width * 1000).dotted)\\linewidth}"
        }
        let heads =
            table.hasHeads
            ? row(table.columns.map { "\\quiet{\(Escape.latex($0.title))}" }) + "\\midrule\\endhead\n" : ""
        let body = table.groups.map { group($0, table) }.joined(separator: "\n")
        return """
            \(caption){\(isWide ? "\\scriptsize" : "\\footnotesize")\\begin{longtable}[l]{@{}\(columns.joined())@{}}
            \\toprule
            \(heads)\(body)
            \\bottomrule
            \\end{longtable}}
            \(notes)
            """
    }

    private static func group(_ group: Document.Group, _ table: Document.Table) -> String {
        var lines: [String] = []
        if let title = group.title {
            let note = group.note.isEmpty ? "" : " \\quiet{\(Escape.latex(group.note))}"
            lines.append(
                "\\multicolumn{\(table.columns.count)}{@{}p{0.95\\linewidth}@{}}{\\textbf{\(Escape.latex(title))}\(note)}\\\\*"
            )
        }
        lines += group.rows.map { cells in
            let missing = max(table.columns.count - cells.count, 0)
            return row(cells.prefix(table.columns.count).map(cell) + Array(repeating: "", count: missing))
        }
        return lines.joined(separator: "\n")
    }

    /// The line’s end takes an optional argument and a star: given the one, it looks for neither in what follows.
    private static func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + "\\\\[0pt]" }

    private static func cell(_ cell: Document.Cell) -> String {
        let text = content(cell.content)
        switch cell.emphasis {
        case .bad: return "\\bad{\(text)}"
        case .good: return "\\good{\(text)}"
        case .quiet: return "\\quiet{\(text)}"
        case .none: return text
        }
    }

    private static func content(_ content: Document.Cell.Content) -> String {
        switch content {
        case .text(let text): return LaTeX.prose(text)
        case .number(let text): return Escape.latex(text)
        case .notApplicable: return "\\textendash{}"
        case .sparkline(let spark): return spark.values.isEmpty ? "\\textendash{}" : Pgfplots.write(spark)
        case .share(let share):
            let fraction = share.fraction.isFinite ? min(max(share.fraction, 0), 1.1) : 0
            return
                "\\sharebar{\(SVG.number(fraction * 24))} \(Escape.latex(share.text)) \\quiet{\(Escape.latex(share.of))}"
        }
    }

    // MARK: Widths

    /// Shares of the line. Columns that fit get what they need; the rest is spread by how much each would like, and none
    /// falls below its longest word.
    private static func widths(_ table: Document.Table) -> [Double] {
        let wishes = table.columns.indices.map { wish(table, $0) }
        let room =
            (table.columns.count > 7 ? Self.room * 1.14 : Self.room) - 2 * Double(max(table.columns.count - 1, 0))
        let all = wishes.reduce(0) { $0 + $1.most }
        let least = wishes.reduce(0) { $0 + $1.least }
        let gaps = 1 - 0.0125 * Double(max(table.columns.count - 1, 0))
        if all <= room { return wishes.map { $0.most / room * gaps } }
        if least >= room { return wishes.map { $0.least / least * gaps } }
        let spare = room - least
        let wanted = all - least
        return wishes.map { ($0.least + ($0.most - $0.least) / wanted * spare) / room * gaps }
    }

    private static func wish(_ table: Document.Table, _ column: Int) -> (least: Double, most: Double) {
        let texts =
            [table.columns[column].title]
            + table.groups.flatMap { $0.rows.map { $0.indices.contains(column) ? plain($0[column].content) : "" } }
        let most = texts.map(\.count).max() ?? 1
        let word =
            texts.flatMap { $0.split { $0 == " " || $0 == "/" || $0 == "-" || $0 == "," } }.map(\.count).max() ?? 1
        return (Double(min(max(word, 3), 16)) + 1, Double(min(max(most, 3), 72)) + 1)
    }

    private static func plain(_ content: Document.Cell.Content) -> String {
        switch content {
        case .text(let text): text.text
        case .number(let text): text.replacing(" ", with: "\u{A0}")
        case .notApplicable: "–"
        case .sparkline: String(repeating: "\u{A0}", count: 20)
        case .share(let share): "mmmmm \(share.text) \(share.of)"
        }
    }
}

extension String {
    /// `0.1234` from a whole number of ten-thousandths or so: LaTeX reads no exponents.
    fileprivate var dotted: String {
        let value = Double(self) ?? 0
        let ten = Int((value * 10).rounded())
        let fraction = String(ten % 10_000)
        return "\(ten / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
    }
}
