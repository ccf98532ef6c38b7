import Document
import Units

/// Lines over numbers: names stand at the ends of their lines, apart from each other; named places above the plot.
struct LinesDrawing {
    private let chart: Document.Lines
    private let scale: LinesScale
    private var drawing: Drawing
    private let plot: Drawing.Box

    /// The drawing, or `nil` where no point can stand on the axes.
    static func draw(_ chart: Document.Lines, width: Double) -> Drawing? {
        guard var layout = LinesDrawing(chart, width: width) else { return nil }
        layout.axes()
        layout.markers()
        for series in layout.chart.series { layout.line(series) }
        layout.names()
        layout.drawing.frame = layout.scale.frame(layout.plot)
        return layout.drawing
    }

    private init?(_ chart: Document.Lines, width: Double) {
        var chart = chart
        for index in chart.series.indices {
            chart.series[index].points = chart.series[index].points.filter { chart.shows($0) }
        }
        self.chart = chart
        let named = chart.series.filter { !$0.name.isEmpty && !$0.points.isEmpty }
        let longest = named.map { TextWidth.of($0.name) }.max() ?? 0
        let right = named.isEmpty ? 10 : min(longest + 20, width * 0.36)
        let head = 26.0 + Double(LinesDrawing.heads(chart).count > 0 ? 3 : 0) * TextWidth.lineHeight
        let height = (width >= 560 ? 232.0 : 204) + head + 46
        let left = 58.0
        plot = Drawing.Box(x: left, y: head, width: max(width - left - right, 40), height: height - head - 46)
        guard let scale = LinesScale(chart, plot) else { return nil }
        self.scale = scale
        drawing = Drawing(width: width, height: height)
    }

    private static func heads(_ chart: Document.Lines) -> [Document.Lines.Marker] {
        chart.markers.filter { $0.direction == .vertical && $0.value.isFinite }
    }

    private mutating func axes() {
        let bottom = plot.y + plot.height
        let right = plot.x + plot.width
        for tick in scale.yTicks {
            drawing.line((plot.x, scale.y(tick.value)), (right, scale.y(tick.value)), role: .grid)
            drawing.text(TextWidth.fit(tick.name, plot.x - 8), plot.x - 6, scale.y(tick.value) + 4, .end)
        }
        drawing.line((plot.x, bottom), (right, bottom), role: .axis)
        var free = -Double.infinity
        for tick in scale.xTicks {
            let at = scale.x(tick.value)
            drawing.line((at, bottom), (at, bottom + 5), role: .axis)
            let half = TextWidth.of(tick.name) / 2
            guard at - half > free, at + half <= drawing.width else { continue }
            drawing.text(tick.name, at, bottom + 18, .middle)
            free = at + half + TextWidth.perCharacter
        }
        drawing.text(TextWidth.fit(chart.y.title, drawing.width), 0, 11, .start, .quiet)
        drawing.text(TextWidth.fit(chart.x.title, right), right, bottom + 36, .end, .quiet)
    }

    /// Names of vertical places stand above the plot, in the first of three rows that has room; a name without room is left
    /// to the description.
    private mutating func markers() {
        var free = [Double](repeating: -.infinity, count: 3)
        for marker in Self.heads(chart).sorted(by: { $0.value < $1.value }) {
            let at = scale.x(marker.value)
            guard at >= plot.x, at <= plot.x + plot.width else { continue }
            drawing.line((at, plot.y - 2), (at, plot.y + plot.height), role: .bound)
            let width = TextWidth.of(marker.name)
            let left = min(max(at - width / 2, 0), drawing.width - width)
            guard left >= 0, let row = free.firstIndex(where: { $0 < left }) else { continue }
            drawing.text(marker.name, left, plot.y - 7 - Double(row) * TextWidth.lineHeight)
            free[row] = left + width + TextWidth.perCharacter
        }
        var taken: [Double] = []
        for marker in chart.markers where marker.direction == .horizontal && marker.value.isFinite {
            let at = scale.y(marker.value)
            guard at >= plot.y, at <= plot.y + plot.height else { continue }
            drawing.line((plot.x, at), (plot.x + plot.width, at), role: .bound)
            // Above its line, or below it where names of vertical places stand above.
            let base = at - plot.y < 2 * TextWidth.lineHeight ? at + 12 : at - 4
            guard taken.allSatisfy({ abs($0 - base) >= TextWidth.lineHeight }) else { continue }
            drawing.text(TextWidth.fit(marker.name, plot.width - 4), plot.x + 4, base, .start, .quiet)
            taken.append(base)
        }
    }

