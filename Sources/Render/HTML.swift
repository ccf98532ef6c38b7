public import Document

/// One self-contained page: no script, no other file, light and dark, and a style sheet for paper.
public enum HTML {
    public static func render(_ document: Document) -> String {
        var page = Page()
        return page.write(document)
    }

    /// A plain page: a title, a sentence, and what is to be shown.
    public static func page(kind: String, title: String, lead: Prose, blocks: [Document.Block]) -> String {
        var page = Page()
        let body = blocks.map { page.block($0) }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(Escape.html("\(title): \(kind)"))</title>
            <style>
            \(Stylesheet.page + Stylesheet.sheet(title: title, result: kind))</style>
            </head>
            <body>
            <div class="page">
            <header>
            <div class="running"><span>\(Escape.html(kind))</span></div>
            <h1>\(Escape.html(title))</h1>
            <p class="identity">\(prose(lead))</p>
            </header>
            <main class="body" style="margin-top:28px">
            \(body)
            </main>
            </div>
            </body>
            </html>

            """
    }

    /// What is written while a page grows; counts figures, whose titles need names of their own.
    struct Page {
        var figures = 0

        mutating func write(_ document: Document) -> String {
            let title = Escape.html("\(document.title): \(document.kind)")
            let style = Stylesheet.page + Stylesheet.sheet(title: document.title, result: document.result)
            return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>\(title)</title>
                <style>
                \(style)</style>
                </head>
                <body>
                <div class="page">
                \(header(document))
                <main>
                \(glance(document.glance))
                \(contents(document))
                \(document.sections.map { section($0) }.joined(separator: "\n"))
                </main>
                <footer class="end">\(HTML.prose(document.colophon))</footer>
                </div>
                </body>
                </html>

                """
        }

        private func header(_ document: Document) -> String {
            let stamp = document.stamp
            let finding = document.finding.map { "\n<p class=\"finding\">\(HTML.prose($0))</p>" } ?? ""
            return """
                <header>
                <div class="running"><span>\(Escape.html(document.kind))</span><span>\(Escape.html(document.result))</span></div>
                <div class="title">
                <div>
                <h1>\(Escape.html(document.title))</h1>
                <p class="identity">\(HTML.prose(document.identity))</p>\(finding)
                </div>
                <p class="stamp\(stamp.isCaution ? " caution" : "")"><b>\(Escape.html(stamp.word))</b> \(HTML.prose(stamp.reason))</p>
                </div>
                </header>
                """
        }

        private func contents(_ document: Document) -> String {
            let glance = (document.glance.number, document.glance.title)
            let entries = (document.sections.map { ($0.number, $0.title) } + [glance]).sorted { $0.0 < $1.0 }
            let items = entries.map { number, title in
                "<li><a href=\"#\(Document.Section.id(number))\"><span class=\"no\">\(number)</span>\(Escape.html(title))</a></li>"
            }
            return """
                <nav class="contents" aria-labelledby="contents">
                <h2 id="contents">\(Escape.html(document.contentsTitle))</h2>
                <ol>
                \(items.joined(separator: "\n"))
                </ol>
                </nav>
                """
        }

        private mutating func section(_ section: Document.Section) -> String {
            let gist = section.finding.map { "\n<p class=\"gist\">\(HTML.prose($0))</p>" } ?? ""
            // A section with a long table starts a page, so that its numbers stand together.
            let opens = section.blocks.contains {
                if case .table(let table) = $0 { table.groups.count > 1 } else { false }
            }
            return """
                <section class="s\(opens ? " opens" : "")" id="\(section.id)" aria-labelledby="\(section.id)h">
                <header><h2 id="\(section.id)h"><span class="no">\(section.number)</span>\(Escape.html(section.title))</h2>\(gist)</header>
                <div class="body">
                \(section.blocks.map { block($0) }.joined(separator: "\n"))
                </div>
                </section>
                """
        }
    }

    static func prose(_ prose: Prose) -> String {
        prose.runs.map { run in
            switch run {
            case .plain(let text): Escape.html(text)
            case .strong(let text): "<b>\(Escape.html(text))</b>"
            case .code(let text): "<code>\(Escape.html(text))</code>"
            case .link(let text, let section): "<a href=\"#\(Document.Section.id(section))\">\(Escape.html(text))</a>"
            }
        }.joined()
    }
}
