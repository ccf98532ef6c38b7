/// Puts labels where they cover neither each other nor what is drawn.
///
/// Greedy, in the order given: the first free place of a fixed list is taken. Not the best arrangement there is, but the
/// same one every time, and a label that finds no place is left out rather than printed over another.
struct Labels {
    let bounds: Drawing.Box
    /// Lines: a label may not lie on them, a leader may cross them.
    private var lines: [Drawing.Box] = []
    /// Those of them that text may run along.
    private var slopes: [Drawing.Box] = []
    /// Labels: nothing may touch them.
    private var taken: [Drawing.Box] = []
    /// Marks: nothing may touch them but what belongs to them.
    private var marks: [Drawing.Box] = []

    init(bounds: Drawing.Box) { self.bounds = bounds }

    mutating func block(_ box: Drawing.Box) { taken.append(box) }

    mutating func block(mark spot: Drawing.Spot) { marks.append(Self.mark(spot)) }

    private static func mark(_ spot: Drawing.Spot) -> Drawing.Box {
        Drawing.Box(x: spot.x - 6, y: spot.y - 6, width: 12, height: 12)
    }

    private func isFree(_ box: Drawing.Box) -> Bool {
        !taken.contains(where: box.overlaps) && !marks.contains(where: box.overlaps)
            && !lines.contains(where: box.overlaps)
    }

    /// Whether nothing lies there yet.
    func hasRoom(_ box: Drawing.Box) -> Bool {
        !taken.contains(where: box.overlaps) && !marks.contains(where: box.overlaps)
    }

    /// A place for text along a line: from `start` on in `direction`, beside the line rather than on it.
    ///
    /// - Parameter isStrict: whether it may lie on no other such line either.
    func hasRoom(slanted width: Double, from start: Drawing.Spot, along direction: Drawing.Spot, isStrict: Bool) -> Bool
    {
        slanted(width, start, direction).allSatisfy { box in
            box.isInside(bounds) && hasRoom(box) && (!isStrict || !slopes.contains(where: box.overlaps))
        }
    }

    mutating func block(slanted width: Double, from start: Drawing.Spot, along direction: Drawing.Spot) {
        taken += slanted(width, start, direction)
    }

    /// Text on a slant as a row of small boxes, half a line of text above its baseline.
    private func slanted(_ width: Double, _ start: Drawing.Spot, _ along: Drawing.Spot) -> [Drawing.Box] {
        let middle = Drawing.Spot(start.x + 4 * along.y, start.y - 4 * along.x)
        return stride(from: 0, through: width, by: 6).map { step in
            Drawing.Box(x: middle.x + step * along.x - 4, y: middle.y + step * along.y - 4, width: 8, height: 8)
        }
    }

    /// Keeps a line free, in steps of a few pixels.
    mutating func block(from a: Drawing.Spot, to b: Drawing.Spot) {
        lines += Self.beads(a, b, thickness: 3)
    }

    /// A line that text runs along.
    mutating func block(slope a: Drawing.Spot, _ b: Drawing.Spot) {
        block(from: a, to: b)
        slopes += Self.beads(a, b, thickness: 3)
    }

    /// A line as a row of small boxes.
    private static func beads(_ a: Drawing.Spot, _ b: Drawing.Spot, thickness: Double) -> [Drawing.Box] {
        let steps = min(max(Int(max(abs(b.x - a.x), abs(b.y - a.y)) / 3), 1), 400)
        return (0...steps).map { step in
            let t = Double(step) / Double(steps)
            return Drawing.Box(
                x: a.x + t * (b.x - a.x) - thickness / 2, y: a.y + t * (b.y - a.y) - thickness / 2, width: thickness,
                height: thickness)
        }
    }

    struct Place {
        var box: Drawing.Box
        /// Where a line from the label meets its point, for a label so far away that it needs one.
        var leader: (from: Drawing.Spot, to: Drawing.Spot)?
    }

