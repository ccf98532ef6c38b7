import Document
import Testing

@testable import Render

/// Many ceilings in one picture: each can be told from the others, and what is not to be relied on looks so.
struct RooflineTests {
    private typealias Ceiling = Document.Roofline.Ceiling

    private static let slopes = [
        Ceiling(name: "L1", detail: "961 GB/s", kind: .slope, value: 961),
        Ceiling(name: "L2", detail: "432 GB/s", kind: .slope, value: 432, doubt: "noisy"),
        Ceiling(name: "L3", detail: "154 GB/s", kind: .slope, value: 154),
        Ceiling(name: "memory, triad", detail: "48 GB/s", kind: .slope, value: 48),
    ]
    private static let flats = [
        Ceiling(name: "f32 peak", detail: "234 GFLOP/s", kind: .flat, value: 234, doubt: "noisy"),
        Ceiling(name: "f32, 1 thread", detail: "117 GFLOP/s", kind: .flat, value: 117, isContext: true),
        Ceiling(name: "f32, half", detail: "116 GFLOP/s", kind: .flat, value: 116, isContext: true),
    ]

    private func drawing(_ ceilings: [Document.Roofline.Ceiling], width: Double) throws -> Drawing {
        let point = Document.Roofline.Point(label: "p", detail: "", x: 1, y: 20, mark: .circle, isHollow: false)
        let chart = Document.Roofline(xTitle: "x", yTitle: "y", ceilings: ceilings, points: [point], marks: [])
        return try #require(RooflineDrawing.draw(chart, width: width))
    }

    private func count(_ role: Drawing.Role, _ drawing: Drawing) -> Int {
        drawing.shapes.count { if case .line(_, role) = $0 { true } else { false } }
    }

    private func slanted(_ drawing: Drawing) -> [String] {
        drawing.shapes.compactMap {
            if case .slanted(let spans, _, _) = $0 { spans.map(\.text).joined() } else { nil }
        }
    }

    @Test(arguments: [648.0, 360]) func everyBandwidthIsNamedAlongItsLine(_ width: Double) throws {
        let drawing = try drawing(Self.slopes + Self.flats, width: width)
        #expect(slanted(drawing).count == 4)
        #expect(slanted(drawing).contains { $0.hasPrefix("L2") && $0.hasSuffix(", noisy") })
        #expect(count(.shaky, drawing) == 2 && count(.ceiling, drawing) == 3)
    }

    /// Names of two thin lines a pixel apart cannot both stand there: the second is left out with its line.
    @Test func whatIsBesideThePointIsDrawnWhereItsNameHasRoom() throws {
        #expect(count(.side, try drawing(Self.slopes + Self.flats, width: 648)) == 1)
        #expect(count(.side, try drawing(Self.slopes + Self.flats, width: 360)) == 0)
        var other = Self.flats
        other[2].value = 12
        #expect(count(.side, try drawing(Self.slopes + other, width: 648)) == 2)
        other[1].doubt = "unconverged"
        #expect(count(.sideshaky, try drawing(Self.slopes + other, width: 648)) == 1)
    }

    /// Middles of letters of two names are never nearer than half a line.
    @Test(arguments: [648.0, 360]) func slantedNamesDoNotCoverEachOther(_ width: Double) throws {
        let drawing = try drawing(Self.slopes + Self.flats, width: width)
        let names = drawing.shapes.compactMap { shape -> [Drawing.Spot]? in
            guard case .slanted(let spans, let start, let along) = shape else { return nil }
            let length = TextWidth.of(spans.map(\.text).joined())
            return stride(from: 0, through: length, by: 5).map { step in
                Drawing.Spot(start.x + step * along.x + 4 * along.y, start.y + step * along.y - 4 * along.x)
            }
        }
        for (index, one) in names.enumerated() {
            for other in names[(index + 1)...] {
                for a in one {
                    #expect(!other.contains { abs($0.x - a.x) < 7 && abs($0.y - a.y) < 7 })
                }
            }
        }
    }

    @Test func bothFormatsTurnTheName() throws {
        let chart = Document.Roofline(
            xTitle: "x", yTitle: "y", ceilings: Self.slopes + Self.flats,
            points: [.init(label: "p", detail: "", x: 1, y: 20, mark: .circle, isHollow: false)], marks: [])
        let figure = Document.Figure(title: "t", subtitle: "", description: "d", chart: .roofline(chart))
        #expect(SVG.file(figure).contains("transform=\"matrix(0."))
        #expect(Pgfplots.write(.roofline(chart)).contains("rotate={atan2("))
    }
}
