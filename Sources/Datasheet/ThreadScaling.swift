import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// Most lines in one picture; the table holds all.
    private static let mostCurves = 8

    /// Speed-up over the number of threads against the ideal: lines from three counts on.
    static func threadScalingFigure(_ reading: Reading) -> Document.Figure? {
        let all = reading.curves
        let curves = Array(all.prefix(mostCurves))
        guard !curves.isEmpty else { return nil }
        let counts = Set(curves.flatMap { $0.points.map(\.case.threads) }).sorted().map(Double.init)
        let most = counts.last ?? 1
        let isWide = most > 16
        // On linear axes the ideal is two points; on logarithmic ones too.
        let ideal = Document.Lines.Series(
            name: "ideal", role: .reference, points: [1, most].map { Document.Lines.Point(x: $0, y: $0) }, mark: nil)
        let share = curves.contains { $0.points.contains(where: \.sharesCores) }
        let words = curves.map { curve in
            let points = curve.points.dropFirst().compactMap { point in
                efficiency(point, curve.points[0]).map { "\(Figures.percent($0)) with \(point.case.threads)" }
            }
            return "\(curve.name): \(points.joined(separator: ", "))"
        }
        let left = all.count > curves.count ? "; the first \(curves.count) of \(all.count), all in the table" : ""
        return Document.Figure(
            title: threadScalingTitle(curves),
            subtitle:
                "Speed-up over one thread, 95\(Figures.narrowSpace)% interval; dashed: ideal; hollow: a point is not valid"
                + left,
            description: "Parallel efficiency by threads. " + words.joined(separator: "; ") + ".",
            chart: .lines(
                Document.Lines(
                    x: Document.Lines.Axis(
                        share ? "threads; past the line two a core" : "threads, one a core", isLogarithmic: isWide,
                        ticks: counts),
                    y: Document.Lines.Axis("speed-up", isLogarithmic: isWide, ticks: isWide ? counts : []),
                    series: [ideal] + series(curves), markers: share ? coresMarker(reading) : [])))
    }

    private static func series(_ curves: [ScalingCurve]) -> [Document.Lines.Series] {
        let marks = Document.Roofline.Point.Mark.allCases
        return curves.enumerated().map { index, curve in
            Document.Lines.Series(
                name: curve.name, points: curve.points.compactMap { speedUpPoint($0, curve.points[0]) },
                mark: marks[index % marks.count], isHollow: !curve.isSound)
        }
    }

    /// Where every core has a thread and the next ones share.
    private static func coresMarker(_ reading: Reading) -> [Document.Lines.Marker] {
        let cores = reading.machine.topology.cores
        guard cores > 1 else { return [] }
        return [Document.Lines.Marker(name: "\(cores) cores", direction: .vertical, value: Double(cores))]
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
        let most = curves.map(\.mostThreads).max() ?? 1
        let shares = curves.filter { $0.isSound && $0.mostThreads == most }.compactMap { curve in
            curve.points.last.flatMap { efficiency($0, curve.points[0]) }
        }
        guard shares.count > 1 || (shares.count == 1 && curves.count == 1) else { return "Gain from more threads" }
        return "\(Words.capital(Words.threads(most))) give \(Words.range(percent: shares)) of the ideal speed-up"
    }

    /// Speed-up ÷ threads; `nil` for what is no rate.
    static func efficiency(_ measurement: Measurement, _ one: Measurement) -> Double? {
        guard let base = one.metrics.first, let metric = measurement.metrics.first, metric.better == .higher,
            let ratio = speedUp(base, metric), measurement.case.threads > 0
        else { return nil }
        return ratio / Double(measurement.case.threads)
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
}
