import Document
import Units

/// Ratios as dots with intervals, a row each, over the band of each row's margin; on a narrow page labels stand above.
enum ForestDrawing {
    private static let most = 64

    /// `nil` where no ratio can stand on a logarithmic axis.
    static func draw(_ chart: Document.Forest, width: Double) -> Drawing? {
        let rows = chart.rows.filter { $0.ratio.isFinite && $0.ratio > 0 }.prefix(most)
        guard !rows.isEmpty else { return nil }
        let isStacked = width < 420
        let step = isStacked ? 40.0 : 27
        let longest = rows.map { TextWidth.of($0.label) }.max() ?? 0
        let left = isStacked ? 2 : min(longest + 14, width * 0.42)
        let right = width - 14 - (rows.map { TextWidth.of($0.text) }.max() ?? 0)
        let top = 10.0
        let bottom = top + Double(rows.count) * step
        let scale = Scale(Array(rows), from: left, to: max(right, left + 60))
        var drawing = Drawing(width: width, height: bottom + 42)
        for (index, row) in rows.enumerated() where row.margin > 1 && row.margin.isFinite {
            let y = top + Double(index) * step
            let (low, high) = (scale.pixel(1 / row.margin), scale.pixel(row.margin))
            drawing.shapes.append(
                .rectangle(Drawing.Box(x: low, y: y, width: max(high - low, 0.5), height: step), .span))
        }
        drawing.frame = Frame(
            box: Drawing.Box(x: left, y: top, width: scale.to - left, height: bottom - top),
            x: Frame.Scale(
                from: Mathematics.power2(-scale.reach), to: Mathematics.power2(scale.reach), isLogarithmic: true),
            y: Frame.Scale(from: 0, to: Double(rows.count), isLogarithmic: false))
        axis(&drawing, scale, chart.axis, top: top, bottom: bottom)
        for (index, row) in rows.enumerated() {
            let middle = top + (Double(index) + 0.5) * step + (isStacked ? 9 : 0)
            let label = TextWidth.fitMiddle(row.label, isStacked ? width - 4 : left - 8)
            drawing.text(label, isStacked ? left : 0, isStacked ? middle - 12 : middle + 4)
            mark(&drawing, row, middle, scale)
            drawing.text(row.text, width - 2, middle + 4, .end)
        }
        return drawing
    }

    private static func axis(
        _ drawing: inout Drawing, _ scale: Scale, _ title: String, top: Double, bottom: Double
    ) {
        var taken: [ClosedRange<Double>] = []
        // 1 has its name in any case, the others where there is room, the farthest first.
        let first = scale.ticks.filter { $0 == 1 }
        let others = scale.ticks.filter { $0 != 1 }.sorted {
            abs(scale.pixel($0) - scale.pixel(1)) > abs(scale.pixel($1) - scale.pixel(1))
        }
        for tick in first + others {
            let (at, name) = (scale.pixel(tick), "× " + Figures.significant(tick, 2))
            drawing.line((at, top), (at, bottom), role: tick == 1 ? .axis : .grid)
            let half = TextWidth.of(name) / 2
            let room = (at - half)...(at + half)
            guard !taken.contains(where: room.overlaps) else { continue }
            taken.append(room)
            drawing.text(name, at, bottom + 16, .middle)
        }
        drawing.text(title, drawing.width - 2, bottom + 34, .end, .quiet)
    }

    private static func mark(
        _ drawing: inout Drawing, _ row: Document.Forest.Row, _ middle: Double, _ scale: Scale
    ) {
        if let lower = row.lower, let upper = row.upper, lower.isFinite, upper.isFinite, lower > 0 {
            let (low, high) = (scale.pixel(lower), scale.pixel(upper))
            drawing.line((low, middle), (high, middle), role: .interval)
            for end in [low, high] { drawing.line((end, middle - 4), (end, middle + 4), role: .interval) }
        }
        let role: Drawing.Role = row.isHollow ? .hollow : .point
        drawing.shapes.append(.circle(Drawing.Spot(scale.pixel(row.ratio), middle), 4, role))
    }

    /// Logarithmic and symmetric about 1, so that twice and half are as far from it.
    private struct Scale {
        let reach: Double
        let from: Double
        let to: Double
        let ticks: [Double]

        init(_ rows: [Document.Forest.Row], from: Double, to: Double) {
            let values: [Double] = rows.flatMap { row -> [Double] in
                [row.ratio, row.lower ?? 1, row.upper ?? 1, row.margin]
            }
            let far = values.filter { $0.isFinite && $0 > 0 }.map { abs(Mathematics.log2($0)) }.max() ?? 0
            let most = min(max(far * 1.1, Mathematics.log2(1.02)), 60)
            reach = most
            self.from = from
            self.to = to
            let steps = [1.01, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 4, 10, 100, 1e4, 1e9]
            let inside = steps.filter { Mathematics.log2($0) <= most }
            // The two widest that fit, on both sides, and 1.
            let kept = inside.suffix(2)
            ticks = kept.reversed().map { 1 / $0 } + [1] + kept
        }

        func pixel(_ ratio: Double) -> Double {
            let place = Mathematics.log2(max(ratio, .leastNormalMagnitude)) / reach
            return from + (min(max(place, -1), 1) + 1) / 2 * (to - from)
        }
    }
}
