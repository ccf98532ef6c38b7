import Document

/// Lays out a roofline for a width: the wide one names ceilings at its right, the narrow one above their lines.
struct RooflineDrawing {
    /// Names beyond this many would cover the picture.
    private static let mostNames = 24
    /// Each label is held against all that is drawn: more would take time in proportion to their square, and show nothing.
    private static let mostCeilings = 12
    private static let mostPoints = 400

    private let chart: Document.Roofline
    private let isWide: Bool
    private var drawing: Drawing
    private var labels: Labels
    private let plot: Drawing.Box
    private let x: LogAxis
    private let y: LogAxis

    /// The drawing, or `nil` where no value can stand on logarithmic axes.
    static func draw(_ chart: Document.Roofline, width: Double) -> Drawing? {
        guard var layout = RooflineDrawing(chart, width: width) else { return nil }
        layout.axes()
        layout.keepLegendFree()
        layout.ceilings()
        layout.points()
        layout.legend()
        layout.drawing.frame = Frame(box: layout.plot, x: layout.x.scale, y: layout.y.scale)
        return layout.drawing
    }

    private init?(_ chart: Document.Roofline, width: Double) {
        self.chart = chart
        isWide = width >= 560
        let height = isWide ? 340.0 : 312
        let right = isWide ? width - 104 : width - 4
        plot = Drawing.Box(x: 40, y: 24, width: right - 40, height: height - 24 - 46)
        drawing = Drawing(width: width, height: height)
        labels = Labels(bounds: Drawing.Box(x: 42, y: 14, width: right - 42, height: plot.height + 8))
        let flats = chart.ceilings.filter { $0.kind == .flat }.map(\.value)
        let slopes = chart.ceilings.filter { $0.kind == .slope && $0.value > 0 }.map(\.value)
        let ridges = flats.flatMap { flat in slopes.map { flat / $0 } }
        guard
            let x = LogAxis(chart.points.map(\.x) + ridges, from: 40, to: right, base: 8),
            let y = LogAxis(chart.points.map(\.y) + flats, from: plot.y + plot.height, to: plot.y, base: 30)
        else { return nil }
        self.x = x
        self.y = y
    }

    private mutating func axes() {
        let bottom = plot.y + plot.height
        let right = plot.x + plot.width
        for tick in y.ticks(base: 10) {
            drawing.line((plot.x, y.pixel(tick)), (right, y.pixel(tick)), role: .grid)
            drawing.text(LogAxis.name(tick), plot.x - 6, y.pixel(tick) + 4, .end)
        }
        drawing.line((plot.x, bottom), (right, bottom), role: .axis)
        for tick in x.ticks(base: 8) {
            drawing.line((x.pixel(tick), bottom), (x.pixel(tick), bottom + 5), role: .axis)
            let half = TextWidth.of(LogAxis.name(tick)) / 2
            drawing.text(LogAxis.name(tick), min(x.pixel(tick), drawing.width - half), bottom + 18, .middle)
        }
        drawing.text(chart.yTitle, 0, 11, .start, .quiet)
        drawing.text(TextWidth.fit(chart.xTitle, right), right, bottom + 36, .end, .quiet)
    }

    private mutating func ceilings() {
        func drawn(_ kind: Document.Roofline.Ceiling.Kind) -> ArraySlice<Document.Roofline.Ceiling> {
            chart.ceilings.filter { $0.kind == kind && $0.value.isFinite && $0.value > 0 }.prefix(Self.mostCeilings)
        }
        let (flats, slopes) = (drawn(.flat), drawn(.slope))
        let roof = flats.map(\.value).max()
        let steepest = slopes.map(\.value).max()
        var below = isWide ? plot.y : 0
        for flat in flats.sorted(by: { $0.value > $1.value }) {
            below = draw(flat: flat, from: steepest.map { flat.value / $0 }, below: below)
        }
        // Last: their names look for room, those of flat ones have their places.
        for slope in slopes { draw(slope: slope, roof: roof) }
    }

