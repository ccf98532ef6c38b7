public import Document

/// A card as Markdown with front matter: read unchanged by GitHub, Hugging Face, MyST and MDX.
public enum CardMarkdown {
    public static func render(_ card: Card) -> RenderedFile {
        var page = Markdown.Page(name: card.name, anchors: Anchors([]))
        var parts = ["# \(Escape.markdown(card.title))"] + card.introduction.map { page.prose($0) }
        for section in card.sections {
            parts.append("## \(Escape.markdown(section.title))")
            for block in section.blocks { parts += page.block(block) }
        }
        return RenderedFile(
            name: "\(card.name).md",
            content: FrontMatter(card.matter).write() + "\n" + parts.joined(separator: "\n\n") + "\n")
    }
}
