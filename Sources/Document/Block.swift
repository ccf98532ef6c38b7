extension Document {
    /// A piece of a section.
    public indirect enum Block: Sendable, Equatable {
        case heading(String)
        case paragraph(Prose)
        case table(Table)
        case definitions([Definition])
        /// Short lists side by side.
        case bullets([BulletColumn])
        /// Lines to be typed or read as they are.
        case code(String)
        case figure(Figure)
        case tree(Tree)
        /// Stacks side by side where there is room, one under the other elsewhere.
        case row([[Block]])
        /// Left closed until asked for, where the format can do that; always open on paper.
        case folded(title: String, blocks: [Block])
    }

    public struct Definition: Sendable, Equatable {
        public var term: String
        public var meaning: Prose

        public init(_ term: String, _ meaning: Prose) {
            self.term = term
            self.meaning = meaning
        }
    }

    public struct BulletColumn: Sendable, Equatable {
        public var title: String
        public var items: [Prose]

        public init(title: String, items: [Prose]) {
            self.title = title
            self.items = items
        }
    }

    /// A label, what stands beside it, and what hangs under it.
    public struct Tree: Sendable, Equatable {
        public var label: String
        public var detail: String
        public var children: [Tree]

        public init(_ label: String, _ detail: String = "", children: [Tree] = []) {
            self.label = label
            self.detail = detail
            self.children = children
        }
    }
}
