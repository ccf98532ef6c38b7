extension Document {
    /// A number before it was written: what a program reads where a person reads digits.
    public struct Quantity: Sendable, Equatable {
        /// In the base unit.
        public var value: Double
        /// Symbol of the base unit; empty for ratios.
        public var unit: String
        public var lower: Double?
        public var upper: Double?
        /// Confidence of the interval.
        public var level: Double?
        /// Over how many observations the interval is taken.
        public var count: Int?
        /// What it was taken from; several for a number that was worked out.
        public var sources: [Source]
        /// How it was worked out: a name that the schema of the format explains. Absent where it was taken as it is.
        public var formula: String?
        /// Numbers that stand in the formula beside the sources, by name.
        public var constants: [Constant]

        public init(
            value: Double, unit: String, lower: Double? = nil, upper: Double? = nil, level: Double? = nil,
            count: Int? = nil, sources: [Source], formula: String? = nil, constants: [Constant] = []
        ) {
            self.value = value
            self.unit = unit
            self.lower = lower
            self.upper = upper
            self.level = level
            self.count = count
            self.sources = sources
            self.formula = formula
            self.constants = constants
        }
    }

    /// Where a number is found again: the identity of a case, and the name of one of its metrics.
    public struct Source: Sendable, Equatable {
        public var item: String
        public var measure: String

        public init(item: String, measure: String) {
            self.item = item
            self.measure = measure
        }
    }

    public struct Constant: Sendable, Equatable {
        public var name: String
        public var value: Double

        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The numbers behind the text, unrounded, a row each: what becomes a spreadsheet.
    public struct Dataset: Sendable, Equatable {
        /// Names of the fields that stand before the quantity.
        public var fields: [String]
        public var rows: [Row]

        public struct Row: Sendable, Equatable {
            public var values: [Datum]
            public var quantity: Quantity?

            public init(values: [Datum], quantity: Quantity?) {
                self.values = values
                self.quantity = quantity
            }
        }

        public init(fields: [String], rows: [Row]) {
            self.fields = fields
            self.rows = rows
        }
    }

    public enum Datum: Sendable, Equatable {
        case text(String)
        case number(Double)
        case missing

        public init(_ text: String?) { self = text.map { .text($0) } ?? .missing }
        public init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
    }

    /// A fact about the text itself, for programs: `id`, `revision`, `created`.
    public struct Metadatum: Sendable, Equatable {
        public var key: String
        public var value: Datum

        public init(_ key: String, _ value: Datum) {
            self.key = key
            self.value = value
        }
    }
}
