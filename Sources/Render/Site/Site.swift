public import Document

/// A static site: an index of many datasheets, a page for each, and a page that holds some against each other.
///
/// Everything works from a folder, without a server: pages are whole in themselves, the index is a table that can be read without
/// its script, and only the comparison loads data, from files beside it.
public enum Site {
    /// The index and the page of comparisons.
    public static func pages(_ catalogue: Catalogue) -> [RenderedFile] {
        [
            RenderedFile(name: "index.html", content: index(catalogue)),
            RenderedFile(name: "compare.html", content: comparison(catalogue)),
        ]
    }

    /// The page of one document, with its path in the site.
    public static func page(_ entry: Catalogue.Entry, _ document: Document) -> RenderedFile {
        let back = "<div class=\"page\">\n<p class=\"back\"><a href=\"../index.html\">All machines</a></p>"
        let page = HTML.render(document).replacing("<div class=\"page\">", with: back, maxReplacements: 1)
            .replacing(
                "</style>",
                with:
                    ".back { margin: 0 0 8px; font-size: 11.5px; } @media print { .back { display: none; } }\n</style>",
                maxReplacements: 1)
        return RenderedFile(name: "machines/\(entry.id).html", content: page)
    }

    /// A call with the entry as JSON: a script, because a page that was opened from a folder may load nothing else.
    public static func data(_ entry: Catalogue.Entry) -> RenderedFile {
        let rows = entry.dataset.rows.map { row -> JSONText in
            var members = zip(entry.dataset.fields, row.values).map { ($0, JSONDocument.datum($1)) }
            members.append(("quantity", row.quantity.flatMap(JSONDocument.quantity) ?? .null))
            return .object(members)
        }
        let marks = entry.marks.sorted { $0.key < $1.key }.map { item, mark in
            (item, JSONText.array([.string(mark.subject), mark.maker.map { .string($0) } ?? .null]))
        }
        let verdicts = entry.verdicts.map { against in
            (
                against.id,
                JSONText.object(
                    against.verdicts.map { one in
                        (
                            "\(one.item)|\(one.measure)",
                            .array([.string(one.word), one.reason.map { .string($0) } ?? .null])
                        )
                    })
            )
        }
        let facts = entry.facts.map { JSONText.array([.string($0.name), .string($0.value)]) }
        let json = JSONText.object([
            ("id", .string(entry.id)), ("title", .string(entry.title)), ("result", .string(entry.result)),
            ("identity", .string(entry.identity)), ("stamp", .string(entry.stamp)), ("facts", .array(facts)),
            ("rows", .array(rows)), ("marks", .object(marks)), ("verdicts", .object(verdicts)),
        ])
        return RenderedFile(name: "data/\(entry.id).js", content: "assayAdd(\(json.write().dropLast()));\n")
    }

    static func page(title: String, style: String, body: String, script: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Escape.html(title))</title>
        <style>
        \(Stylesheet.page)\(style)</style>
        </head>
        <body>
        <div class="page">
        \(body)
        </div>
        <script>
        \(script)</script>
        </body>
        </html>

        """
    }
}
