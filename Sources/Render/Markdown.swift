public import Document

/// A file that a renderer produced; the first of several is the document, the others lie beside it.
public struct RenderedFile: Sendable, Equatable {
    public var name: String
    public var content: String

    public init(name: String, content: String) {
        self.name = name
        self.content = content
    }
}

/// Markdown as GitHub shows it, with each chart as an SVG file beside it.
public enum Markdown {
    /// `name`.md, then `name`-figure-1.svg … in the order of the text.
    ///
    /// No markup but Markdown's own, so that MyST and MDX read it as GitHub does.
    /// - Parameter hasFrontMatter: whether title and description stand before the text, for site generators.
    public static func render(
        _ document: Document, name: String = "datasheet", hasFrontMatter: Bool = false
    ) -> [RenderedFile] {
        var page = Page(name: name, anchors: Anchors(document))
        let matter = FrontMatter([
            ("title", .text(document.title)), ("description", .text("\(document.kind), \(document.result)")),
        ])
        let text = (hasFrontMatter ? matter.write() + "\n" : "") + page.write(document)
        return [RenderedFile(name: "\(name).md", content: text)] + page.charts
    }

    struct Page {
        let name: String
        let anchors: Anchors
        var charts: [RenderedFile] = []

        mutating func write(_ document: Document) -> String {
            var parts = [
                "# \(Escape.markdown(document.title))",
                "\(Escape.markdown(document.kind)) · \(Escape.markdown(document.result))  \n\(prose(document.identity))",
                "> **\(Escape.markdown(document.stamp.word))** \(prose(document.stamp.reason))",
            ]
            if let finding = document.finding { parts.append(prose(finding)) }
            parts += glance(document.glance)
            parts += ["## \(Escape.markdown(document.contentsTitle))", contents(document)]
            for section in document.sections { parts += self.section(section) }
            parts += ["---", prose(document.colophon)]
            return parts.joined(separator: "\n\n") + "\n"
        }

        private mutating func glance(_ glance: Document.Glance) -> [String] {
            var parts = [
                heading(glance.number, glance.title), "### \(Escape.markdown(glance.headlines.title))",
                headlines(glance.headlines),
                "### \(Escape.markdown(glance.caution.title))", "_\(Escape.markdown(glance.caution.common))_",
                glance.caution.items.map { "- \(prose($0))" }.joined(separator: "\n"),
            ]
            if let figure = glance.figure { parts += self.figure(figure) }
            parts += ["### \(Escape.markdown(glance.facts.title))", definitions(glance.facts.items)]
            return parts
        }

        private func headlines(_ headlines: Document.Headlines) -> String {
            guard !headlines.rows.isEmpty else { return Escape.markdown(headlines.none) }
            let heads = [headlines.common, headlines.valueTitle, headlines.intervalTitle, headlines.shareTitle]
            let rows = headlines.rows.map { row in
                [
                    "\(Escape.markdown(row.label)) · \(Escape.markdown(row.note))",
                    "**\(Escape.markdown(row.value))**",
                    Escape.markdown(row.interval), content(row.share.content),
                ]
            }
            return Markdown.grid(heads.map(Escape.markdown), [false, true, false, false], rows)
        }

        private func contents(_ document: Document) -> String {
            let glance = (document.glance.number, document.glance.title)
            let entries = (document.sections.map { ($0.number, $0.title) } + [glance]).sorted { $0.0 < $1.0 }
            return entries.map { "[\($0.0) \(Escape.markdown($0.1))](#\(anchors[$0.0] ?? ""))" }.joined(
                separator: " · ")
        }

        private func heading(_ number: Int, _ title: String) -> String {
            "## \(number) \(Escape.markdown(title))"
        }

        private mutating func section(_ section: Document.Section) -> [String] {
            var parts = [heading(section.number, section.title)]
            if let finding = section.finding { parts.append("_\(Escape.markdown(finding.text))_") }
            for block in section.blocks { parts += self.block(block) }
            return parts
        }
    }
}

extension Markdown.Page {
    func prose(_ prose: Prose, inTable: Bool = false) -> String {
        prose.runs.map { run in
            switch run {
            case .plain(let text): Escape.markdown(text)
            case .strong(let text): "**\(Escape.markdown(text))**"
            case .code(let text): Escape.markdownCode(text, inTable: inTable)
            case .link(let text, let section):
                anchors[section].map { "[\(Escape.markdown(text))](#\($0))" } ?? Escape.markdown(text)
            }
        }.joined()
    }
}
