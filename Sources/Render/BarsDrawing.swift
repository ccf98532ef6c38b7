import Document

/// Horizontal bars or dots on one scale from zero; on a narrow page each label stands above its bar.
enum BarsDrawing {
    static func draw(_ chart: Document.Bars, width: Double) -> Drawing {
        let rows = chart.rows.filter { $0.value.isFinite && $0.value >= 0 }
        let isStacked = width < 420
        let step = isStacked ? 40.0 : 27
        let top = chart.reference == nil ? 10.0 : 30
        let longest = rows.map { TextWidth.of($0.label) }.max() ?? 0
        let left = isStacked ? 2 : min(longest + 14, width * 0.5)
        let right = width - 14 - (rows.map { TextWidth.of($0.text) }.max() ?? 0)
        let bottom = top + Double(rows.count) * step
        var drawing = Drawing(width: width, height: bottom + 42)
        let highest =
            (rows.flatMap { [$0.value, $0.upper ?? 0] } + [chart.reference ?? 0]).filter(\.isFinite).max() ?? 1
        let ticks = LinearTicks.upTo(highest)
        let end = max(highest * 1.02, ticks.last ?? 1)
        let pixel = { (value: Double) in left + min(max(value, 0), end) / end * (right - left) }
        axis(&drawing, ticks, pixel, top: top, bottom: bottom, title: chart.axis, right: right)
        reference(&drawing, chart, pixel, top: top, bottom: bottom, right: right)
        for (index, row) in rows.enumerated() {
            let middle = top + (Double(index) + 0.5) * step + (isStacked ? 9 : 0)
            let label = TextWidth.fit(row.label, isStacked ? width - 4 : left - 8)
            drawing.text(label, isStacked ? left : 0, isStacked ? middle - 12 : middle + 4)
            mark(&drawing, row, chart.style, middle, pixel)
            drawing.text(row.text, width - 2, middle + 4, .end)
        }
        drawing.frame = Frame(
            box: Drawing.Box(x: left, y: top, width: max(right - left, 1), height: max(bottom - top, 1)),
            x: Frame.Scale(from: 0, to: end, isLogarithmic: false),
            y: Frame.Scale(from: 0, to: Double(max(rows.count, 1)), isLogarithmic: false))
        return drawing
    }

    private static func axis(
        _ drawing: inout Drawing, _ ticks: [Double], _ pixel: (Double) -> Double, top: Double, bottom: Double,
        title: String,
        right: Double
    ) {
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
        var free = -Double.infinity
        for tick in ticks {
            drawing.line((pixel(tick), top), (pixel(tick), bottom), role: tick == 0 ? .axis : .grid)
            let name = LinearTicks.name(tick, step: step)
            let half = TextWidth.of(name) / 2
            guard pixel(tick) - half > free else { continue }
            drawing.text(name, pixel(tick), bottom + 16, .middle)
            free = pixel(tick) + half + TextWidth.perCharacter / 2
        }
        drawing.text(title, right, bottom + 34, .end, .quiet)
    }

    private static func reference(
        _ drawing: inout Drawing, _ chart: Document.Bars, _ pixel: (Double) -> Double, top: Double, bottom: Double,
        right: Double
    ) {
        guard let value = chart.reference, value.isFinite, value > 0 else { return }
        let at = pixel(value)
        drawing.line((at, top - 6), (at, bottom), role: .reference)
        let half = TextWidth.of(chart.referenceName) / 2
        drawing.text(chart.referenceName, min(at, drawing.width - half), top - 12, .middle, .quiet)
    }

    private static func mark(
        _ drawing: inout Drawing, _ row: Document.Bars.Row, _ style: Document.Bars.Style, _ middle: Double,
        _ pixel: (Double) -> Double
    ) {
        let end = pixel(row.value)
        if style == .bar {
            let box = Drawing.Box(x: pixel(0), y: middle - 5.5, width: max(end - pixel(0), 0.5), height: 11)
            drawing.shapes.append(.rectangle(box, row.isHollow ? .openbar : .bar))
        }
        if let lower = row.lower, let upper = row.upper, lower.isFinite, upper.isFinite {
            let role: Drawing.Role = style == .bar ? .leader : .interval
            drawing.line((pixel(lower), middle), (pixel(upper), middle), role: role)
            for bound in [lower, upper] {
                drawing.line((pixel(bound), middle - 4), (pixel(bound), middle + 4), role: role)
            }
        }
        if style == .dot {
            drawing.shapes.append(.circle(Drawing.Spot(end, middle), 4, row.isHollow ? .hollow : .point))
        }
    }
}
