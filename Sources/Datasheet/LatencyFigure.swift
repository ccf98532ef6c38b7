import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// Most distributions that are drawn; the table has all.
    private static let mostDistributions = 6
    /// Curves of more points are thinned: shares this factor apart are less than two pixels apart.
    private static let mostPoints = 160
    private static let step = 1.06

    static func latencyDistributions(_ reading: Reading) -> [Document.Figure] {
        reading.scenarios.compactMap { latencyDistribution($0, reading) }.prefix(mostDistributions).map { $0 }
    }

    /// Share of queries that took longer, over latency, both logarithmic: a straight line is an exponential tail's sign, and
    /// the tail is where a reader looks. It ends where the fewest queries of one process support no percentile any more.
    private static func latencyDistribution(_ measurement: Measurement, _ reading: Reading) -> Document.Figure? {
        guard let latency = measurement.latency, latency.queries > 0 else { return nil }
        let percentiles = measurement.metrics.filter(\.isPercentile).sorted { $0.value < $1.value }
        let least = max(1 - Order.highestSupported(count: latency.fewestQueries), 1e-9)
        let scale = Scale(for: percentiles.first?.value ?? latency.minimum, unit: .seconds)
        let points = curve(latency, least: least, scale)
        guard points.count > 1, let first = points.first, let last = points.last else { return nil }
        var markers = percentiles.unique(by: \.name).map {
            Document.Lines.Marker(
                name: "\($0.name.dropFirst(8)) \(NumberColumn(scale).value($0))",
                direction: .vertical,
                value: $0.value / scale.divisor)
        }
        if let bound = latency.bound {
            let text = Figures.declared(bound / scale.divisor)
            markers.append(
                Document.Lines.Marker(name: "bound \(text)", direction: .vertical, value: bound / scale.divisor))
        }
        let marked = markers.map(\.value) + [first.x, last.x]
        let ends = (marked.min() ?? first.x, marked.max() ?? last.x)
        let chart = Document.Lines(
            x: Document.Lines.Axis("latency, \(scale.symbol)", isLogarithmic: true, ticks: decades(ends.0, ends.1)),
            y: Document.Lines.Axis(
                "share of queries that took longer", isLogarithmic: true,
                ticks: [1, 0.1, 0.01, 0.001, 0.0001].filter { $0 >= least * 0.8 }),
            series: [
                Document.Lines.Series(name: "", points: points, mark: nil, isHollow: !measurement.isSound)
            ], markers: markers)
        let queries = Figures.grouped(UInt64(max(latency.queries, 0)))
        return Document.Figure(
            title: title(measurement, percentiles, reading),
            subtitle:
                "\(reading.name(measurement)); \(queries) queries of \(Words.count(measurement.processes, "process", "processes"))"
                + (measurement.isSound ? "" : "; \(measurement.status.rawValue)"),
            description: "Logarithmic axes. " + markers.map { "\($0.name) \(scale.symbol)" }.joined(separator: ", ")
                + ".",
            chart: .lines(chart))
    }

    private static func curve(_ latency: LatencyDistribution, least: Double, _ scale: Scale) -> [Document.Lines.Point] {
        let histogram = latency.histogram
        let total = Double(max(histogram.queries, 1))
        var points = [Document.Lines.Point(x: latency.minimum / scale.divisor, y: 1)]
        var below = 0
        for (value, count) in zip(histogram.nanoseconds, histogram.counts) {
            below += count
            let share = (total - Double(below)) / total
            guard share >= least, value > 0 else { break }
            points.append(Document.Lines.Point(x: Double(value) * 1e-9 / scale.divisor, y: share))
        }
        guard points.count > mostPoints, let last = points.last else { return points }
        // Even steps in the logarithm of the share, so that the tail keeps its points.
        var thinned: [Document.Lines.Point] = []
        for point in points where thinned.last.map({ point.y <= $0.y / step }) ?? true { thinned.append(point) }
        return thinned.last == last ? thinned : thinned + [last]
    }

    /// 1, 2 and 5 times powers of ten from below `low` to above `high`, few enough to read.
    private static func decades(_ low: Double, _ high: Double) -> [Double] {
        guard low > 0, high.isFinite, low < high * 1.000001 else { return [] }
        var ticks: [Double] = []
        var decade = 1.0
        while decade > low { decade /= 10 }
        while decade * 10 <= low { decade *= 10 }
        let isWide = high / low > 100
        while decade <= high * 10, ticks.count < 60 {
            for factor in isWide ? [1.0] : [1.0, 2, 5] where decade * factor >= low / 2 && decade * factor <= high * 2 {
                ticks.append(decade * factor)
            }
            decade *= 10
        }
        return ticks
    }

    /// How far the tail lies from the middle, where both are known and fit to rest on.
    private static func title(_ measurement: Measurement, _ percentiles: [Metric], _ reading: Reading) -> String {
        guard measurement.isSound, let middle = percentiles.first(where: { $0.name == "latency.p50" }),
            middle.value > 0,
            let tail = percentiles.last(where: { $0.name != "latency.p50" })
        else { return "Latency of \(measurement.case.workload)" }
        let times = Figures.significant(tail.value / middle.value, 2)
        // A ratio with both values, as lint asks.
        return
            "\(tail.name.dropFirst(8)) is \(times) times the median: \(NumberColumn.text(tail)) against "
            + NumberColumn.text(middle)
    }
}

extension Array {
    /// The first of each key.
    fileprivate func unique<Key: Hashable>(by key: KeyPath<Element, Key>) -> [Element] {
        var seen: Set<Key> = []
        return filter { seen.insert($0[keyPath: key]).inserted }
    }
}
