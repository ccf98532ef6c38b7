import Document
import Testing

@testable import Render

/// Ratios of cases whose names differ at their ends, on an axis with little room.
struct ForestTests {
    private static let chart = Document.Forest(
        axis: "ratio",
        rows: ["p50", "p99", "p99.9"].enumerated().map { index, name in
            Document.Forest.Row(
                label: "embedding 1M×128 bag 20 single-stream f32 · simd · 2 threads · latency.\(name)",
                ratio: 1 + Double(index) / 20, lower: 0.98, upper: 1.15, margin: 1.02, text: "× 1.000 inconclusive",
                isHollow: true)
        })

    @Test(arguments: [648.0, 340]) func namesKeepTheirEnds(_ width: Double) throws {
        let drawing = try #require(ForestDrawing.draw(Self.chart, width: width))
        let texts = drawing.shapes.compactMap { if case .text(let spans, _, _) = $0 { spans[0].text } else { nil } }
        for name in ["p50", "p99", "p99.9"] { #expect(texts.contains { $0.hasSuffix("latency.\(name)") }) }
    }

    @Test(arguments: [648.0, 340]) func tickNamesLieApart(_ width: Double) throws {
        let drawing = try #require(ForestDrawing.draw(Self.chart, width: width))
        let ticks = drawing.shapes.compactMap { shape -> ClosedRange<Double>? in
            guard case .text(let spans, let spot, .middle) = shape else { return nil }
            let half = TextWidth.of(spans[0].text) / 2
            return (spot.x - half)...(spot.x + half)
        }
        #expect(ticks.count >= 2)
        for (index, one) in ticks.enumerated() {
            #expect(!ticks[(index + 1)...].contains { $0.overlaps(one) })
        }
    }
}
