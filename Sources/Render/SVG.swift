public import Document

/// Charts as SVG text: inside a page, where the page's style sheet colours them, or as files of their own.
public enum SVG {
    /// A file of its own: brings its colours, light and dark, and needs nothing beside it.
    ///
    /// - Parameter width: of the drawing, in pixels; `nil` lets the chart choose.
    /// - Parameter isTitled: whether title and subtitle are drawn too, for a picture that stands alone.
    /// - Parameter notes: lines below it, which a page would have in a table.
    public static func file(
        _ figure: Document.Figure, width: Double? = 648, isTitled: Bool = false, notes: [String] = []
    ) -> String {
        var drawing = draw(figure.chart, width: width ?? natural(figure.chart))
        if isTitled { drawing.head([figure.title, figure.subtitle]) }
        drawing.foot(notes)
        let size = "width=\"\(number(drawing.width + 16))\" height=\"\(number(drawing.height + 16))\""
        let box = "viewBox=\"-8 -8 \(number(drawing.width + 16)) \(number(drawing.height + 16))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) \(box) role="img" aria-labelledby="t d">
            <title id="t">\(Escape.html(figure.title))</title>
            <desc id="d">\(Escape.html(figure.description))</desc>
            <style>\(Stylesheet.alone)</style>
            <rect class="paper" x="-8" y="-8" width="100%" height="100%"/>
            \(shapes(drawing))
            </svg>

            """
    }

    /// A part of a page; `id` keeps its title and description apart from those of others.
    static func inline(_ figure: Document.Figure, width: Double, id: String, classes: String) -> String {
        let drawing = draw(figure.chart, width: width)
        return """
            <svg class="\(classes)" viewBox="0 0 \(number(drawing.width)) \(number(drawing.height))" role="img" \
            aria-labelledby="\(id)t \(id)d" style="max-width:\(number(drawing.width))px">
            <title id="\(id)t">\(Escape.html(figure.title))</title>
            <desc id="\(id)d">\(Escape.html(figure.description))</desc>
            \(shapes(drawing))
            </svg>
            """
    }

    /// For a table cell; decorative, its numbers stand beside it.
    static func inline(_ spark: Document.Sparkline) -> String {
        let drawing = SparklineDrawing.draw(spark)
        return
            "<svg class=\"spark\" viewBox=\"0 0 168 24\" width=\"168\" height=\"24\" aria-hidden=\"true\">\(shapes(drawing, separator: ""))</svg>"
    }

    static func draw(_ chart: Document.Chart, width: Double) -> Drawing {
        switch chart {
        case .roofline(let roofline):
            return RooflineDrawing.draw(roofline, width: width)
                ?? empty(width, "no value can stand on logarithmic axes")
        case .bars(let bars): return BarsDrawing.draw(bars, width: width)
        case .lines(let lines):
            return LinesDrawing.draw(lines, width: width) ?? empty(width, "no value can stand on these axes")
        case .forest(let forest):
            return ForestDrawing.draw(forest, width: width) ?? empty(width, "no ratio can stand on this axis")
        case .boxes(let boxes): return BoxesDrawing.draw(boxes, width: width)
        case .course(let course):
            return CourseDrawing.draw(course, width: width) ?? empty(width, "nothing was read over time")
        case .trace(let trace): return TraceDrawing.draw(trace, width: width) ?? empty(width, "nothing was measured")
        }
    }

    /// The width at which a chart is read best.
    static func natural(_ chart: Document.Chart) -> Double {
        if case .boxes(let boxes) = chart { BoxesDrawing.width(boxes) } else { 648 }
    }

    private static func empty(_ width: Double, _ why: String) -> Drawing {
        var drawing = Drawing(width: width, height: 40)
        drawing.text(why, 0, 24, .start, .quiet)
        return drawing
    }

    private static func shapes(_ drawing: Drawing, separator: String = "\n") -> String {
        drawing.shapes.map(shape).joined(separator: separator)
    }

    private static func shape(_ shape: Drawing.Shape) -> String {
        switch shape {
        case .line(let spots, let role): "<path class=\"\(role.rawValue)\" d=\"\(path(spots))\"/>"
        case .polygon(let spots, let role): "<path class=\"\(role.rawValue)\" d=\"\(path(spots))Z\"/>"
        case .rectangle(let box, let role):
            "<rect class=\"\(role.rawValue)\" x=\"\(number(box.x))\" y=\"\(number(box.y))\" "
                + "width=\"\(number(max(box.width, 0)))\" height=\"\(number(max(box.height, 0)))\"/>"
        case .circle(let spot, let radius, let role):
            "<circle class=\"\(role.rawValue)\" cx=\"\(number(spot.x))\" cy=\"\(number(spot.y))\" r=\"\(number(radius))\"/>"
        case .text(let spans, let spot, let anchor):
            text(spans, "x=\"\(number(spot.x))\" y=\"\(number(spot.y))\"", anchor)
        case .slanted(let spans, let spot, let along): text(spans, turned(spot, along), .start)
        }
    }

    /// A rotation as the matrix that it is: directions take no angles.
    private static func turned(_ spot: Drawing.Spot, _ along: Drawing.Spot) -> String {
        func fine(_ value: Double) -> String {
            let digits = Int((min(max(value, -1), 1) * 1000).rounded())
            let rest = String(abs(digits) % 1000)
            return (digits < 0 ? "-" : "") + "\(abs(digits) / 1000)." + String(repeating: "0", count: 3 - rest.count)
                + rest
        }
        let parts = [fine(along.x), fine(along.y), fine(-along.y), fine(along.x), number(spot.x), number(spot.y)]
        return "transform=\"matrix(\(parts.joined(separator: " ")))\""
    }

    private static func text(_ spans: [Drawing.Span], _ place: String, _ anchor: Drawing.Anchor) -> String {
        func classes(_ names: [String]) -> String {
            let names = names.filter { !$0.isEmpty }
            return names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
        }
        if let only = spans.first, spans.count == 1 {
            return "<text\(classes([anchor.rawValue, only.tone.rawValue])) \(place)>\(Escape.html(only.text))</text>"
        }
        let parts = spans.map { "<tspan\(classes([$0.tone.rawValue]))>\(Escape.html($0.text))</tspan>" }
        return "<text\(classes([anchor.rawValue])) \(place)>\(parts.joined())</text>"
    }

    private static func path(_ spots: [Drawing.Spot]) -> String {
        guard let first = spots.first else { return "M0 0" }
        return "M\(number(first.x)) \(number(first.y))"
            + spots.dropFirst().map { "L\(number($0.x)) \(number($0.y))" }.joined()
    }

    /// One decimal at most; what is not finite becomes 0, and what is far outside stays within what browsers draw.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
    }
}
