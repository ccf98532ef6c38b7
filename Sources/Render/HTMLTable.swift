import Document

extension HTML.Page {
    func table(_ table: Document.Table) -> String {
        let notes = table.notes.map { "\n<p class=\"foot\">\(HTML.prose($0))</p>" }.joined()
        guard table.groups.contains(where: { !$0.rows.isEmpty }) else {
            return
                "<div><h3>\(Escape.html(table.caption))</h3>\(notes.isEmpty ? "\n<p class=\"foot\">None.</p>" : notes)</div>"
        }
        let name = Escape.html(table.caption)
        return """
            <div><div class="scroll" role="region" aria-label="\(name)" tabindex="0"><table class="\(classes(table))">
            <caption><span>\(name)</span></caption>
            \(heads(table))\(table.groups.map { group($0, table) }.joined(separator: "\n"))
            </table></div>\(notes)</div>
            """
    }

    /// `x`, `y`: how wide it must stay on a phone; `z`: so many columns that each gets less room; `long`: may break across pages, `groups`: between groups only.
    private func classes(_ table: Document.Table) -> String {
        var names = ["t"]
        if table.columns.count > 5 { names.append("x") } else if table.columns.count > 2 { names.append("y") }
        if table.columns.count > 9 { names.append("z") }
        if table.groups.reduce(0, { $0 + $1.rows.count }) > 14 { names.append("long") }
        if table.groups.count > 1 { names.append("groups") }
        if table.isCompact { names.append("fit") }
        if !table.hasHeads { names.append("plain") }
        return names.joined(separator: " ")
    }

    private func heads(_ table: Document.Table) -> String {
        guard table.hasHeads else { return "" }
        let cells = table.columns.map { column in
            let classes = columnClasses(column)
            // An empty head names nothing: a plain cell, so that readers do not announce it.
            return column.title.isEmpty
                ? "<td></td>" : "<th scope=\"col\"\(attribute(classes))>\(Escape.html(column.title))</th>"
        }
        return "<thead><tr>\(cells.joined())</tr></thead>\n"
    }

    private func columnClasses(_ column: Document.Column) -> [String] {
        (column.alignment == .number ? ["n"] : []) + (column.folds ? ["be"] : [])
    }

    private func group(_ group: Document.Group, _ table: Document.Table) -> String {
        var lines: [String] = []
        if let title = group.title {
            let note = group.note.isEmpty ? "" : " <span>\(Escape.html(group.note))</span>"
            lines.append(
                "<tr class=\"grp\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">\(Escape.html(title))\(note)</th></tr>"
            )
        }
        let places = decimals(group, table.columns.count)
        lines += group.rows.map { row($0, table.columns, places) }
        return "<tbody>\n\(lines.joined(separator: "\n"))\n</tbody>"
    }

    private func row(_ cells: [Document.Cell], _ columns: [Document.Column], _ places: [Int]) -> String {
        let folded = zip(cells, columns).filter { $1.folds }.map { HTML.content($0.0.content) }.joined(separator: ", ")
        let parts = zip(cells, columns).enumerated().map { index, pair -> String in
            let (cell, column) = pair
            let content = broken(HTML.content(cell.content), column) + padding(cell, places[index])
            var classes = columnClasses(column)
            switch cell.content {
            case .share: classes.append("sh")
            case .sparkline: classes.append("fo")
            default: break
            }
            if cell.emphasis != .none { classes.append("\(cell.emphasis)") }
            guard index == 0 else { return "<td\(attribute(classes))>\(content)</td>" }
            return
                "<th scope=\"row\"\(attribute(classes))>\(content)\(folded.isEmpty ? "" : "<small>\(folded)</small>")</th>"
        }
        return "<tr>\(parts.joined())</tr>"
    }

    /// Names like `brgconv:avx512_core` may break where they are joined, rather than in a word.
    private func broken(_ content: String, _ column: Document.Column) -> String {
        guard column.folds, !content.contains("<"), !content.contains("&") else { return content }
        return content.replacing("_", with: "_<wbr/>")
    }

    private func attribute(_ classes: [String]) -> String {
        classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    }

    /// The most decimals of each column's plain numbers, so that their points stand under one another.
    private func decimals(_ group: Document.Group, _ count: Int) -> [Int] {
        (0..<count).map { column in
            group.rows.compactMap { $0.indices.contains(column) ? fraction($0[column]) : nil }.max() ?? 0
        }
    }

    private func padding(_ cell: Document.Cell, _ places: Int) -> String {
        guard let own = fraction(cell), own < places else { return "" }
        let text = (own == 0 ? "." : "") + String(repeating: "0", count: places - own)
        return "<span class=\"pad\" aria-hidden=\"true\">\(text)</span>"
    }

    /// Digits after the point of a bare number; `nil` for anything else.
    private func fraction(_ cell: Document.Cell) -> Int? {
        guard case .number(let text) = cell.content else { return nil }
        let isBare = text.unicodeScalars.allSatisfy {
            ("0"..."9").contains($0) || $0 == "." || $0 == "\u{202F}" || $0 == "\u{2212}"
        }
        guard isBare else { return nil }
        return text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    }
}

extension HTML {
    static func content(_ content: Document.Cell.Content) -> String {
        switch content {
        case .text(let text): return prose(text)
        case .number(let text): return Escape.html(text)
        case .notApplicable: return "–"
        case .sparkline(let spark): return SVG.inline(spark)
        case .share(let share):
            let fraction = share.fraction.isFinite ? min(max(share.fraction, 0), 1.1) : 0
            let bar =
                "<i class=\"bar\(share.isHollow ? " open" : "")\" style=\"--p:\(SVG.number(fraction * 100))\" aria-hidden=\"true\"></i>"
            return "\(bar)\(Escape.html(share.text)) <small>\(Escape.html(share.of))</small>"
        }
    }
}
