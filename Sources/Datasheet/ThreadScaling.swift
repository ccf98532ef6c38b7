import Document
import Model
import Statistics
import Units

/// One workload on one backend with ever more threads.
struct ScalingCurve {
    var name: String
    /// One for each number of threads, rising; the first has one thread.
    var points: [Measurement]
}

/// What all points of a curve have in common.
private struct CurveKey: Hashable {
    let workload: String, backend: Backend, scenario: Scenario, cache: CacheState
    var memory: Placement.MemoryPolicy
    var isSpread: Bool

    init(_ planned: Case) {
        workload = planned.workload
        backend = planned.backend
        scenario = planned.scenario
        cache = planned.cache
        memory = planned.placement.memory
        isSpread = planned.placement.policy.isSpread
    }

    var compact: CurveKey {
        var key = self
        key.isSpread = false
        return key
    }

    /// What its name says beside the workload.
    var suffix: String {
        (isSpread ? ", spread" : "") + (memory == .local ? "" : ", \(memory.rawValue)")
            + (cache == .cold ? ", cold" : "")
    }
}

extension Reading {
    /// Workloads measured with one thread and at least three other counts: enough for a line.
    var curves: [ScalingCurve] {
        var found: [CurveKey: [Int: Measurement]] = [:]
        var order: [CurveKey] = []
        for measurement in measured where measurement.case.placement.node == nil {
            let key = CurveKey(measurement.case)
            if found[key] == nil { order.append(key) }
            if found[key]?[measurement.case.threads] == nil {
                found[key, default: [:]][measurement.case.threads] = measurement
            }
        }
        return order.compactMap { key in
            // One thread lies where it lies: it is the first point of the compact and of the spread curve.
            var points = found[key] ?? [:]
            if points[1] == nil { points[1] = found[key.compact]?[1] }
            let rising = points.sorted { $0.key < $1.key }.map(\.value)
            guard rising.count >= 4, let first = rising.first, first.case.threads == 1,
                first.metrics.first?.better == .higher
            else { return nil }
            return ScalingCurve(name: workload(first) + key.suffix, points: rising)
        }
    }
}

extension Datasheet {
    /// Speed-up over the number of threads against the ideal: lines from four counts on.
    static func threadScalingFigure(_ reading: Reading) -> Document.Figure? {
        let curves = reading.curves.prefix(8)
        guard !curves.isEmpty else { return nil }
        let marks = Document.Roofline.Point.Mark.allCases
        let series = curves.enumerated().map { index, curve in
            Document.Lines.Series(
                name: curve.name, points: curve.points.compactMap { speedUpPoint($0, curve.points[0]) },
                mark: marks[index % marks.count], isHollow: curve.points.contains { !$0.isSound })
        }
        let counts = Set(curves.flatMap { $0.points.map(\.case.threads) }).sorted().map(Double.init)
        let most = counts.last ?? 1
        let isWide = most > 16
        // On linear axes the ideal is two points; on logarithmic ones too.
        let ideal = Document.Lines.Series(
            name: "ideal", role: .reference, points: [1, most].map { Document.Lines.Point(x: $0, y: $0) }, mark: nil)
        let words = curves.compactMap { curve -> String? in
            guard let last = curve.points.last, let point = speedUpPoint(last, curve.points[0]) else { return nil }
            return "\(curve.name) × \(Figures.fixed(point.y, decimals: 2)) with \(last.case.threads)"
        }
        return Document.Figure(
            title: threadScalingTitle(Array(curves)),
            subtitle: "Speed-up over one thread; dashed: ideal; hollow: a point is not valid",
            description: words.joined(separator: "; ") + ".",
            chart: .lines(
                Document.Lines(
                    x: Document.Lines.Axis("threads, one a core", isLogarithmic: isWide, ticks: counts),
                    y: Document.Lines.Axis("speed-up", isLogarithmic: isWide, ticks: isWide ? counts : []),
                    series: [ideal] + series)))
    }

    private static func speedUpPoint(_ measurement: Measurement, _ one: Measurement) -> Document.Lines.Point? {
        guard let base = one.metrics.first, let metric = measurement.metrics.first,
            let ratio = speedUp(base, metric)
        else { return nil }
        if measurement == one { return Document.Lines.Point(x: 1, y: 1) }
        let bounds = speedUpBounds(base, metric, measurement, one)
        return Document.Lines.Point(
            x: Double(measurement.case.threads), y: ratio, lower: bounds?.lower, upper: bounds?.upper)
    }

    /// How much of the ideal is left with the most threads, over all sound curves.
    private static func threadScalingTitle(_ curves: [ScalingCurve]) -> String {
        let shares = curves.filter { $0.points.allSatisfy(\.isSound) }.compactMap { curve -> Double? in
            guard let last = curve.points.last, let point = speedUpPoint(last, curve.points[0]) else { return nil }
            return point.y / point.x
        }
        let most = curves.compactMap { $0.points.last?.case.threads }.max() ?? 1
        guard shares.count > 1 || (shares.count == 1 && curves.count == 1) else { return "Gain from more threads" }
        return "\(Words.capital(Words.threads(most))) give \(Words.range(percent: shares)) of the ideal speed-up"
    }

    /// The exact interval of the judge where there is one against the same single thread; else what both intervals allow.
    static func speedUpBounds(
        _ base: Metric, _ metric: Metric, _ measurement: Measurement, _ one: Measurement
    ) -> (lower: Double, upper: Double)? {
        if let scaling = measurement.scaling, scaling.baseline == one.case.id, let exact = scaling.speedUpInterval {
            return (exact.lower, exact.upper)
        }
        guard let low = worst(base, metric), let high = best(base, metric) else { return nil }
        return (low, high)
    }

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
                Document.Column("Status"),
            ], groups: groups,
            notes: [
                """
                Speed-up: the value over that of one thread. From – to: the 95\(Figures.narrowSpace)% interval of the speed-up, \
                else what both intervals allow. Efficiency: speed-up ÷ threads.
                """
            ])
    }

    private static func scalingRow(
        _ measurement: Measurement, _ one: Measurement, _ column: NumberColumn
    ) -> [Document.Cell]? {
        guard let base = one.metrics.first, let metric = measurement.metrics.first, let ratio = speedUp(base, metric)
        else { return nil }
        let threads = Double(measurement.case.threads)
        let isFirst = measurement == one
        let sources = [Document.Source(base, of: one), Document.Source(metric, of: measurement)]
        return [
            .number("\(measurement.case.threads)"),
            .number(column.value(metric), quantity: Document.Quantity(metric, of: measurement)),
            .number(column.bounds(metric)),
            isFirst ? .notApplicable : ratioCell(base, metric, one, measurement, ratio),
            isFirst ? .notApplicable : range(speedUpBounds(base, metric, measurement, one)),
            isFirst
                ? .notApplicable
                : .number(
                    Figures.percent(ratio / threads),
                    quantity: Document.Quantity(
                        "efficiency", ratio / threads, from: sources, constants: [Document.Constant("ratio", threads)])),
            statusCell(measurement),
        ]
    }

    private static func range(_ bounds: (lower: Double, upper: Double)?) -> Document.Cell {
        guard let bounds, bounds.lower.isFinite, bounds.upper.isFinite else { return .notApplicable }
        return .number(
            "\(Figures.fixed(bounds.lower, decimals: 2)) – \(Figures.fixed(bounds.upper, decimals: 2))")
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
}
