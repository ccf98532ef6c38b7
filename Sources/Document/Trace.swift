extension Document {
    /// One figure over many runs, in their order: the axis covers what was seen, and says so.
    public struct Trace: Sendable, Equatable {
        public struct Point: Sendable, Equatable {
            /// Place among the runs, from 0.
            public var run: Int
            /// In the unit of the axis.
            public var value: Double
            public var isHollow: Bool

            public init(run: Int, value: Double, isHollow: Bool = false) {
                self.run = run
                self.value = value
                self.isHollow = isHollow
            }
        }

        /// A level that held from one run to another.
        public struct Level: Sendable, Equatable {
            public var from: Int
            public var to: Int
            public var value: Double

            public init(from: Int, to: Int, value: Double) {
                self.from = from
                self.to = to
                self.value = value
            }
        }

        /// A run at which something is to be said.
        public struct Mark: Sendable, Equatable {
            public var run: Int
            /// Short: a number or a letter, said beside the chart.
            public var label: String

            public init(run: Int, label: String) {
                self.run = run
                self.label = label
            }
        }

        public var axis: String
        public var runs: Int
        /// What stands under the left and the right end.
        public var first: String
        public var last: String
        public var points: [Point]
        public var levels: [Level]
        /// Where a level changed.
        public var shifts: [Mark]
        /// Where something else is known to have changed.
        public var breaks: [Mark]

        public init(
            axis: String, runs: Int, first: String, last: String, points: [Point], levels: [Level], shifts: [Mark],
            breaks: [Mark]
        ) {
            self.axis = axis
            self.runs = runs
            self.first = first
            self.last = last
            self.points = points
            self.levels = levels
            self.shifts = shifts
            self.breaks = breaks
        }
    }
}
