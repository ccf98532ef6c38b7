import Document
import Testing

@testable import Render

/// Labels of many random charts: none lies on another, none leaves the picture.
struct LabelTests {
    /// SplitMix64: the same charts every time.
    private struct Dice {
        var state: UInt64
        mutating func bits() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        mutating func unit() -> Double { Double(bits() >> 11) * 0x1p-53 }
        mutating func below(_ bound: Int) -> Int { Int(bits() % UInt64(bound)) }
        /// From 10⁻ˣ to 10ˣ, evenly on a logarithmic scale.
        mutating func spread(_ decades: Double) -> Double { Mathematics.power2((unit() - 0.5) * 2 * decades * 3.32) }
        mutating func name() -> String {
            String("a kernel with a longer name than most 1024³ f32".prefix(3 + below(42)))
        }
    }

    private static func boxes(_ drawing: Drawing) -> [(Drawing.Box, String)] {
        drawing.shapes.compactMap { shape in
            guard case .text(let spans, let spot, let anchor) = shape else { return nil }
            let text = spans.map(\.text).joined()
            let width = TextWidth.of(text)
            let left = anchor == .end ? spot.x - width : anchor == .middle ? spot.x - width / 2 : spot.x
            // The height of letters, not of lines: what would touch on paper.
            return (Drawing.Box(x: left, y: spot.y - 9, width: width, height: 11), text)
        }
    }

    private func check(_ chart: Document.Chart, _ width: Double, _ seed: Int) {
        let drawing = SVG.draw(chart, width: width)
        let boxes = Self.boxes(drawing)
        for (index, (box, text)) in boxes.enumerated() {
            let isInside =
                box.x >= -2 && box.x + box.width <= width + 2 && box.y >= -2 && box.y + box.height <= drawing.height + 2
            #expect(isInside, "\(seed) \(width): \(text) leaves the picture")
            for (other, words) in boxes.dropFirst(index + 1) {
                #expect(!box.overlaps(other), "\(seed) \(width): “\(text)” lies on “\(words)”")
            }
        }
    }

    @Test(arguments: 0..<60) func rooflines(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 77)
        let peak = 100 * dice.spread(1.5)
        let memory = 20 * dice.spread(1)
        let points = (0..<(1 + dice.below(40))).map { _ in
            let x = 10 * dice.spread(1.6)
            return Document.Roofline.Point(
                label: dice.name(), detail: dice.below(3) == 0 ? "" : "\(dice.below(100)) %", x: x,
                y: min(peak, memory * x) * (0.05 + 0.95 * dice.unit()), mark: .circle, isHollow: false)
        }
        let second = peak * (0.3 + dice.unit() * 0.7)
        let chart = Document.Roofline(
            xTitle: "operational intensity, FLOP per byte", yTitle: "GFLOP/s",
            ceilings: [
                .init(name: "f32 peak", detail: "233 GFLOP/s", kind: .flat, value: peak),
                .init(name: "f64 peak", detail: "117 GFLOP/s", kind: .flat, value: second),
                .init(name: "memory, triad", detail: "46 GB/s", kind: .slope, value: memory),
            ],
            points: points, marks: [.init(mark: .circle, name: "f32"), .init(mark: .square, name: "bf16")])
        for width in [340.0, 640] { check(.roofline(chart), width, seed) }
    }

    @Test(arguments: 0..<60) func bars(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 131 &+ 5)
        let scale = dice.spread(5)
        let rows = (0..<(1 + dice.below(24))).map { _ in
            let value = scale * dice.unit()
            return Document.Bars.Row(
                label: dice.name(), value: value, lower: value * 0.97, upper: value * 1.04,
                text: "\(dice.below(100_000))",
                isHollow: false)
        }
        let reference = dice.below(2) == 0 ? scale * (0.5 + dice.unit()) : nil
        let chart = Document.Bars(
            axis: "GFLOP/s", style: dice.below(2) == 0 ? .bar : .dot, rows: rows, reference: reference,
            referenceName: reference == nil ? "" : "measured peak")
        for width in [340.0, 440, 640] { check(.bars(chart), width, seed) }
    }

    @Test(arguments: 0..<60) func lines(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 177 &+ 9)
        let isLog = dice.below(2) == 0
        let isBytes = isLog && dice.below(2) == 0
        let series = (0..<(1 + dice.below(9))).map { index in
            Document.Lines.Series(
                name: dice.name(), role: index == 0 ? .reference : .measured,
                points: (1...(2 + dice.below(12))).map { step in
                    let x = isBytes ? Mathematics.power(2, 10 + step) : Double(step)
                    let y = dice.spread(isLog ? 2 : 0.5)
                    return Document.Lines.Point(x: x, y: y, lower: y * 0.95, upper: y * 1.1)
                })
        }
        let markers = (0..<dice.below(5)).map { index in
            Document.Lines.Marker(
                name: "L\(index) 32 KiB", direction: dice.below(4) == 0 ? .horizontal : .vertical,
                value: isBytes ? Mathematics.power(2, 11 + dice.below(9)) : 1 + 6 * dice.unit())
        }
        let chart = Document.Lines(
            x: Document.Lines.Axis(
                isBytes ? "working set" : "threads", isLogarithmic: isLog, format: isBytes ? .bytes : .number,
                ticks: isBytes ? [] : [1, 2, 3, 4, 6, 8, 12]),
            y: Document.Lines.Axis("speed-up", isLogarithmic: isLog), series: series, markers: markers)
        for width in [340.0, 440, 640] { check(.lines(chart), width, seed) }
    }

    @Test func oddValuesBreakNoLines() throws {
        let odd: [Double] = [.nan, .infinity, -1, 0, Double.leastNonzeroMagnitude, 1e300, 1]
        for isLog in [false, true] {
            let points = odd.flatMap { x in odd.map { Document.Lines.Point(x: x, y: $0, lower: -$0, upper: $0) } }
            let chart = Document.Lines(
                x: .init("x", isLogarithmic: isLog, format: .bytes), y: .init("y", isLogarithmic: isLog),
                series: [.init(name: "s", points: points)],
                markers: odd.map { .init(name: "m", direction: .vertical, value: $0) })
            let figure = Document.Figure(title: "t", subtitle: "", description: "d", chart: .lines(chart))
            let text = SVG.file(figure)
            #expect(!text.contains("nan") && !text.contains("inf"))
            let plot = Pgfplots.write(.lines(chart))
            #expect(!plot.contains("nan") && !plot.contains("inf"))
        }
    }

    /// A frame gives back the values that a drawing was made from.
    @Test func framesKnowTheirValues() throws {
        let chart = Document.Lines(
            x: .init("x", isLogarithmic: true), y: .init("y"),
            series: [.init(name: "", points: [.init(x: 10, y: 1), .init(x: 1000, y: 3)])])
        let drawing = try #require(LinesDrawing.draw(chart, width: 640))
        let frame = try #require(drawing.frame)
        let spots = drawing.shapes.compactMap { shape -> Drawing.Spot? in
            if case .circle(let spot, _, _) = shape { spot } else { nil }
        }
        let values = spots.map(frame.values)
        #expect(values.count == 2)
        #expect(abs(values[0].x - 10) < 1e-6 && abs(values[0].y - 1) < 1e-9)
        #expect(abs(values[1].x - 1000) < 1e-4 && abs(values[1].y - 3) < 1e-9)
        #expect(abs(Mathematics.power2(3.321928094887362) - 10) < 1e-12)
    }
}