    private mutating func line(_ series: Document.Lines.Series) {
        let spots = series.points.map { Drawing.Spot(scale.x($0.x), scale.y($0.y)) }
        guard !spots.isEmpty else { return }
        let role: Drawing.Role =
            switch series.role {
            case .measured: .course
            case .reference: .reference
            case .context: .leader
            }
        if spots.count > 1 { drawing.shapes.append(.line(Self.thinned(spots, plot), role)) }
        for (point, spot) in zip(series.points, spots) {
            if let lower = point.lower, let upper = point.upper, chart.stands(lower), chart.stands(upper) {
                drawing.line((spot.x, scale.y(lower)), (spot.x, scale.y(upper)), role: .interval)
                for end in [lower, upper] {
                    drawing.line((spot.x - 3, scale.y(end)), (spot.x + 3, scale.y(end)), role: .interval)
                }
            }
        }
        guard let mark = series.mark, series.role != .reference, spots.count <= 64 else { return }
        for spot in spots { drawing.mark(mark, spot, isHollow: series.isHollow) }
    }

    /// No more than two points a pixel column: the highest and the lowest, so that no peak is lost.
    private static func thinned(_ spots: [Drawing.Spot], _ plot: Drawing.Box) -> [Drawing.Spot] {
        let columns = max(Int(plot.width), 1)
        guard spots.count > columns * 4 else { return spots }
        return (0..<columns).flatMap { column -> [Drawing.Spot] in
            let part = spots[(column * spots.count / columns)..<((column + 1) * spots.count / columns)]
            guard let high = part.min(by: { $0.y < $1.y }), let low = part.max(by: { $0.y < $1.y }) else { return [] }
            return high.x <= low.x ? [high, low] : [low, high]
        }
    }

    /// At the right, each as near to its line's end as the others allow; those that find no room are counted.
    private mutating func names() {
        let ends = chart.series.compactMap { series -> (name: String, spot: Drawing.Spot)? in
            guard let last = series.points.max(by: { $0.x < $1.x }), !series.name.isEmpty else { return nil }
            return (series.name, Drawing.Spot(scale.x(last.x), scale.y(last.y)))
        }.sorted { ($0.spot.y, $0.name) < ($1.spot.y, $1.name) }
        let step = TextWidth.lineHeight
        let most = max(Int(plot.height / step), 1)
        let shown = Array(ends.prefix(most))
        let left = plot.x + plot.width + 16
        var places = shown.map { min(max($0.spot.y, plot.y + step / 2), plot.y + plot.height - step / 2) }
        for index in places.indices.dropFirst() { places[index] = max(places[index], places[index - 1] + step) }
        // Pushed below the plot: the last ones move up again, together.
        var below = plot.y + plot.height - step / 2
        for index in places.indices.reversed() {
            places[index] = min(places[index], below)
            below = places[index] - step
        }
        for (end, y) in zip(shown, places) {
            if abs(y - end.spot.y) > 3 || end.spot.x < left - 20 {
                drawing.line((end.spot.x + 6, end.spot.y), (left - 4, y), role: .leader)
            }
            drawing.text(TextWidth.fit(end.name, drawing.width - left), left, y + 4)
        }
        if ends.count > most {
            drawing.text("\(ends.count - most) more: see the table", drawing.width, 11, .end, .quiet)
        }
    }
}

extension Document.Lines {
    /// Whether a value can stand on the vertical axis.
    func stands(_ value: Double) -> Bool {
        value.isFinite && abs(value) < 1e300 && (!y.isLogarithmic || value > 1e-300)
    }

    func shows(_ point: Point) -> Bool {
        point.x.isFinite && abs(point.x) < 1e300 && (!x.isLogarithmic || point.x > 1e-300) && stands(point.y)
    }
}
