import Document
import Units

/// A chart as a pgfplots axis. What lies where is decided once, for SVG and LaTeX alike, so labels cover each other in
/// neither; every line, mark and bar is written in the values it stands for.
enum Pgfplots {
    ///
    /// - Parameter points: what a pixel of the drawing takes.
    static func write(_ chart: Document.Chart, points: Double = LaTeX.pointsPerPixel) -> String {
        let drawing = SVG.draw(chart, width: min(SVG.natural(chart), 680))
        return write(drawing, frame: drawing.frame ?? .plain(drawing), points)
    }

    /// A course in a table cell: a picture without axes.
    static func write(_ spark: Document.Sparkline) -> String {
        let drawing = SparklineDrawing.draw(spark)
        let shapes = drawing.shapes.compactMap { shape -> String? in
            switch shape {
            case .line(let spots, let role):
                "\\draw[\(PlotStyles.name(role))] "
                    + spots.map { "(\(SVG.number($0.x)),\(SVG.number($0.y)))" }.joined(separator: "--") + ";"
            case .circle(let spot, let radius, let role):
                "\\draw[\(PlotStyles.name(role))] (\(SVG.number(spot.x)),\(SVG.number(spot.y))) circle[radius=\(SVG.number(radius))];"
            case .rectangle, .polygon, .text, .slanted: nil
            }
        }
        return
            "\\begin{tikzpicture}[x=0.42pt,y=-0.42pt]\\useasboundingbox (0,0) rectangle (168,24);\(shapes.joined())\\end{tikzpicture}"
    }

    private static func write(_ drawing: Drawing, frame: Frame, _ points: Double) -> String {
        let size = { (pixels: Double) in SVG.number(pixels * points) + "pt" }
        let modes = [frame.x.isLogarithmic ? "xmode=log" : nil, frame.y.isLogarithmic ? "ymode=log" : nil]
        let options =
            ["assay", "width=\(size(frame.box.width))", "height=\(size(frame.box.height))"] + modes.compactMap { $0 }
            + [
                // Letters shrink with the drawing, so that lines of text stay apart.
                "label/.append style={font=\\fontsize{\(SVG.number(points * 10))}{\(SVG.number(points * 11.6))}\\selectfont}",
                "xmin=\(value(frame.x.from))", "xmax=\(value(frame.x.to))", "ymin=\(value(frame.y.from))",
                "ymax=\(value(frame.y.to))",
            ]
        let shapes = drawing.shapes.map { shape($0, frame) }
        // Letters shrink with the drawing, so that lines of text stay apart.
        let letters =
            "sheet label/.append style={font=\\fontsize{\(SVG.number(points * 10))}{\(SVG.number(points * 11.6))}\\selectfont}"
        return """
            \\begin{tikzpicture}[\(letters)]
            \\begin{axis}[\(options.joined(separator: ","))]
            \(shapes.joined(separator: "\n"))
            \\end{axis}
            \\end{tikzpicture}
            """
    }

    private static func shape(_ shape: Drawing.Shape, _ frame: Frame) -> String {
        func place(_ spot: Drawing.Spot) -> String {
            let values = frame.values(spot)
            return "(\(value(values.x)),\(value(values.y)))"
        }
        func plot(_ spots: [Drawing.Spot], _ role: Drawing.Role, closed: Bool) -> String {
            "\\addplot[\(PlotStyles.name(role))] coordinates {\(spots.map(place).joined(separator: " "))}\(closed ? " -- cycle" : "");"
        }
        switch shape {
        case .line(let spots, let role): return plot(spots, role, closed: false)
        case .polygon(let spots, let role): return plot(spots, role, closed: true)
        case .rectangle(let box, let role):
            let (right, bottom) = (box.x + max(box.width, 0), box.y + max(box.height, 0))
            let corners = [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)]
            return plot(corners.map { Drawing.Spot($0.0, $0.1) }, role, closed: true)
        case .circle(let spot, let radius, let role):
            let size = SVG.number(radius * LaTeX.pointsPerPixel)
            return
                "\\addplot[only marks,mark=*,mark size=\(size)pt,\(PlotStyles.name(role)) mark] coordinates {\(place(spot))};"
        case .text(let spans, let spot, let anchor):
            let text = spans.map(span).joined()
            let side = anchor == .start ? "base west" : anchor == .end ? "base east" : "base"
            return "\\node[sheet label,anchor=\(side)] at (axis cs:\(place(spot).dropFirst()) {\(text)};"
        case .slanted(let spans, let spot, let along):
            let angle = "atan2(\(value(-along.y)),\(value(along.x)))"
            return
                "\\node[sheet label,anchor=base west,rotate={\(angle)}] at (axis cs:\(place(spot).dropFirst()) {\(spans.map(span).joined())};"
        }
    }

    private static func span(_ span: Drawing.Span) -> String {
        // A blank at the start would be lost behind the command.
        let text = (span.text.hasPrefix(" ") ? "~" : "") + Escape.latex(String(span.text.drop { $0 == " " }))
        return switch span.tone {
        case .plain: text
        case .quiet: "\\quiet{\(text)}"
        case .strong: "\\textbf{\(text)}"
        }
    }

    /// Six significant digits, as TeX reads them.
    private static func value(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "0" }
        var exponent = 0
        var mantissa = abs(value)
        while mantissa >= 9.999995, exponent < 320 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 0.9999995, exponent > -320 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        let digits = Int((mantissa * 100_000).rounded())
        let fraction = String(digits % 100_000)
        let text = "\(digits / 100_000)." + String(repeating: "0", count: 5 - fraction.count) + fraction
        return (value < 0 ? "-" : "") + text + (exponent == 0 ? "" : "e\(exponent)")
    }
}

/// How each role of a drawing looks on paper: the same weights and dashes as on a screen.
enum PlotStyles {
    static func name(_ role: Drawing.Role) -> String { "sheet \(role.rawValue)" }

    static let text: String = {
        let looks: [(Drawing.Role, String)] = [
            (.grid, "ghost,line width=0.6pt"), (.axis, "soft,line width=0.6pt"), (.ceiling, "ink,line width=1pt"),
            (.shaky, "ink,line width=1pt,dashed"), (.side, "soft,line width=0.6pt"),
            (.sideshaky, "soft,line width=0.6pt,dashed"),
            (.reference, "ink,line width=0.7pt,dashed"), (.leader, "soft,line width=0.5pt"),
            (.interval, "accent,line width=0.9pt"), (.bound, "soft,line width=0.6pt,dotted"),
            (.course, "accent,line width=0.9pt"), (.point, "draw=none,fill=accent"),
            (.hollow, "draw=accent,fill=white,line width=1pt"), (.bar, "draw=none,fill=accent"),
            (.openbar, "draw=accent,fill=white,line width=1pt"), (.span, "draw=none,fill=ghost"),
            (.frame, "draw=ink,line width=0.6pt"), (.strip, "draw=soft,line width=0.6pt"),
            (.ellipsis, "draw=soft,line width=0.6pt,dotted"), (.device, "draw=rulegrey,line width=1pt"),
        ]
        let marks: [(Drawing.Role, String)] = [
            (.point, "mark options={fill=accent,draw=none}"),
            (.hollow, "mark options={fill=white,draw=accent,line width=1pt}"),
        ]
        let label = "sheet label/.style={inner sep=0pt,outer sep=0pt}"
        let lines =
            [label] + looks.map { "\(name($0.0))/.style={\($0.1)}" }
            + marks.map { "\(name($0.0)) mark/.style={\($0.1)}" }
        return lines.joined(separator: ",\n  ")
    }()
}
