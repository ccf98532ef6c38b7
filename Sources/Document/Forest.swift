extension Document {
    /// Ratios with their intervals on one logarithmic scale about 1, with the band in which nothing is called a difference.
    public struct Forest: Sendable, Equatable {
        public struct Row: Sendable, Equatable {
            public var label: String
            /// 1 is no difference.
            public var ratio: Double
            public var lower: Double?
            public var upper: Double?
            /// The band reaches from 1 ∕ margin to margin; 1 or less draws none.
            public var margin: Double
            /// Ratio and verdict, as written beside it.
            public var text: String
            /// No verdict rests on it.
            public var isHollow: Bool

            public init(
                label: String, ratio: Double, lower: Double?, upper: Double?, margin: Double, text: String,
                isHollow: Bool
            ) {
                self.label = label
                self.ratio = ratio
                self.lower = lower
                self.upper = upper
                self.margin = margin
                self.text = text
                self.isHollow = isHollow
            }
        }
        /// What the ratio is of, and which side of 1 is better.
        public var axis: String
        public var rows: [Row]

        public init(axis: String, rows: [Row]) {
            self.axis = axis
            self.rows = rows
        }
    }
}
