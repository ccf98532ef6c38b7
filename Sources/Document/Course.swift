extension Document {
    /// Quantities over time on one scale that starts at zero, with stretches of time marked.
    public struct Course: Sendable, Equatable {
        public struct Point: Sendable, Equatable {
            public var x: Double
            public var y: Double

            public init(x: Double, y: Double) {
                self.x = x
                self.y = y
            }
        }

        /// Points from left to right. A line between two holds until the later one: what was counted between them.
        public struct Series: Sendable, Equatable {
            public var name: String
            /// Unbroken stretches; between two of them nothing is known.
            public var stretches: [[Point]]

            public init(name: String, stretches: [[Point]]) {
                self.name = name
                self.stretches = stretches
            }
        }

        /// A stretch of time under which the ground is shaded.
        public struct Span: Sendable, Equatable {
            public var from: Double
            public var to: Double

            public init(from: Double, to: Double) {
                self.from = from
                self.to = to
            }
        }

        public var xTitle: String
        public var yTitle: String
        /// The first is the one that matters; the others are drawn lighter.
        public var series: [Series]
        public var spans: [Span]
        /// What the shaded stretches are.
        public var spanName: String
        /// A value to hold the course against, with its name.
        public var reference: Double?
        public var referenceName: String

        public init(
            xTitle: String, yTitle: String, series: [Series], spans: [Span], spanName: String,
            reference: Double? = nil, referenceName: String = ""
        ) {
            self.xTitle = xTitle
            self.yTitle = yTitle
            self.series = series
            self.spans = spans
            self.spanName = spanName
            self.reference = reference
            self.referenceName = referenceName
        }
    }
}
