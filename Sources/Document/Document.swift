/// A finished text with tables and charts as values, with no idea of what it is about.
///
/// The editor decides everything that is said; a renderer decides only how its format says it. So a new format is one
/// file, and a new section reaches every format at once.
public struct Document: Sendable, Equatable {
    /// What kind of text this is, for the running head: `Assay hardware datasheet`.
    public var kind: String
    public var title: String
    /// Result id and date, for the running head.
    public var result: String
    /// One line under the title.
    public var identity: Prose
    /// What the whole text found, where a rule found something.
    public var finding: Prose?
    public var stamp: Stamp
    public var glance: Glance
    /// Name of the second reading depth, under which the sections stand.
    public var contentsTitle: String
    public var sections: [Section]
    /// Last line.
    public var colophon: Prose
    /// Facts about the text itself, for programs.
    public var metadata: [Metadatum] = []
    /// What was stated when it was made; `nil` where the source alone makes it.
    public var stated: Stated?
    /// The numbers behind the text, for programs and spreadsheets.
    public var dataset = Dataset(fields: [], rows: [])

    public init(
        kind: String, title: String, result: String, identity: Prose, finding: Prose?, stamp: Stamp, glance: Glance,
        contentsTitle: String, sections: [Section], colophon: Prose
    ) {
        self.kind = kind
        self.title = title
        self.result = result
        self.identity = identity
        self.finding = finding
        self.stamp = stamp
        self.glance = glance
        self.contentsTitle = contentsTitle
        self.sections = sections
        self.colophon = colophon
    }
}

extension Document {
    /// How far the text may be relied on: a word, and why.
    public struct Stamp: Sendable, Equatable {
        public var word: String
        public var reason: Prose
        /// Whether a reader should pause here.
        public var isCaution: Bool

        public init(word: String, reason: Prose, isCaution: Bool) {
            self.word = word
            self.reason = reason
            self.isCaution = isCaution
        }
    }

    /// A numbered section. Its number is its address: links name it.
    public struct Section: Sendable, Equatable {
        public var number: Int
        public var title: String
        /// What it found; absent where no rule fired, and then the plain title stands alone.
        public var finding: Prose?
        public var blocks: [Block]

        public init(number: Int, title: String, finding: Prose? = nil, blocks: [Block]) {
            self.number = number
            self.title = title
            self.finding = finding
            self.blocks = blocks
        }

        /// The anchor every format uses.
        public var id: String { Section.id(number) }

        public static func id(_ number: Int) -> String { "s\(number)" }
    }
}
