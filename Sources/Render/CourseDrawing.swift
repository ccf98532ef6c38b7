import Document
import Units

/// Lines over time on a scale that starts at zero; stretches of time shaded underneath.
enum CourseDrawing {
    private static let left = 48.0
    private static let top = 30.0
    private static let plotHeight = 200.0
    /// Points of one line beyond which the picture shows no more.
    private static let mostPoints = 1200

    /// The drawing, or `nil` where there is no line to draw.
    static func draw(_ chart: Document.Course, width: Double) -> Drawing? {
        let spots = chart.series.flatMap(\.stretches).flatMap { $0 }.filter { $0.x.isFinite && $0.y.isFinite }
        guard let first = spots.map(\.x).min(), let last = spots.map(\.x).max(), last > first,
            let highest = spots.map(\.y).max(), highest > 0
        else { return nil }
        var drawing = Drawing(width: width, height: top + plotHeight + 46)
        let right = width - 4
        let bottom = top + plotHeight
        let ticks = LinearTicks.upTo(max(highest, chart.reference ?? 0) * 1.08)
        let most = max(highest * 1.08, ticks.last ?? highest)
        let x = { (value: Double) in left + (min(max(value, first), last) - first) / (last - first) * (right - left) }
        let y = { (value: Double) in bottom - min(max(value / most, 0), 1) * plotHeight }
        shade(&drawing, chart, x, from: top, to: bottom, first: first, last: last)
        grid(&drawing, ticks, y, left: left, right: right)
        time(&drawing, first, last, x, bottom: bottom)
        if let value = usable(chart.reference) { drawing.line((left, y(value)), (right, y(value)), role: .reference) }
        for (index, series) in chart.series.enumerated().reversed() {
            for stretch in series.stretches {
                line(&drawing, stretch, x, y, columns: right - left, role: index == 0 ? .course : .leader)
            }
        }
        // Under its line, where nothing runs that uses more than when it rests, and above what is drawn.
        if let value = usable(chart.reference) {
            drawing.text(chart.referenceName, right, y(value) + 14, .end, .quiet)
        }
        drawing.text(chart.yTitle, 0, 12, .start, .quiet)
        drawing.text(chart.xTitle, right, bottom + 38, .end, .quiet)
        names(&drawing, chart, right: right, bottom: bottom)
        drawing.frame = Frame(
            box: Drawing.Box(x: left, y: top, width: right - left, height: plotHeight),
            x: Frame.Scale(from: first, to: last, isLogarithmic: false),
            y: Frame.Scale(from: 0, to: most, isLogarithmic: false))
        return drawing
    }

    /// Stretches that would be one column of pixels anyway are joined: what lies between them could not be seen.
    private static func shade(
        _ drawing: inout Drawing, _ chart: Document.Course, _ x: (Double) -> Double, from top: Double,
        to bottom: Double,
        first: Double, last: Double
    ) {
        var boxes: [(from: Double, to: Double)] = []
        for span in chart.spans.sorted(by: { $0.from < $1.from })
        where span.from.isFinite && span.to.isFinite && span.to > first && span.from < last {
            let (from, to) = (x(span.from), x(span.to))
            if let before = boxes.last, from - before.to < 0.75 {
                boxes[boxes.count - 1].to = max(before.to, to)
            } else {
                boxes.append((from, to))
            }
        }
        for box in boxes {
            let area = Drawing.Box(x: box.from, y: top, width: max(box.to - box.from, 0.75), height: bottom - top)
            drawing.shapes.append(.rectangle(area, .span))
        }
    }

    private static func grid(
        _ drawing: inout Drawing, _ ticks: [Double], _ y: (Double) -> Double, left: Double, right: Double
    ) {
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
        for tick in ticks {
            drawing.line((left, y(tick)), (right, y(tick)), role: tick == 0 ? .axis : .grid)
            drawing.text(LinearTicks.name(tick, step: step), left - 6, y(tick) + 4, .end)
        }
    }

    private static func time(
        _ drawing: inout Drawing, _ first: Double, _ last: Double, _ x: (Double) -> Double, bottom: Double
    ) {
        let ticks = LinearTicks.upTo(last - first)
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
        let begin = (first / step).rounded(.up) * step
        for index in 0..<12 {
            let tick = begin + Double(index) * step
            guard tick <= last else { return }
            drawing.line((x(tick), bottom), (x(tick), bottom + 4), role: .axis)
            drawing.text(LinearTicks.name(tick, step: step), x(tick), bottom + 18, .middle)
        }
    }

    private static func usable(_ reference: Double?) -> Double? {
        reference.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }

    /// Steps: what was counted between two readings is a mean, and a slanted line would claim more.
    private static func line(
        _ drawing: inout Drawing, _ points: [Document.Course.Point], _ x: (Double) -> Double, _ y: (Double) -> Double,
        columns: Double, role: Drawing.Role
    ) {
        let usable = thinned(points.filter { $0.x.isFinite && $0.y.isFinite })
        guard usable.count > 1 else { return }
        var spots: [Drawing.Spot] = []
        for (here, next) in zip(usable, usable.dropFirst()) {
            // A point tells of the stretch that ends at it.
            spots.append(Drawing.Spot(x(here.x), y(next.y)))
            spots.append(Drawing.Spot(x(next.x), y(next.y)))
        }
        drawing.shapes.append(.line(spots, role))
    }

    /// Neighbours made one, by their mean over time, so that the area under the line stays.
    private static func thinned(_ points: [Document.Course.Point]) -> [Document.Course.Point] {
        guard points.count > mostPoints else { return points }
        let group = (points.count + mostPoints - 1) / mostPoints
        var kept = [points[0]]
        for start in stride(from: 1, to: points.count, by: group) {
            let end = min(start + group, points.count)
            var area = 0.0
            for index in start..<end { area += points[index].y * (points[index].x - points[index - 1].x) }
            let time = points[end - 1].x - points[start - 1].x
            guard time > 0 else { continue }
            kept.append(Document.Course.Point(x: points[end - 1].x, y: area / time))
        }
        return kept
    }

    /// What is what, in a line above the plot.
    private static func names(_ drawing: inout Drawing, _ chart: Document.Course, right: Double, bottom: Double) {
        var at = left
        func entry(_ name: String, _ mark: (inout Drawing, Double) -> Void) {
            guard !name.isEmpty, at + 22 + TextWidth.of(name) <= right else { return }
            mark(&drawing, at)
            drawing.text(name, at + 22, top - 6, .start, .quiet)
            at += 22 + TextWidth.of(name) + 18
        }
        at += TextWidth.of(chart.yTitle) > 40 ? TextWidth.of(chart.yTitle) - 40 : 0
        if !chart.spans.isEmpty {
            entry(chart.spanName) { drawing, at in
                drawing.shapes.append(.rectangle(Drawing.Box(x: at, y: top - 15, width: 16, height: 10), .span))
            }
        }
        for (index, series) in chart.series.enumerated() {
            entry(series.name) { drawing, at in
                drawing.line((at, top - 10), (at + 16, top - 10), role: index == 0 ? .course : .leader)
            }
        }
    }
}
