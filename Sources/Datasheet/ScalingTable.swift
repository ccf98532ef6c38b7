import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// Every point of every curve with its efficiency.
    static func threadScalingTable(_ reading: Reading) -> Document.Table? {
        let curves = reading.curves
        guard !curves.isEmpty else { return nil }
        let groups = curves.map { curve -> Document.Group in
            let column = NumberColumn(curve.points.compactMap(\.metrics.first))
            let rows = curve.points.compactMap { scalingRow($0, curve.points[0], column) }
            return Document.Group(title: curve.name, note: column.unit, rows: rows)
        }
        return Document.Table(
            caption: "Thread scaling",
            columns: [
                Document.Column("Threads", .number), Document.Column("Value", .number),
                Document.Column("95\(Figures.narrowSpace)% interval", .number), Document.Column("Speed-up", .number),
                Document.Column("From – to", .number), Document.Column("Efficiency", .number),
                Document.Column("From – to", .number), Document.Column("Status"),
            ], groups: groups, notes: [Prose(scalingNote(curves.flatMap(\.points)))])
    }

    /// What the columns of both tables of scaling mean.
    static func scalingNote(_ points: [Measurement]) -> String {
        let sharing =
            points.contains(where: \.sharesCores)
            ? " Threads that share a core count as threads, so less is expected of them." : ""
        return """
            Speed-up: the value over that of one thread. Efficiency: speed-up ÷ threads. From – to: the \
            95\(Figures.narrowSpace)% interval over the processes of both sides (rank test of Mann and Whitney); where there are \
            too few, the least and the greatest that both intervals allow.\(sharing)
            """
    }

    private static func scalingRow(
        _ measurement: Measurement, _ one: Measurement, _ column: NumberColumn
    ) -> [Document.Cell]? {
        guard let base = one.metrics.first, let metric = measurement.metrics.first, let ratio = speedUp(base, metric)
        else { return nil }
        let isFirst = measurement == one
        return [
            .number("\(measurement.case.threads)"),
            .number(column.value(metric), quantity: Document.Quantity(metric, of: measurement)),
            .number(column.bounds(metric)),
            isFirst ? .notApplicable : ratioCell(base, metric, one, measurement, ratio),
            isFirst ? .notApplicable : speedUpRange(base, metric, measurement, one),
        ] + efficiencyCells(one, measurement) + [statusCell(measurement)]
    }

    /// `× 1.98`, with both of its parts for programs.
    static func ratioCell(
        _ base: Metric, _ metric: Metric, _ one: Measurement, _ all: Measurement, _ ratio: Double
    ) -> Document.Cell {
        let bounds = speedUpBounds(base, metric, all, one)
        return .number(
            "× \(Figures.fixed(ratio, decimals: 2))",
            quantity: Document.Quantity(
                "speedUp", ratio, bounds: bounds, level: base.interval?.level,
                from: [Document.Source(base, of: one), Document.Source(metric, of: all)]))
    }

    static func speedUpRange(
        _ base: Metric, _ metric: Metric, _ all: Measurement, _ one: Measurement
    ) -> Document.Cell {
        guard let bounds = speedUpBounds(base, metric, all, one), bounds.lower.isFinite, bounds.upper.isFinite else {
            return .notApplicable
        }
        return .number("\(Figures.fixed(bounds.lower, decimals: 2)) – \(Figures.fixed(bounds.upper, decimals: 2))")
    }

    /// Efficiency and its interval, with so many decimals as that supports; dashes for one thread and for latencies.
    static func efficiencyCells(_ one: Measurement, _ many: Measurement) -> [Document.Cell] {
        let threads = Double(many.case.threads)
        guard threads > 1, let value = efficiency(many, one), let base = one.metrics.first,
            let metric = many.metrics.first
        else { return [.notApplicable, .notApplicable] }
        let bounds = speedUpBounds(base, metric, many, one).map {
            (lower: $0.lower / threads, upper: $0.upper / threads)
        }
        let places = bounds.map { min(max(Figures.decimals(halfWidth: ($0.upper - $0.lower) * 50), 0), 1) } ?? 0
        let quantity = Document.Quantity(
            "efficiency", value, bounds: bounds, level: base.interval?.level,
            from: [Document.Source(base, of: one), Document.Source(metric, of: many)],
            constants: [Document.Constant("ratio", threads)])
        let text = { (share: Double) in Figures.percent(share, decimals: places) }
        return [
            .number(text(value), quantity: quantity),
            bounds.flatMap { bounds in
                guard bounds.lower.isFinite, bounds.upper.isFinite else { return nil }
                return .number("\(Figures.fixed(bounds.lower * 100, decimals: places)) – \(text(bounds.upper))")
            } ?? .notApplicable,
        ]
    }
}
