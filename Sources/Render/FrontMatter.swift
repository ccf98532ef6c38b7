import Document
import Units

/// YAML before a Markdown text. Every text is quoted, so that none can be read as anything else.
struct FrontMatter {
    private let fields: [Card.Field]

    init(_ fields: [Card.Field]) { self.fields = fields }

    init(_ fields: [(String, Card.Matter)]) { self.fields = fields.map { Card.Field($0.0, $0.1) } }

    func write() -> String { "---\n\(Self.mapping(fields, indent: 0))---\n" }

    private static func mapping(_ fields: [Card.Field], indent: Int) -> String {
        fields.map { field in
            let pad = String(repeating: " ", count: indent)
            switch field.value {
            case .text, .number: return "\(pad)\(field.key): \(scalar(field.value))\n"
            case .list(let items):
                if items.isEmpty { return "\(pad)\(field.key): []\n" }
                return "\(pad)\(field.key):\n" + items.map { entry($0, indent: indent + 2) }.joined()
            case .mapping(let inner): return "\(pad)\(field.key):\n" + mapping(inner, indent: indent + 2)
            }
        }.joined()
    }

    /// `- ` and what follows it, the first key on the same line.
    private static func entry(_ item: Card.Matter, indent: Int) -> String {
        let pad = String(repeating: " ", count: indent)
        guard case .mapping(let fields) = item else { return "\(pad)- \(scalar(item))\n" }
        let text = mapping(fields, indent: indent + 2)
        return "\(pad)- " + text.dropFirst(indent + 2)
    }

    private static func scalar(_ matter: Card.Matter) -> String {
        switch matter {
        case .text(let text): quoted(text)
        case .number(let number): number.isFinite ? JSONText.digits(number) : "null"
        case .list, .mapping: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        let inner = Neutral.text(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(inner)\""
    }
}
