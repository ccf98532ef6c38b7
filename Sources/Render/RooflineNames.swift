import Document

/// Where the names of flat ceilings stand: right of a wide drawing, above their lines in a narrow one, never on each other.
struct RooflineNames {
    let isWide: Bool
    /// Of the plot.
    let top: Double
    let bottom: Double
    private var taken: [ClosedRange<Double>] = []
    /// So far a name may lie from its line, where it could as well be left out with it.
    private static let reach = 15.0

    init(isWide: Bool, top: Double, bottom: Double) {
        self.isWide = isWide
        self.top = top
        self.bottom = bottom
    }

    /// The baseline of the first line of its name; `nil` where there is no room and it is only context.
    mutating func place(_ flat: Document.Roofline.Ceiling, at level: Double) -> Double? {
        if flat.isContext, !isWide { return nil }
        let height = isWide ? 13 * Double(Self.lines(flat).count) + 3 : TextWidth.lineHeight
        var first = isWide ? max(level, top) : level - 6
        while let other = taken.first(where: { $0.overlaps(range(first, height)) }) {
            // Below what is in the way; of context above it too, where that is nearer.
            let above = other.lowerBound - height + 10.4
            if flat.isContext, level - above < Self.reach, isFree(range(above, height)) {
                first = above
                break
            }
            first = other.upperBound + 11
        }
        if flat.isContext, abs(first - level) > Self.reach || first + height > bottom + 24 { return nil }
        taken.append(range(first, height))
        return first
    }

    private func isFree(_ range: ClosedRange<Double>) -> Bool { !taken.contains { $0.overlaps(range) } }

    private func range(_ first: Double, _ height: Double) -> ClosedRange<Double> {
        (first - 10.5)...(first - 10.5 + height)
    }

    static func lines(_ flat: Document.Roofline.Ceiling) -> [String] {
        [flat.name, flat.detail, flat.doubt].filter { !$0.isEmpty }
    }
}

extension Document.Roofline.Ceiling {
    /// Dashed where it is not to be relied on, thin where it is beside the point.
    var role: Drawing.Role {
        switch (doubt.isEmpty, isContext) {
        case (true, false): .ceiling
        case (false, false): .shaky
        case (true, true): .side
        case (false, true): .sideshaky
        }
    }

    /// Its name and what follows it, the longest first. A doubt is never what is left out.
    var names: [(String, String)] {
        let end = doubt.isEmpty ? "" : ", " + doubt
        let short = name.split(separator: ", ").last.map(String.init) ?? name
        return [(name, " " + detail + end), (short, " " + detail + end), (name, end), (short, end)]
    }
}
