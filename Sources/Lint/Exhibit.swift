import Model

/// What is looked at: a bundle, a comparison, or a rendered datasheet that anyone may have edited by hand.
///
/// All inputs come to the same few things, so that a rule is written once: passages and tables that a person reads,
/// and a tree of values that a program reads.
public struct Exhibit: Sendable {
    public enum Kind: Sendable { case bundle, markdown, json, comparison }

    public var kind: Kind
    /// As findings name it.
    public var file: String
    /// Everything that is read as language, in order.
    var passages: [Passage] = []
    var tables: [SheetTable] = []
    var sections: [SheetSection] = []
    var plots: [Plot] = []
    /// The values, where there are any: absent in Markdown.
    var tree: JSONTree?
    /// Measured cases found in the tree.
    var results: [Result] = []

    init(kind: Kind, file: String) {
        self.kind = kind
        self.file = file
    }

    /// Whether it is something people read, with sections that must be there.
    var isSheet: Bool { kind == .markdown || kind == .json }

    /// Place of the whole.
    var whole: Place { Place(file: file, line: kind == .markdown ? 1 : nil) }

    func place(_ path: String) -> Place { Place(file: file, path: path) }

    func passages(inSection number: Int) -> [Passage] { passages.filter { $0.section == number } }

    func tables(inSection number: Int) -> [SheetTable] { tables.filter { $0.section == number } }

    /// The first section whose title has one of `words`.
    func section(_ words: String...) -> SheetSection? {
        sections.first { section in words.contains { section.title.lowercased().contains($0) } }
    }

    /// Every object of the tree with its path.
    func objects(_ visit: (String, JSONTree) -> Void) {
        tree?.walk { path, value in
            if case .object = value { visit(path, value) }
        }
    }
}

/// A heading, sentence, cell or caption.
struct Passage: Sendable {
    enum Kind: Sendable { case heading, caption, prose, cell, picture, code }

    var text: String
    var place: Place
    var kind: Kind
    /// Number of the section, where sections are numbered.
    var section: Int?
    /// The heading or caption just above.
    var context: String
    let words: Words

    init(_ text: String, _ place: Place, _ kind: Kind, section: Int?, context: String) {
        self.text = text
        self.place = place
        self.kind = kind
        self.section = section
        self.context = context
        words = Words(kind == .code ? "" : text)
    }

    var isHeadline: Bool { kind == .heading || kind == .caption }
    /// Whether the passage says that something is not so.
    var isDenial: Bool {
        words.hasAny("not", "never", "no", "none", "nothing", "cannot", "without", "neither", "nor", "unavailable")
            || Words(context).starts("do not")
    }
}

struct SheetSection: Sendable {
    var number: Int?
    var title: String
    var place: Place
}

/// A chart as far as its honesty can be seen from data.
struct Plot: Sendable {
    var place: Place
    var title: String
    /// A line through points whose places are names.
    var joinsCategories: Bool
    /// Where the axis of bars begins; `nil` without bars.
    var barsFrom: Double?
}
