/// Puts labels where they cover neither each other nor what is drawn.
///
/// Greedy, in the order given: the first free place of a fixed list is taken. Not the best arrangement there is, but the
/// same one every time, and a label that finds no place is left out rather than printed over another.
struct Labels {
    let bounds: Drawing.Box
    private var taken: [Drawing.Box] = []

    init(bounds: Drawing.Box) { self.bounds = bounds }

    mutating func block(_ box: Drawing.Box) { taken.append(box) }

    /// Keeps a line free, in steps of a few pixels.
    mutating func block(from a: Drawing.Spot, to b: Drawing.Spot) {
        let steps = min(max(Int(max(abs(b.x - a.x), abs(b.y - a.y)) / 4), 1), 400)
        for step in 0...steps {
            let t = Double(step) / Double(steps)
            taken.append(
                Drawing.Box(x: a.x + t * (b.x - a.x) - 1.5, y: a.y + t * (b.y - a.y) - 1.5, width: 3, height: 3))
        }
    }

    struct Place {
        var box: Drawing.Box
        /// So far from its point that a line must join them.
        var needsLeader: Bool
    }

    /// A free place for a label of `width` near `spot`, now taken.
    mutating func place(_ width: Double, near spot: Drawing.Spot) -> Place? {
        for distance in [0.0, 16, 30, 46] {
            for offset in Self.offsets(width, distance) {
                let box = Drawing.Box(
                    x: spot.x + offset.x, y: spot.y + offset.y, width: width, height: TextWidth.lineHeight)
                guard box.isInside(bounds), !taken.contains(where: box.overlaps) else { continue }
                taken.append(box)
                return Place(box: box, needsLeader: distance > 0)
            }
        }
        return nil
    }

    /// Upper left corners relative to the point: right, left, below, above, then the four slants.
    private static func offsets(_ width: Double, _ distance: Double) -> [Drawing.Spot] {
        let gap = 8 + distance
        let height = TextWidth.lineHeight
        return [
            Drawing.Spot(gap, -height / 2), Drawing.Spot(-gap - width, -height / 2), Drawing.Spot(-width / 2, gap),
            Drawing.Spot(-width / 2, -gap - height), Drawing.Spot(gap * 0.7, gap * 0.7),
            Drawing.Spot(-gap * 0.7 - width, gap * 0.7),
            Drawing.Spot(gap * 0.7, -gap * 0.7 - height), Drawing.Spot(-gap * 0.7 - width, -gap * 0.7 - height),
        ]
    }
}
