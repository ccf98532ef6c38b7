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
        let flags = [
            Flags(marks: trace.breaks, role: .bound, height: top - 4),
            Flags(marks: trace.shifts, role: .reference, height: top - 17),
        ]
        // All lines before all labels: none is struck out where two marks are at one run.
        for flag in flags { flag.lines(&drawing, x, bottom: bottom) }
        for flag in flags { flag.labels(&drawing, x, width: width) }
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

    /// Marks of one kind, each between the run before and the run that is marked.
    private struct Flags {
        let marks: [Document.Trace.Mark]
        let role: Drawing.Role
        /// Where their labels stand.
        let height: Double

        func lines(_ drawing: inout Drawing, _ x: (Double) -> Double, bottom: Double) {
            for mark in marks {
                let place = x(Double(mark.run) - 0.5)
                drawing.line((place, height + 3), (place, bottom), role: role)
            }
        }

        /// A label that would lie on another is left out; none sticks out of the picture.
        func labels(_ drawing: inout Drawing, _ x: (Double) -> Double, width: Double) {
            var end = -Double.infinity
            for mark in marks {
                let half = TextWidth.of(mark.label) / 2
                let place = min(x(Double(mark.run) - 0.5), width - half)
                guard place - half > end else { continue }
                drawing.text(mark.label, place, height, .middle, role == .reference ? .strong : .quiet)
                end = place + half + 2
            }
        }
    }
}
