extension Document {
    /// Rows of cells under column heads; the first cell of a row names it.
    public struct Table: Sendable, Equatable {
        public var caption: String
        public var columns: [Column]
        public var groups: [Group]
        public var notes: [Prose]
        /// Few short columns: not stretched over the page.
        public var isCompact: Bool

        public init(
            caption: String, columns: [Column], groups: [Group], notes: [Prose] = [], isCompact: Bool = false
        ) {
            self.caption = caption
            self.columns = columns
            self.groups = groups
            self.notes = notes
            self.isCompact = isCompact
        }

        /// A table without groups.
        public init(
            caption: String, columns: [Column], rows: [[Cell]], notes: [Prose] = [], isCompact: Bool = false
        ) {
            self.init(
                caption: caption, columns: columns, groups: [Group(rows: rows)], notes: notes, isCompact: isCompact)
        }

        /// Whether any column has a head; a table of names and values has none.
        public var hasHeads: Bool { columns.contains { !$0.title.isEmpty } }
    }

    public struct Column: Sendable, Equatable {
        public enum Alignment: Sendable, Equatable { case text, number }
        public var title: String
        public var alignment: Alignment
        /// Where room is short, its cells move under the row's name.
        public var folds: Bool

        public init(_ title: String, _ alignment: Alignment = .text, folds: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.folds = folds
        }
    }

    public struct Group: Sendable, Equatable {
        public var title: String?
        public var note: String
        public var rows: [[Cell]]

        public init(title: String? = nil, note: String = "", rows: [[Cell]]) {
            self.title = title
            self.note = note
            self.rows = rows
        }
    }

    public struct Cell: Sendable, Equatable {
        public enum Content: Sendable, Equatable {
            case text(Prose)
            /// Already written out: digits, decimals, sign.
            case number(String)
            case share(Share)
            case sparkline(Sparkline)
            /// Does not apply here; never used for something that is missing.
            case notApplicable
        }
        /// What a reader should make of it; each format shows it in its own way, never by colour alone.
        public enum Emphasis: Sendable, Equatable { case none, quiet, good, bad }

        public var content: Content
        public var emphasis: Emphasis
        /// The number that is written here, for programs.
        public var quantity: Quantity?

        public init(_ content: Content, _ emphasis: Emphasis = .none, quantity: Quantity? = nil) {
            self.content = content
            self.emphasis = emphasis
            self.quantity = quantity
        }

        public static func text(_ prose: Prose, _ emphasis: Emphasis = .none) -> Cell { Cell(.text(prose), emphasis) }
        public static func number(_ text: String, quantity: Quantity? = nil) -> Cell {
            Cell(.number(text), quantity: quantity)
        }
        /// Text that comes from data.
        public static func data(_ text: String, _ emphasis: Emphasis = .none) -> Cell {
            Cell(.text(Prose(text)), emphasis)
        }
        public static var notApplicable: Cell { Cell(.notApplicable, .quiet) }
    }

    /// A part of a whole that was measured: a bar, a percentage, and whose share it is.
    public struct Share: Sendable, Equatable {
        /// 1 is all of it.
        public var fraction: Double
        /// `93 %`.
        public var text: String
        public var of: String
        /// The value behind it is not fit to rest on.
        public var isHollow: Bool

        public init(fraction: Double, text: String, of: String, isHollow: Bool) {
            self.fraction = fraction
            self.text = text
            self.of = of
            self.isHollow = isHollow
        }
    }
}
