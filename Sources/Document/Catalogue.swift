/// Many finished documents side by side: what an index of them shows, and what can be held against each other.
public struct Catalogue: Sendable, Equatable {
    public var title: String
    public var entries: [Entry]
    /// What was given and could not be read, with the reason: nothing is left out silently.
    public var refused: [Refusal]

    public init(title: String, entries: [Entry], refused: [Refusal]) {
        self.title = title
        self.entries = entries
        self.refused = refused
    }

    public struct Refusal: Sendable, Equatable {
        public var name: String
        public var reason: String

        public init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    /// One document, reduced to what is compared.
    public struct Entry: Sendable, Equatable {
        /// Lower-case letters, digits and dashes: safe as a file name and in an address, unique in its catalogue.
        public var id: String
        public var title: String
        public var result: String
        public var identity: String
        public var created: String
        public var suite: String
        public var stamp: String
        public var isCaution: Bool
        public var headlines: [Document.Headline]
        public var dataset: Document.Dataset
        /// Names and values of the configuration.
        public var facts: [Fact]
        /// By item of the dataset: what must be equal on both sides for a ratio to be made.
        public var marks: [String: Mark] = [:]
        /// What was decided of this entry against others, where that was done beforehand.
        public var verdicts: [Against] = []
    }

    /// Stands for what was measured and for who computed; the second absent where that is not known, and then it forbids nothing.
    public struct Mark: Sendable, Equatable {
        public var subject: String
        public var maker: String?

        public init(subject: String, maker: String?) {
            self.subject = subject
            self.maker = maker
        }
    }

    /// Verdicts of one entry against another, by item and measure.
    public struct Against: Sendable, Equatable {
        /// The other's id.
        public var id: String
        public var verdicts: [Verdict]

        public struct Verdict: Sendable, Equatable {
            public var item: String
            public var measure: String
            public var word: String
            /// Why, where that is not plain from the numbers.
            public var reason: String?

            public init(item: String, measure: String, word: String, reason: String?) {
                self.item = item
                self.measure = measure
                self.word = word
                self.reason = reason
            }
        }

        public init(id: String, verdicts: [Verdict]) {
            self.id = id
            self.verdicts = verdicts
        }
    }

    public struct Fact: Sendable, Equatable {
        public var name: String
        public var value: String
    }
}

extension Catalogue.Entry {
    /// - Parameter id: safe and unique; see `Catalogue.identities`.
    public init(_ document: Document, id: String) {
        self.id = id
        title = document.title
        result = document.result
        identity = document.identity.text
        created = Self.text(document, "created")
        suite = Self.text(document, "suite")
        stamp = document.stamp.word
        isCaution = document.stamp.isCaution
        headlines = document.glance.headlines.rows
        dataset = document.dataset
        facts = document.sections.filter { (4...7).contains($0.number) }.flatMap { $0.blocks.flatMap(Self.facts) }
    }

    private static func text(_ document: Document, _ key: String) -> String {
        guard case .text(let text)? = document.metadata.first(where: { $0.key == key })?.value else { return "" }
        return text
    }

    /// Rows of tables of two or three columns whose first names something.
    private static func facts(_ block: Document.Block) -> [Catalogue.Fact] {
        switch block {
        case .table(let table) where !table.hasHeads || table.columns.count > 2:
            table.groups.flatMap(\.rows).compactMap { row in
                guard row.count >= 2, case .text(let name) = row[0].content, case .text(let value) = row[1].content
                else {
                    return nil
                }
                return Catalogue.Fact(name: name.text, value: value.text)
            }
        case .row(let stacks): stacks.flatMap { $0.flatMap(facts) }
        case .folded(_, let blocks): blocks.flatMap(facts)
        default: []
        }
    }
}

extension Catalogue {
    /// A safe and unique name for each of `names`, in their order.
    public static func identities(_ names: [String]) -> [String] {
        var used: Set<String> = []
        return names.map { name in
            let plain = String(
                name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(64))
            let base = plain.contains { $0 != "-" } ? plain : "bundle"
            var candidate = base
            var count = 2
            while !used.insert(candidate).inserted {
                candidate = "\(base)-\(count)"
                count += 1
            }
            return candidate
        }
    }
}
