import Document

/// The course of one thing in 168 × 24 pixels, from zero or its smallest value, with its bound dotted.
enum SparklineDrawing {
    private static let most = 160

    static func draw(_ spark: Document.Sparkline) -> Drawing {
        var drawing = Drawing(width: 168, height: 24)
        let values = thinned(spark.values.filter(\.isFinite))
        guard let highest = values.max(), let lowest = values.min() else { return drawing }
        let bound = spark.bound.flatMap { $0.isFinite ? $0 : nil }
        // With a bound the scale starts at zero, so that distance to it can be read; else the course fills the height.
        let from = bound == nil ? lowest : min(lowest, 0)
        let to = max(highest, (bound ?? highest) * 1.1)
        let range = to > from && (to - from).isFinite ? to - from : 1
        let y = { (value: Double) in 21 - (value - from) / range * 18 }
        if let bound { drawing.line((0, y(bound)), (168, y(bound)), role: .bound) }
        let step = values.count > 1 ? 162 / Double(values.count - 1) : 0
        let spots = values.enumerated().map { Drawing.Spot(3 + Double($0) * step, y($1)) }
        if spots.count == 1 {
            drawing.shapes.append(.circle(spots[0], 1.6, .point))
        } else {
            drawing.shapes.append(.line(spots, .course))
        }
        return drawing
    }

    /// At most 160 values, each the largest of its stretch: a peak never vanishes.
    private static func thinned(_ values: [Double]) -> [Double] {
        guard values.count > most else { return values }
        return (0..<most).compactMap { index in
            values[(index * values.count / most)..<((index + 1) * values.count / most)].max()
        }
    }
}
