import Document
import Units

extension LaTeX {
    static func block(_ block: Document.Block) -> String {
        switch block {
        case .heading(let text): "\\subhead{\(Escape.latex(text))}"
        case .paragraph(let text): "\(prose(text))\\par"
        case .table(let value): LaTeXTable.write(value)
        case .definitions(let items): definitions(items)
        case .bullets(let columns): columns.map(bullets).joined(separator: "\n\n")
        case .code(let text): code(Neutral.lines(text))
        case .figure(let value): figure(value)
        case .tree(let tree): code(TreeLines.lines(tree, isPlain: true))
        case .row(let stacks): stacks.flatMap { $0.map(self.block) }.joined(separator: "\n\n")
        case .folded(let title, let blocks):
            (["\\subhead{\(Escape.latex(title))}"] + blocks.map(self.block)).joined(separator: "\n\n")
        }
    }

    static func glance(_ glance: Document.Glance) -> String {
        var parts = [heading(glance.number, glance.title), "\\subhead{\(Escape.latex(glance.headlines.title))}"]
        parts.append(headlines(glance.headlines))
        parts.append("\\subhead{\(Escape.latex(glance.caution.title))}\\gist{\(Escape.latex(glance.caution.common))}")
        parts.append(list(glance.caution.items))
        if let figure = glance.figure { parts.append(self.figure(figure, points: 0.62)) }
        parts.append("\\subhead{\(Escape.latex(glance.facts.title))}")
        parts.append(definitions(glance.facts.items))
        return parts.joined(separator: "\n\n")
    }

    private static func headlines(_ headlines: Document.Headlines) -> String {
        guard !headlines.rows.isEmpty else { return "\\note{\(Escape.latex(headlines.none))}" }
        let columns = [
            Document.Column(headlines.common), Document.Column(headlines.valueTitle, .number),
            Document.Column(headlines.intervalTitle), Document.Column(headlines.shareTitle),
        ]
        let rows = headlines.rows.map { row -> [Document.Cell] in
            [
                .data("\(row.label) \(row.note)"), .text("\(strong: row.value)"), .data(row.interval), row.share,
            ]
        }
        return LaTeXTable.write(Document.Table(caption: "", columns: columns, rows: rows))
    }

    private static func definitions(_ items: [Document.Definition]) -> String {
        items.map { "\\textbf{\(Escape.latex($0.term))}\\enspace \(prose($0.meaning))\\par" }.joined(separator: "\n")
    }

    private static func bullets(_ column: Document.BulletColumn) -> String {
        (column.title.isEmpty ? "" : "\\subhead{\(Escape.latex(column.title))}\n") + list(column.items)
    }

    private static func list(_ items: [Prose]) -> String {
        guard !items.isEmpty else { return "" }
        return items.map {
            "{\\parskip=1.5pt\\leftskip=1.1em\\parindent=-0.9em\\leavevmode\\hbox to 0.9em{\\textbullet\\hfil}\(prose($0))\\par}"
        }
        .joined(separator: "\n")
    }

    /// Line for line in a fixed width, indents kept, and broken where a line is too long.
    private static func code(_ lines: [String]) -> String {
        let set = lines.map { line -> String in
            let indent = line.prefix { $0 == " " }.count
            let rest = Escape.latexCode(String(line.dropFirst(indent))).replacing("  ", with: "\\ \\ ")
            return "\\leavevmode\\hspace*{\(indent)ex}\(rest.isEmpty ? "~" : rest)\\par"
        }
        return "{\\footnotesize\\ttfamily\\raggedright\\parskip=0pt\n\(set.joined(separator: "\n"))\n}"
    }

    /// Title, subtitle and picture stay together on a page.
    static func figure(_ figure: Document.Figure, points: Double = pointsPerPixel) -> String {
        """
        \\par\\medskip\\begin{minipage}{\\linewidth}\\textbf{\(Escape.latex(figure.title))}\\par\\note{\(Escape.latex(figure.subtitle))}\\smallskip
        \(Pgfplots.write(figure.chart, points: points))
        \\end{minipage}\\par
        """
    }
}
