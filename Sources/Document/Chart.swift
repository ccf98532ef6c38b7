extension Document {
    /// A chart with what it shows, in words for those who see it and for those who do not.
    public struct Figure: Sendable, Equatable {
        /// What the chart shows, as a sentence where a rule found one.
        public var title: String
        public var subtitle: String
        /// Its content in words.
        public var description: String
        public var chart: Chart

        public init(title: String, subtitle: String, description: String, chart: Chart) {
            self.title = title
            self.subtitle = subtitle
            self.description = description
            self.chart = chart
        }
    }

    /// Charts as data, in the units they are shown in.
    public enum Chart: Sendable, Equatable {
        case roofline(Roofline)
        case bars(Bars)
        case lines(Lines)
        case forest(Forest)
        case boxes([Box])
        case course(Course)
        case trace(Trace)
    }

    /// Points under ceilings, both axes logarithmic.
    public struct Roofline: Sendable, Equatable {
        public struct Ceiling: Sendable, Equatable {
            public enum Kind: Sendable, Equatable {
                /// y = value.
                case flat
                /// y = value · x.
                case slope
            }
            public var name: String
            public var detail: String
            public var kind: Kind
            public var value: Double
            /// Why it is not to be relied on: drawn dashed, and named. Empty where it is.
            public var doubt: String
            /// Beside what the points are held against: drawn thin, and only where there is room for its name.
            public var isContext: Bool
            public var quantity: Quantity?

            public init(
                name: String, detail: String, kind: Kind, value: Double, doubt: String = "", isContext: Bool = false
            ) {
                self.name = name
                self.detail = detail
                self.kind = kind
                self.value = value
                self.doubt = doubt
                self.isContext = isContext
            }
        }
        public struct Point: Sendable, Equatable {
            /// Told apart by shape, never by colour.
            public enum Mark: Sendable, Equatable, CaseIterable { case circle, square, diamond }
            public var label: String
            public var detail: String
            public var x: Double
            public var y: Double
            public var mark: Mark
            public var isHollow: Bool
            /// The number that stands on the vertical axis, for programs.
            public var quantity: Quantity?

            public init(label: String, detail: String, x: Double, y: Double, mark: Mark, isHollow: Bool) {
                self.label = label
                self.detail = detail
                self.x = x
                self.y = y
                self.mark = mark
                self.isHollow = isHollow
            }
        }
        public var xTitle: String
        public var yTitle: String
        public var ceilings: [Ceiling]
        public var points: [Point]
        /// What each mark stands for, where more than one is used.
        public var marks: [Legend]

        public struct Legend: Sendable, Equatable {
            public var mark: Point.Mark
            public var name: String

            public init(mark: Point.Mark, name: String) {
                self.mark = mark
                self.name = name
            }
        }

        public init(xTitle: String, yTitle: String, ceilings: [Ceiling], points: [Point], marks: [Legend]) {
            self.xTitle = xTitle
            self.yTitle = yTitle
            self.ceilings = ceilings
            self.points = points
            self.marks = marks
        }
    }

    /// Horizontal bars or dots with intervals, on one scale that starts at zero.
    public struct Bars: Sendable, Equatable {
        public enum Style: Sendable, Equatable { case bar, dot }
        public struct Row: Sendable, Equatable {
            public var label: String
            public var value: Double
            public var lower: Double?
            public var upper: Double?
            /// The value as written beside it.
            public var text: String
            public var isHollow: Bool
            public var quantity: Quantity?

            public init(label: String, value: Double, lower: Double?, upper: Double?, text: String, isHollow: Bool) {
                self.label = label
                self.value = value
                self.lower = lower
                self.upper = upper
                self.text = text
                self.isHollow = isHollow
            }
        }
        public var axis: String
        public var style: Style
        public var rows: [Row]
        /// A value to hold the rows against, with its name.
        public var reference: Double?
        public var referenceName: String

        public init(axis: String, style: Style, rows: [Row], reference: Double? = nil, referenceName: String = "") {
            self.axis = axis
            self.style = style
            self.rows = rows
            self.reference = reference
            self.referenceName = referenceName
        }
    }

    /// Boxes in boxes: what contains what.
    public struct Box: Sendable, Equatable {
        public enum Style: Sendable, Equatable {
            /// A frame around what it contains.
            case frame
            /// A strip above what hangs under it.
            case strip
            /// Stands for others that look the same.
            case ellipsis
            /// Small, one of many in rows: the label, and each line of the detail, one under the other.
            case cell
            /// Text without an outline, as long as it needs to be.
            case note
            /// A frame around what is attached rather than contained.
            case device
        }
        public var label: String
        public var detail: String
        public var style: Style
        public var children: [Box]

        public init(_ label: String, _ detail: String, _ style: Style, children: [Box] = []) {
            self.label = label
            self.detail = detail
            self.style = style
            self.children = children
        }
    }

    /// The course of one thing over time, small enough for a table cell.
    public struct Sparkline: Sendable, Equatable {
        public var values: [Double]
        /// Drawn dotted.
        public var bound: Double?

        public init(values: [Double], bound: Double?) {
            self.values = values
            self.bound = bound
        }
    }
}
