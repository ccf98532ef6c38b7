import Units
public import Document

extension Markdown {
    /// Blocks without a document around them: for a comment or a step summary. Charts are left out.
    public static func render(_ blocks: [Document.Block]) -> String {
        var page = Page(name: "fragment", anchors: Anchors([]))
        return blocks.flatMap { block -> [String] in
            if case .figure = block { return [] }
            return page.block(block)
        }.filter { $0 != "****" }.joined(separator: "\n\n") + "\n"
    }
}

extension Terminal {
    /// Tables and paragraphs, one under the other; what a terminal cannot show is left out.
    public func render(_ blocks: [Document.Block]) -> String {
        blocks.compactMap { block -> String? in
            switch block {
            case .table(let table): render(table)
            case .paragraph(let prose): Neutral.text(prose.text) + "\n"
            case .heading(let text): Neutral.text(text) + "\n"
            default: nil
            }
        }.joined(separator: "\n")
    }
}
