import Document

/// Where links to sections lead in Markdown: to their headings, under the names that GitHub, MyST and Docusaurus all give.
struct Anchors {
    private let names: [Int: String]

    init(_ document: Document) {
        self.init([(document.glance.number, document.glance.title)] + document.sections.map { ($0.number, $0.title) })
    }

    init(_ sections: [(number: Int, title: String)]) {
        names = Dictionary(sections.map { ($0.number, Self.name("\($0.number) \($0.title)")) }) { first, _ in first }
    }

    subscript(_ section: Int) -> String? { names[section] }

    /// Small letters and digits stay, blanks become hyphens, the rest goes.
    static func name(_ heading: String) -> String {
        var name = ""
        for character in heading.lowercased() {
            if character.isLetter || character.isNumber || character == "-" || character == "_" {
                name.append(character)
            } else if character == " " {
                name.append("-")
            }
        }
        return name
    }
}