    private mutating func draw(slope: Document.Roofline.Ceiling, roof: Double?) {
        let left = Mathematics.power(2, Int(x.lowest.rounded(.down)))
        let start = Drawing.Spot(x.pixel(left), y.pixel(slope.value * left))
        let end =
            roof.map { Drawing.Spot(x.pixel($0 / slope.value), y.pixel($0)) }
            ?? Drawing.Spot(
                plot.x + plot.width, y.pixel(slope.value * Mathematics.power(2, Int(x.highest.rounded(.up)))))
        guard let (a, b) = clip(start, end) else { return }
        drawing.shapes.append(.line([a, b], .ceiling))
        labels.block(from: a, to: b)
        name(slope, along: a, b)
    }

    /// Beside its line, left of it, wherever there is room.
    private mutating func name(_ ceiling: Document.Roofline.Ceiling, along a: Drawing.Spot, _ b: Drawing.Spot) {
        for t in [0.72, 0.6, 0.85, 0.48, 0.36] {
            let spot = Drawing.Spot(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
            let twoLines = max(TextWidth.of(ceiling.name), TextWidth.of(ceiling.detail))
            var tried = labels
            guard let place = tried.place(twoLines, near: Drawing.Spot(spot.x, spot.y - 14)) else { continue }
            let second = Drawing.Box(x: place.box.x, y: place.box.y + 14.5, width: twoLines, height: 13)
            guard tried.hasRoom(second) else { continue }
            tried.block(second)
            labels = tried
            drawing.text(ceiling.name, place.box.x + twoLines, place.box.y + 11, .end, .strong)
            drawing.text(ceiling.detail, place.box.x + twoLines, place.box.y + 24, .end, .quiet)
            return
        }
        // Without room beside its line it is named in the description alone.
    }

    /// Returns where the next label may begin, so that two ceilings close together stay readable.
    private mutating func draw(flat: Document.Roofline.Ceiling, from ridge: Double?, below: Double) -> Double {
        let level = y.pixel(flat.value)
        let left = max(ridge.map(x.pixel) ?? plot.x, plot.x)
        let right = plot.x + plot.width
        drawing.line((left, level), (right, level), role: .ceiling)
        labels.block(from: Drawing.Spot(left, level), to: Drawing.Spot(right, level))
        if isWide {
            let first = max(level, below)
            drawing.text(TextWidth.fit(flat.name, 98), right + 8, first, .start, .strong)
            drawing.text(TextWidth.fit(flat.detail, 98), right + 8, first + 13, .start, .quiet)
            return first + 30
        }
        let text = "\(flat.name), \(flat.detail)"
        let width = TextWidth.of(text)
        // Above its line; below the name of the ceiling above where the two lie close.
        let base = max(level - 6, below)
        drawing.text(TextWidth.fit(text, plot.width), right, base, .end, .strong)
        labels.block(Drawing.Box(x: right - width, y: base - 12, width: width, height: 16))
        return base + TextWidth.lineHeight
    }

    private mutating func points() {
        let found = chart.points.filter { $0.x.isFinite && $0.y.isFinite && $0.x > 0 && $0.y > 0 }
        let shown = Array(found.prefix(Self.mostPoints))
        for point in shown {
            labels.block(mark: Drawing.Spot(x.pixel(point.x), y.pixel(point.y)))
        }
        let unnamed = names(Array(shown.prefix(Self.mostNames))) + max(found.count - Self.mostNames, 0)
        for point in shown {
            drawing.mark(point.mark, Drawing.Spot(x.pixel(point.x), y.pixel(point.y)), isHollow: point.isHollow)
        }
        if unnamed > 0 {
            drawing.text("\(unnamed) more without a name: see the tables", plot.x + plot.width, 11, .end, .quiet)
        }
    }

    private struct Named {
        var point: Document.Roofline.Point
        var place: Labels.Place
    }

    /// Names the points in the order, of several tried, that leaves the fewest without a name, then the shortest leaders.
    /// Returns how many got none.
    private mutating func names(_ all: [Document.Roofline.Point]) -> Int {
        // More names than this never fit, and trying takes time that grows with the square of their number.
        let points = Array(all.prefix(64))
        let rightwards = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        let upwards = points.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
        let orders = [points, rightwards, rightwards.reversed(), upwards, upwards.reversed()]
        var best: (named: [Named], length: Double) = ([], .infinity)
        for order in orders {
            let tried = arrange(order)
            let isBetter = (-tried.named.count, tried.length) < (-best.named.count, best.length)
            if isBetter { best = tried }
        }
        for named in best.named { write(named) }
        return all.count - best.named.count
    }

    private func arrange(_ points: [Document.Roofline.Point]) -> (named: [Named], length: Double) {
        var labels = labels
        var length = 0.0
        let named = points.compactMap { point -> Named? in
            let (label, detail) = text(point)
            let spot = Drawing.Spot(x.pixel(point.x), y.pixel(point.y))
            guard let place = labels.place(TextWidth.of(label + detail), near: spot) else { return nil }
            if let leader = place.leader { length += abs(leader.to.x - spot.x) + abs(leader.to.y - spot.y) }
            return Named(point: point, place: place)
        }
        return (named, length)
    }

    private func text(_ point: Document.Roofline.Point) -> (label: String, detail: String) {
        (TextWidth.fit(point.label, isWide ? 230 : 160), point.detail.isEmpty ? "" : " " + point.detail)
    }

    private mutating func write(_ named: Named) {
        let box = named.place.box
        if let leader = named.place.leader { drawing.shapes.append(.line([leader.from, leader.to], .leader)) }
        // Text is shorter than its box in most fonts: it hangs on the side where its point is.
        let isLeft = box.x + box.width <= x.pixel(named.point.x)
        let (label, detail) = text(named.point)
        let spans = [Drawing.Span(text: label, tone: .plain), Drawing.Span(text: detail, tone: .quiet)]
        drawing.shapes.append(
            .text(
                spans.filter { !$0.text.isEmpty }, Drawing.Spot(isLeft ? box.x + box.width : box.x, box.y + 11),
                isLeft ? .end : .start))
    }

    private mutating func keepLegendFree() {
        guard !chart.marks.isEmpty else { return }
        let width = chart.marks.reduce(10) { $0 + 24 + TextWidth.of($1.name) }
        labels.block(Drawing.Box(x: plot.x, y: plot.y + plot.height - 24, width: width, height: 20))
    }

    private mutating func legend() {
        var at = plot.x + 10
        let line = plot.y + plot.height - 10
        for entry in chart.marks {
            drawing.mark(entry.mark, Drawing.Spot(at, line - 4), isHollow: false)
            drawing.text(entry.name, at + 10, line)
            at += 24 + TextWidth.of(entry.name)
        }
    }

    /// The part of a line inside the plot; `nil` where there is none.
    private func clip(_ a: Drawing.Spot, _ b: Drawing.Spot) -> (Drawing.Spot, Drawing.Spot)? {
        let (left, right) = (plot.x, plot.x + plot.width)
        let (top, bottom) = (plot.y, plot.y + plot.height)
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        var (from, to) = (0.0, 1.0)
        for (delta, low, high) in [(dx, left - a.x, right - a.x), (dy, top - a.y, bottom - a.y)] {
            if delta == 0 {
                if low > 0 || high < 0 { return nil }
                continue
            }
            from = max(from, min(low / delta, high / delta))
            to = min(to, max(low / delta, high / delta))
        }
        guard from < to else { return nil }
        return (Drawing.Spot(a.x + from * dx, a.y + from * dy), Drawing.Spot(a.x + to * dx, a.y + to * dy))
    }
}
