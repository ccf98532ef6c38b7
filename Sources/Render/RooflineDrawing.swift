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
        layout.keepMarksFree()
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
        let own = chart.ceilings.filter { $0.kind == .flat && !$0.isContext }.map(\.value)
        let slopes = chart.ceilings.filter { $0.kind == .slope && $0.value > 0 }.map(\.value)
        // Room before the first ridge, where the lines of bandwidths are named.
        let before = slopes.count > 2 ? 0.25 : 1
        let ridges = (own.isEmpty ? flats : own).flatMap { flat in slopes.map { flat / $0 } }
        let first = ridges.min().map { [$0 * before] } ?? []
        guard
            let x = LogAxis(chart.points.map(\.x) + ridges + first, from: 40, to: right, base: 8),
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
        func drawn(_ kind: Document.Roofline.Ceiling.Kind) -> [Document.Roofline.Ceiling] {
            let found = chart.ceilings.filter { $0.kind == kind && $0.value.isFinite && $0.value > 0 }
            return Array(found.prefix(Self.mostCeilings)).sorted { $0.value > $1.value }
        }
        let (flats, slopes) = (drawn(.flat), drawn(.slope))
        let steepest = slopes.first?.value
        var names = RooflineNames(isWide: isWide, top: plot.y, bottom: plot.y + plot.height)
        // Those that points are held against come first; others only where there is room for their names.
        var roof: Double?
        for flat in flats.filter({ !$0.isContext }) + flats.filter(\.isContext) {
            guard let first = names.place(flat, at: y.pixel(flat.value)) else { continue }
            draw(flat: flat, from: steepest.map { flat.value / $0 }, name: first)
            roof = max(roof ?? 0, flat.value)
        }
        let lines = slopes.compactMap { slope in line(slope, roof: roof).map { (slope, $0.0, $0.1) } }
        for (slope, a, b) in lines {
            drawing.shapes.append(.line([a, b], slope.role))
            labels.block(slope: a, b)
        }
        for (slope, a, b) in lines { name(slope, along: a, b) }
    }

    /// Up to the highest flat ceiling; `nil` where nothing of it can be seen.
    private func line(_ slope: Document.Roofline.Ceiling, roof: Double?) -> (Drawing.Spot, Drawing.Spot)? {
        let left = Mathematics.power(2, Int(x.lowest.rounded(.down)))
        let start = Drawing.Spot(x.pixel(left), y.pixel(slope.value * left))
        let end =
            roof.map { Drawing.Spot(x.pixel($0 / slope.value), y.pixel($0)) }
            ?? Drawing.Spot(
                plot.x + plot.width, y.pixel(slope.value * Mathematics.power(2, Int(x.highest.rounded(.up)))))
        return clip(start, end)
    }

    /// Along its line, above or below it, in as many words as there is room for. It may cross a flat ceiling, and where lines
    /// lie close lie on the next one: it has a halo.
    private mutating func name(_ ceiling: Document.Roofline.Ceiling, along a: Drawing.Spot, _ b: Drawing.Spot) {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return }
        let along = Drawing.Spot(dx / length, dy / length)
        // A narrow drawing has room for few words: there fewer of them come before those that cover something.
        let (long, all) = (ceiling.names, [true, false])
        let tries =
            isWide ? long.flatMap { text in all.map { (text, $0) } } : all.flatMap { free in long.map { ($0, free) } }
        for ((name, rest), isStrict) in tries {
            let width = TextWidth.of(name + rest)
            guard let start = start(width, from: a, along: along, length: length, isStrict: isStrict) else { continue }
            labels.block(slanted: width, from: start, along: along)
            let spans = [Drawing.Span(text: name, tone: .strong), Drawing.Span(text: rest, tone: .quiet)]
            drawing.shapes.append(.slanted(spans.filter { !$0.text.isEmpty }, start, along: along))
            return
        }
        // Without room beside its line it is named in the description alone.
    }

    private func start(
        _ width: Double, from a: Drawing.Spot, along: Drawing.Spot, length: Double, isStrict: Bool
    ) -> Drawing.Spot? {
        let room = length - width - 12
        guard room > 0 else { return nil }
        for side in [-6.0, 15] {
            for share in [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95] {
                let distance = 4 + share * room
                let start = Drawing.Spot(
                    a.x + distance * along.x - side * along.y, a.y + distance * along.y + side * along.x)
                if labels.hasRoom(slanted: width, from: start, along: along, isStrict: isStrict) { return start }
            }
        }
        return nil
    }

    private mutating func draw(flat: Document.Roofline.Ceiling, from ridge: Double?, name first: Double) {
        let level = y.pixel(flat.value)
        let left = max(ridge.map(x.pixel) ?? plot.x, plot.x)
        let right = plot.x + plot.width
        drawing.line((left, level), (right, level), role: flat.role)
        // A thin line may run behind a name.
        if !flat.isContext { labels.block(from: Drawing.Spot(left, level), to: Drawing.Spot(right, level)) }
        if isWide {
            for (index, line) in RooflineNames.lines(flat).enumerated() {
                let tone: Drawing.Tone = index == 0 && !flat.isContext ? .strong : .quiet
                drawing.text(TextWidth.fit(line, 98), right + 8, first + 13 * Double(index), .start, tone)
            }
            return
        }
        let text = [flat.name, flat.detail, flat.doubt].filter { !$0.isEmpty }.joined(separator: ", ")
        let width = TextWidth.of(text)
        drawing.text(TextWidth.fit(text, plot.width), right, first, .end, flat.isContext ? .quiet : .strong)
        labels.block(Drawing.Box(x: right - width, y: first - 12, width: width, height: 16))
    }

    private var found: [Document.Roofline.Point] {
        chart.points.filter { $0.x.isFinite && $0.y.isFinite && $0.x > 0 && $0.y > 0 }
    }

    private mutating func keepMarksFree() {
        for point in found.prefix(Self.mostPoints) {
            labels.block(mark: Drawing.Spot(x.pixel(point.x), y.pixel(point.y)))
        }
    }

    private mutating func points() {
        let found = found
        let shown = Array(found.prefix(Self.mostPoints))
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
