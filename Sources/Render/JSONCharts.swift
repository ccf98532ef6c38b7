import Document

extension JSONDocument {
    static func figure(_ figure: Document.Figure) -> JSONText {
        kind(
            "figure",
            [
                ("title", .string(figure.title)), ("subtitle", .string(figure.subtitle)),
                ("description", .string(figure.description)), ("chart", chart(figure.chart)),
            ])
    }

    private static func chart(_ chart: Document.Chart) -> JSONText {
        switch chart {
        case .roofline(let chart): roofline(chart)
        case .bars(let chart): bars(chart)
        case .lines(let chart): lines(chart)
        case .forest(let chart): forest(chart)
        case .boxes(let boxes): kind("boxes", [("boxes", .array(boxes.map(box)))])
        case .course(let chart): course(chart)
        case .trace(let chart): trace(chart)
        }
    }

    private static func trace(_ chart: Document.Trace) -> JSONText {
        func marks(_ marks: [Document.Trace.Mark]) -> JSONText {
            .array(marks.map { .members([("run", finite(Double($0.run))), ("label", .string($0.label))]) })
        }
        let points = chart.points.map { point in
            JSONText.members([
                ("run", finite(Double(point.run))), ("value", finite(point.value)),
                ("hollow", .boolean(point.isHollow)),
            ])
        }
        return kind(
            "trace",
            [
                ("axis", .string(chart.axis)), ("points", .array(points)), ("shifts", marks(chart.shifts)),
                ("breaks", marks(chart.breaks)),
            ])
    }

    private static func roofline(_ chart: Document.Roofline) -> JSONText {
        let ceilings = chart.ceilings.map { ceiling in
            JSONText.members([
                ("name", .string(ceiling.name)), ("detail", .string(ceiling.detail)),
                ("shape", .string(ceiling.kind == .flat ? "flat" : "slope")), ("value", finite(ceiling.value)),
                ("doubt", ceiling.doubt.isEmpty ? nil : .string(ceiling.doubt)),
                ("context", ceiling.isContext ? .boolean(true) : nil), ("quantity", ceiling.quantity.flatMap(quantity)),
            ])
        }
        let points = chart.points.map { point in
            JSONText.members([
                ("label", .string(point.label)), ("detail", .string(point.detail)), ("x", finite(point.x)),
                ("y", finite(point.y)), ("mark", .string("\(point.mark)")), ("hollow", .boolean(point.isHollow)),
                ("quantity", point.quantity.flatMap(quantity)),
            ])
        }
        return kind(
            "roofline",
            [
                ("xTitle", .string(chart.xTitle)), ("yTitle", .string(chart.yTitle)),
                ("ceilings", .array(ceilings)), ("points", .array(points)),
            ])
    }

    private static func bars(_ chart: Document.Bars) -> JSONText {
        let rows = chart.rows.map { row in
            JSONText.members([
                ("label", .string(row.label)), ("text", .string(row.text)), ("value", finite(row.value)),
                ("lower", row.lower.map(finite)), ("upper", row.upper.map(finite)),
                ("hollow", .boolean(row.isHollow)), ("quantity", row.quantity.flatMap(quantity)),
            ])
        }
        return .members([
            ("kind", .string("bars")), ("axis", .string(chart.axis)),
            ("style", .string(chart.style == .bar ? "bar" : "dot")), ("rows", .array(rows)),
            ("reference", chart.reference.map(finite)), ("referenceName", .string(chart.referenceName)),
        ])
    }

    private static func lines(_ chart: Document.Lines) -> JSONText {
        let series = chart.series.map { series in
            JSONText.object([
                ("name", .string(series.name)), ("role", .string("\(series.role)")),
                ("points", .array(series.points.map(point))),
            ])
        }
        let markers = chart.markers.map { marker in
            JSONText.object([
                ("name", .string(marker.name)), ("direction", .string("\(marker.direction)")),
                ("value", finite(marker.value)),
            ])
        }
        return kind(
            "lines",
            [
                ("x", axis(chart.x)), ("y", axis(chart.y)), ("series", .array(series)), ("markers", .array(markers)),
            ])
    }

    private static func forest(_ chart: Document.Forest) -> JSONText {
        let rows = chart.rows.map { row in
            JSONText.members([
                ("label", .string(row.label)), ("text", .string(row.text)), ("ratio", finite(row.ratio)),
                ("lower", row.lower.map(finite)), ("upper", row.upper.map(finite)), ("margin", finite(row.margin)),
                ("hollow", .boolean(row.isHollow)),
            ])
        }
        return kind("forest", [("axis", .string(chart.axis)), ("rows", .array(rows))])
    }

    private static func course(_ chart: Document.Course) -> JSONText {
        let series = chart.series.map { series in
            JSONText.object([
                ("name", .string(series.name)),
                (
                    "stretches",
                    .array(series.stretches.map { .array($0.map { .array([finite($0.x), finite($0.y)]) }) })
                ),
            ])
        }
        let spans = chart.spans.map { JSONText.array([finite($0.from), finite($0.to)]) }
        return .members([
            ("kind", .string("course")), ("xTitle", .string(chart.xTitle)), ("yTitle", .string(chart.yTitle)),
            ("series", .array(series)), ("spans", .array(spans)), ("spanName", .string(chart.spanName)),
            ("reference", chart.reference.map(finite)), ("referenceName", .string(chart.referenceName)),
        ])
    }

    private static func point(_ point: Document.Lines.Point) -> JSONText {
        .members([
            ("x", finite(point.x)), ("y", finite(point.y)), ("lower", point.lower.map(finite)),
            ("upper", point.upper.map(finite)),
        ])
    }

    private static func axis(_ axis: Document.Lines.Axis) -> JSONText {
        .object([("title", .string(axis.title)), ("logarithmic", .boolean(axis.isLogarithmic))])
    }

    private static func box(_ box: Document.Box) -> JSONText {
        .object([
            ("label", .string(box.label)), ("detail", .string(box.detail)),
            ("children", .array(box.children.map(self.box))),
        ])
    }

    private static func finite(_ value: Double) -> JSONText { value.isFinite ? .number(value) : .null }
}
