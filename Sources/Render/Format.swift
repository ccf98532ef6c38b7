public import Document

/// Every text that a document can become. A new format is a case here and a file beside it.
public enum TextFormat: String, CaseIterable, Sendable {
    case md, html, tex, json, csv
    /// Markdown with front matter for site generators.
    case mdx

    /// The document first, then the pictures it refers to; `name` without its ending.
    public func render(_ document: Document, name: String = "datasheet") -> [RenderedFile] {
        switch self {
        case .md: Markdown.render(document, name: name)
        case .mdx: Markdown.render(document, name: name, hasFrontMatter: true)
        case .html: [RenderedFile(name: "\(name).html", content: HTML.render(document))]
        case .tex: [RenderedFile(name: "\(name).tex", content: LaTeX.render(document))]
        case .json: [RenderedFile(name: "\(name).json", content: JSONDocument.render(document))]
        case .csv: [RenderedFile(name: "\(name).csv", content: CSV.render(document))]
        }
    }
}
