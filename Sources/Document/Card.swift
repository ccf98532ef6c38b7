/// A short text about one thing, with facts for programs before it: a model card, a dataset card.
public struct Card: Sendable, Equatable {
    /// File name without its ending; harmless as one.
    public var name: String
    public var title: String
    public var matter: [Field]
    public var introduction: [Prose]
    public var sections: [Section]

    public struct Section: Sendable, Equatable {
        public var title: String
        public var blocks: [Document.Block]

        public init(_ title: String, _ blocks: [Document.Block]) {
            self.title = title
            self.blocks = blocks
        }
    }

    /// A key of the front matter.
    public struct Field: Sendable, Equatable {
        public var key: String
        public var value: Matter

        public init(_ key: String, _ value: Matter) {
            self.key = key
            self.value = value
        }
    }

    public indirect enum Matter: Sendable, Equatable {
        case text(String)
        case number(Double)
        case list([Matter])
        case mapping([Field])
    }

    public init(name: String, title: String, matter: [Field], introduction: [Prose], sections: [Section]) {
        self.name = name
        self.title = title
        self.matter = matter
        self.introduction = introduction
        self.sections = sections
    }

    /// The same card with every text in it replaced.
    public func mapTexts(_ change: (String) -> String) -> Card {
        Card(
            name: name, title: change(title), matter: matter.map { Field($0.key, $0.value.mapTexts(change)) },
            introduction: introduction.map { $0.mapTexts(change) },
            sections: sections.map { section in Section(section.title, section.blocks.map { $0.mapTexts(change) }) })
    }
}

extension Card.Matter {
    fileprivate func mapTexts(_ change: (String) -> String) -> Card.Matter {
        switch self {
        case .text(let text): .text(change(text))
        case .number: self
        case .list(let items): .list(items.map { $0.mapTexts(change) })
        case .mapping(let fields): .mapping(fields.map { Card.Field($0.key, $0.value.mapTexts(change)) })
        }
    }
}
