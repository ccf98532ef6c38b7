extension Document {
    /// The half page that someone reads who has to decide: figures and limits in equal weight, one picture, the facts.
    public struct Glance: Sendable, Equatable {
        public var number: Int
        public var title: String
        public var headlines: Headlines
        public var caution: Caution
        public var figure: Figure?
        public var facts: Facts

        public init(
            number: Int, title: String, headlines: Headlines, caution: Caution, figure: Figure?, facts: Facts
        ) {
            self.number = number
            self.title = title
            self.headlines = headlines
            self.caution = caution
            self.figure = figure
            self.facts = facts
        }
    }

    /// The few numbers that stand for all.
    public struct Headlines: Sendable, Equatable {
        public var title: String
        /// What all of them have in common, as head of the first column.
        public var common: String
        /// Heads of the other three columns.
        public var valueTitle: String
        public var intervalTitle: String
        public var shareTitle: String
        public var rows: [Headline]
        /// Said where there is no row.
        public var none: String

        public init(
            title: String, common: String, valueTitle: String, intervalTitle: String, shareTitle: String,
            rows: [Headline], none: String
        ) {
            self.title = title
            self.common = common
            self.valueTitle = valueTitle
            self.intervalTitle = intervalTitle
            self.shareTitle = shareTitle
            self.rows = rows
            self.none = none
        }
    }

    public struct Headline: Sendable, Equatable {
        public var label: String
        public var note: String
        public var value: String
        /// `± 1.5 GFLOP/s`.
        public var interval: String
        public var share: Cell
        /// The number that is written here, for programs.
        public var quantity: Quantity?

        public init(
            label: String, note: String, value: String, interval: String, share: Cell, quantity: Quantity? = nil
        ) {
            self.quantity = quantity
            self.label = label
            self.note = note
            self.value = value
            self.interval = interval
            self.share = share
        }
    }

    /// What could mislead, worst first.
    public struct Caution: Sendable, Equatable {
        public var title: String
        public var common: String
        public var items: [Prose]

        public init(title: String, common: String, items: [Prose]) {
            self.title = title
            self.common = common
            self.items = items
        }
    }

    public struct Facts: Sendable, Equatable {
        public var title: String
        public var items: [Definition]

        public init(title: String, items: [Definition]) {
            self.title = title
            self.items = items
        }
    }
}
