extension Document {
    /// Values over something that is a number itself: threads, bytes, seconds. Never over categories.
    public struct Lines: Sendable, Equatable {
        public struct Axis: Sendable, Equatable {
            /// How ticks are written.
            public enum Format: Sendable, Equatable { case number, bytes }
            /// With the unit.
            public var title: String
            public var isLogarithmic: Bool
            public var format: Format
            /// Where ticks stand, for axes whose values are few: thread counts. Empty: round numbers.
            public var ticks: [Double]

            public init(
                _ title: String, isLogarithmic: Bool = false, format: Format = .number, ticks: [Double] = []
            ) {
                self.title = title
                self.isLogarithmic = isLogarithmic
                self.format = format
                self.ticks = ticks
            }
        }

        public struct Point: Sendable, Equatable {
            public var x: Double
            public var y: Double
            public var lower: Double?
            public var upper: Double?

            public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
                self.x = x
                self.y = y
                self.lower = lower
                self.upper = upper
            }
        }

        public struct Series: Sendable, Equatable {
            /// What it is to the reader: measured, what it is held against, or what surrounds it.
            public enum Role: Sendable, Equatable { case measured, reference, context }
            public var name: String
            public var role: Role
            public var points: [Point]
            /// Marks tell series apart, not colours. Long courses have none.
            public var mark: Roofline.Point.Mark?
            public var isHollow: Bool

            public init(
                name: String, role: Role = .measured, points: [Point], mark: Roofline.Point.Mark? = .circle,
                isHollow: Bool = false
            ) {
                self.name = name
                self.role = role
                self.points = points
                self.mark = mark
                self.isHollow = isHollow
            }
        }

        /// A named place on an axis: the size of a cache, a bound.
        public struct Marker: Sendable, Equatable {
            public enum Direction: Sendable, Equatable { case vertical, horizontal }
            public var name: String
            public var direction: Direction
            public var value: Double

            public init(name: String, direction: Direction, value: Double) {
                self.name = name
                self.direction = direction
                self.value = value
            }
        }

        public var x: Axis
        public var y: Axis
        public var series: [Series]
        public var markers: [Marker]

        public init(x: Axis, y: Axis, series: [Series], markers: [Marker] = []) {
            self.x = x
            self.y = y
            self.series = series
            self.markers = markers
        }
    }
}