    /// A free place for a label of `width` near `spot`, now taken.
    mutating func place(_ width: Double, near spot: Drawing.Spot) -> Place? {
        for distance in [0.0, 14, 28, 42, 58, 76, 96] {
            for offset in Self.offsets(width, distance) {
                let box = Drawing.Box(
                    x: spot.x + offset.x, y: spot.y + offset.y, width: width, height: TextWidth.lineHeight)
                guard box.isInside(bounds), isFree(box) else { continue }
                guard distance > 0 else {
                    taken.append(box)
                    return Place(box: box, leader: nil)
                }
                guard let leader = leader(from: spot, to: box) else { continue }
                taken.append(box)
                lines += Self.beads(leader.from, leader.to, thickness: 2)
                return Place(box: box, leader: leader)
            }
        }
        return placeAnywhere(width, near: spot)
    }

    /// The nearest free place on a coarse grid, for the last labels of a crowd.
    private mutating func placeAnywhere(_ width: Double, near spot: Drawing.Spot) -> Place? {
        var corners: [Drawing.Spot] = []
        for row in stride(from: bounds.y, through: bounds.y + bounds.height - TextWidth.lineHeight, by: 15) {
            for column in stride(from: bounds.x, through: bounds.x + bounds.width - width, by: 18) {
                corners.append(Drawing.Spot(column, row))
            }
        }
        let far = { (corner: Drawing.Spot) in
            let (dx, dy) = (corner.x + width / 2 - spot.x, corner.y + TextWidth.lineHeight / 2 - spot.y)
            return dx * dx + dy * dy
        }
        for corner in corners.sorted(by: { (far($0), $0.y, $0.x) < (far($1), $1.y, $1.x) }) {
            let box = Drawing.Box(x: corner.x, y: corner.y, width: width, height: TextWidth.lineHeight)
            guard isFree(box), let leader = leader(from: spot, to: box) else {
                continue
            }
            taken.append(box)
            lines += Self.beads(leader.from, leader.to, thickness: 2)
            return Place(box: box, leader: leader)
        }
        return nil
    }

    /// From the rim of the mark to the nearest edge of the label; `nil` where something else lies between.
    private func leader(from spot: Drawing.Spot, to box: Drawing.Box) -> (from: Drawing.Spot, to: Drawing.Spot)? {
        let near = Drawing.Spot(
            min(max(spot.x, box.x), box.x + box.width), min(max(spot.y, box.y), box.y + box.height))
        let (dx, dy) = (near.x - spot.x, near.y - spot.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 9, length < 150 else { return nil }
        let start = Drawing.Spot(spot.x + dx / length * 9, spot.y + dy / length * 9)
        let path = Self.beads(start, near, thickness: 1)
        // The mark itself, and marks that lie on it, are where the leader comes from.
        let own = Self.mark(spot)
        let others = taken + marks.filter { !$0.overlaps(own) }
        return others.contains { other in path.contains(where: other.overlaps) } ? nil : (start, near)
    }

    /// Upper left corners relative to the point: right, left, below, above, the four slants, then shifted along the line
    /// below and above.
    private static func offsets(_ width: Double, _ distance: Double) -> [Drawing.Spot] {
        let gap = 8 + distance
        let slant = gap * 0.7
        let height = TextWidth.lineHeight
        let near = [
            Drawing.Spot(gap, -height / 2), Drawing.Spot(-gap - width, -height / 2), Drawing.Spot(-width / 2, gap),
            Drawing.Spot(-width / 2, -gap - height), Drawing.Spot(slant, slant), Drawing.Spot(-slant - width, slant),
            Drawing.Spot(slant, -slant - height), Drawing.Spot(-slant - width, -slant - height),
        ]
        guard distance > 0 else { return near }
        let shifts = [0.75, 0.25, 1, 0].map { -width * $0 }
        return near + shifts.map { Drawing.Spot($0, gap) } + shifts.map { Drawing.Spot($0, -gap - height) }
    }
}
