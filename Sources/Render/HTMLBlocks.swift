import Document
import Units

extension HTML.Page {
    mutating func block(_ block: Document.Block) -> String {
        switch block {
        case .heading(let text): "<h3>\(Escape.html(text))</h3>"
        case .paragraph(let prose): "<p>\(HTML.prose(prose))</p>"
        case .table(let value): table(value)
        case .definitions(let items):
            "<dl class=\"gl\">\n"
                + items.map { "<dt>\(Escape.html($0.term))</dt><dd>\(HTML.prose($0.meaning))</dd>" }.joined(
                    separator: "\n") + "\n</dl>"
        case .bullets(let columns): bullets(columns)
        case .code(let text):
            "<pre tabindex=\"0\"><code>\(Neutral.lines(text).map(Escape.html).joined(separator: "\n"))</code></pre>"
        case .figure(let value): figure(value)
        case .tree(let tree): "<ul class=\"tree\">\(node(tree))</ul>"
        case .row(let stacks): row(stacks)
        case .folded(let title, let blocks):
            "<details><summary>\(Escape.html(title))</summary>\n\(blocks.map { self.block($0) }.joined(separator: "\n"))\n</details>"
        }
    }

    private func bullets(_ columns: [Document.BulletColumn]) -> String {
        let lists = columns.map { column in
            let title = column.title.isEmpty ? "" : "<h3>\(Escape.html(column.title))</h3>"
            return "<div>\(title)<ul>\(column.items.map { "<li>\(HTML.prose($0))</li>" }.joined())</ul></div>"
        }
        return "<div class=\"columns\(columns.count == 1 ? " one" : "")\">\n\(lists.joined(separator: "\n"))\n</div>"
    }

    private mutating func row(_ stacks: [[Document.Block]]) -> String {
        let parts = stacks.map { stack in
            "<div class=\"stack\">\(stack.map { block($0) }.joined(separator: "\n"))</div>"
        }
        return "<div class=\"pair\">\n\(parts.joined(separator: "\n"))\n</div>"
    }

    private func node(_ tree: Document.Tree) -> String {
        let detail = tree.detail.isEmpty ? "" : " <span>\(Escape.html(tree.detail))</span>"
        let children = tree.children.isEmpty ? "" : "\n<ul>\(tree.children.map(node).joined(separator: "\n"))</ul>"
        return "<li>\(Escape.html(tree.label))\(detail)\(children)</li>"
    }

    /// Drawn for the width it gets, and again for a phone, so that its text never shrinks below 11 px.
    mutating func figure(_ figure: Document.Figure) -> String {
        figures += 1
        let id = "f\(figures)"
        return """
            <figure>
            <figcaption><b>\(Escape.html(figure.title))</b> <span>\(Escape.html(figure.subtitle))</span></figcaption>
            \(drawings(figure, id))
            </figure>
            """
    }

    private func drawings(_ figure: Document.Figure, _ id: String) -> String {
        switch figure.chart {
        case .roofline, .course, .forest, .trace:
            SVG.inline(figure, width: 640, id: id + "w", classes: "wide") + "\n"
                + SVG.inline(figure, width: 340, id: id + "n", classes: "narrow")
        case .bars, .lines:
            SVG.inline(figure, width: 440, id: id + "w", classes: "wide") + "\n"
                + SVG.inline(figure, width: 340, id: id + "n", classes: "narrow")
        case .boxes(let boxes):
            // A machine with many neighbours needs room, and scrolls in its own box where there is none.
            scrolling(figure, BoxesDrawing.width(boxes), id)
        }
    }

    private func scrolling(_ figure: Document.Figure, _ width: Double, _ id: String) -> String {
        let drawing = SVG.inline(figure, width: width, id: id, classes: "")
        guard width > 440 else { return drawing }
        return """
            <div class="scroll" role="region" aria-label="\(Escape.html(figure.title))" tabindex="0">\
            <div style="min-width:\(SVG.number(width))px">\(drawing)</div></div>
            """
    }
}
