import Document

/// Dots over runs with the levels they lie on; where a level changed a numbered flag, known breaks dashed.
enum TraceDrawing {
    private static let top = 34.0
    private static let plotHeight = 190.0
    private static let left = 62.0

    static func draw(_ trace: Document.Trace, width: Double) -> Drawing? {
        guard let scale = TraceScale(trace), trace.runs > 0 else { return nil }
        let (right, bottom) = (width - 8, top + plotHeight)
        var drawing = Drawing(width: width, height: bottom + 42)
        let x = { (run: Double) in
            left + 6 + min(max(run / Double(max(trace.runs - 1, 1)), 0), 1) * (right - left - 12)
        }
        let y = { (value: Double) in bottom - scale.height(value) * plotHeight }
        for tick in scale.ticks {
            drawing.line((left, y(tick)), (right, y(tick)), role: .grid)
            drawing.text(scale.name(tick), left - 6, y(tick) + 4, .end)
        }
        drawing.line((left, bottom), (right, bottom), role: .axis)
        drawing.text(trace.axis, 0, 12, .start, .quiet)
        drawing.text(trace.first, left, bottom + 18, .start, .quiet)
        drawing.text(trace.last, right, bottom + 18, .end, .quiet)
        drawing.text("axis does not start at zero", right, bottom + 36, .end, .quiet)
        flags(&drawing, trace.breaks, x, role: .bound, at: top - 4, bottom: bottom)
        flags(&drawing, trace.shifts, x, role: .reference, at: top - 16, bottom: bottom)
        for point in trace.points where point.value.isFinite {
            let spot = Drawing.Spot(x(Double(point.run)), y(point.value))
            drawing.shapes.append(
                .circle(spot, trace.points.count > 200 ? 1.4 : 2.4, point.isHollow ? .hollow : .point))
        }
        for level in trace.levels where level.value.isFinite {
            drawing.line(
                (x(Double(level.from)), y(level.value)), (x(Double(level.to)), y(level.value)), role: .course)
        }
        return drawing
    }

    /// Lines between the run before and the run that is marked. A label that would lie on another is left out.
    private static func flags(
        _ drawing: inout Drawing, _ marks: [Document.Trace.Mark], _ x: (Double) -> Double, role: Drawing.Role,
        at height: Double, bottom: Double
    ) {
        var end = -Double.infinity
        for mark in marks {
            let place = x(Double(mark.run) - 0.5)
            drawing.line((place, height + 3), (place, bottom), role: role)
            guard place - TextWidth.of(mark.label) / 2 > end else { continue }
            drawing.text(mark.label, place, height, .middle, role == .reference ? .strong : .quiet)
            end = place + TextWidth.of(mark.label) / 2 + 2
        }
    }
}
