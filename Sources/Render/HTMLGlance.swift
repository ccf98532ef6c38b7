import Document

extension HTML.Page {
    /// Figures and limits side by side in equal weight; under them the picture and the facts.
    mutating func glance(_ glance: Document.Glance) -> String {
        let picture = glance.figure.map { figure($0) } ?? ""
        return """
            <div class="glance" id="\(Document.Section.id(glance.number))">
            \(headlines(glance.headlines))
            \(caution(glance.caution))
            \(picture)
            <section class="facts" aria-labelledby="facts">
            <h2 id="facts">\(Escape.html(glance.facts.title))</h2>
            <dl>
            \(glance.facts.items.map { "<dt>\(Escape.html($0.term))</dt><dd>\(HTML.prose($0.meaning))</dd>" }.joined(separator: "\n"))
            </dl>
            </section>
            </div>
            """
    }

    private func headlines(_ headlines: Document.Headlines) -> String {
        let heads = """
            <thead><tr><th scope="col">\(Escape.html(headlines.common))</th><th scope="col" class="v">\(Escape.html(headlines.valueTitle))</th>\
            <th scope="col" class="u">\(Escape.html(headlines.intervalTitle))</th><th scope="col" class="s">\(Escape.html(headlines.shareTitle))</th></tr></thead>
            """
        let table = """
            <table class="heads">
            <caption class="unseen">\(Escape.html(headlines.title))</caption>
            \(heads)
            <tbody>
            \(headlines.rows.map(headline).joined(separator: "\n"))
            </tbody>
            </table>
            """
        return """
            <section aria-labelledby="delivers">
            <h2 id="delivers">\(Escape.html(headlines.title))</h2>
            \(headlines.rows.isEmpty ? "<p class=\"sub\">\(Escape.html(headlines.none))</p>" : table)
            </section>
            """
    }

    private func headline(_ row: Document.Headline) -> String {
        """
        <tr><th scope="row">\(Escape.html(row.label))<small>\(Escape.html(row.note))</small></th><td class="v">\(Escape.html(row.value))</td>\
        <td class="u">\(Escape.html(row.interval))</td><td class="s">\(HTML.content(row.share.content))</td></tr>
        """
    }

    private func caution(_ caution: Document.Caution) -> String {
        """
        <section aria-labelledby="beware">
        <h2 id="beware">\(Escape.html(caution.title))</h2>
        <p class="sub">\(Escape.html(caution.common))</p>
        <ul class="beware">
        \(caution.items.map { "<li>\(HTML.prose($0))</li>" }.joined(separator: "\n"))
        </ul>
        </section>
        """
    }
}
