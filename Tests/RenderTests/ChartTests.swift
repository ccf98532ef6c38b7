import Document
import TestSupport
import Testing

@testable import Render

struct ChartTests {
    private static let odd: [Double] = [.nan, .infinity, -.infinity, -1, 0, 5e-300, 1e300, .greatestFiniteMagnitude, 1]

    @Test func numbersThatAreNoneBreakNoChart() throws {
        let points = Self.odd.flatMap { x in
            Self.odd.map {
                Document.Roofline.Point(label: "p", detail: "", x: x, y: $0, mark: .circle, isHollow: false)
            }
        }
        let ceilings = Self.odd.flatMap { value in
            [Document.Roofline.Ceiling.Kind.flat, .slope].map {
                Document.Roofline.Ceiling(name: "c", detail: "", kind: $0, value: value)
            }
        }
        let rows = Self.odd.map {
            Document.Bars.Row(label: "r", value: $0, lower: -$0, upper: $0, text: "t", isHollow: false)
        }
        let charts: [Document.Chart] = [
            .roofline(Document.Roofline(xTitle: "", yTitle: "", ceilings: ceilings, points: points, marks: [])),
            .roofline(Document.Roofline(xTitle: "", yTitle: "", ceilings: [], points: [], marks: [])),
            .bars(Document.Bars(axis: "", style: .bar, rows: rows, reference: .nan)),
            .bars(Document.Bars(axis: "", style: .dot, rows: [])),
            .boxes([]),
        ]
        for chart in charts {
            for width in [10.0, 340, 640] {
                let text = SVG.file(
                    Document.Figure(title: "t", subtitle: "", description: "d", chart: chart), width: width)
                try Markup.check(text)
                #expect(!text.contains("nan") && !text.contains("inf"))
            }
        }
        for value in Self.odd { try Markup.check(SVG.inline(Document.Sparkline(values: [value, 1], bound: value))) }
    }

    /// Two packages, twelve shared caches each, eight cores under each of those, and devices.
    private var large: [Document.Box] {
        let packages = (0..<2).map { package in
            let caches = (0..<12).map { cache in
                Document.Box(
                    "L3", "32 MiB", .strip,
                    children: (0..<8).map { Document.Box("\(96 * package + 8 * cache + $0)", "\(192 + $0)", .cell) })
            }
            let device = Document.Box(
                "nvml0, cuda0", "63.0 GB/s", .device, children: [Document.Box("A GPU", "", .note)])
            return Document.Box(
                "Package \(package)", "A processor with a name too long for any box of this size", .frame,
                children: [Document.Box("NUMA node", "384 GiB", .strip)] + caches + [device, device])
        }
        let note = Document.Box("Each small box is a core, and this is a sentence that takes two lines.", "", .note)
        return [Document.Box("Machine", "", .frame, children: packages + [note])]
    }

    @Test(arguments: [340.0, 440, 720, 920])
    func boxesLieInEachOtherOrApart(width: Double) {
        let drawing = BoxesDrawing.draw(large, width: width)
        let areas = drawing.shapes.compactMap { shape -> Drawing.Box? in
            if case .rectangle(let box, _) = shape { box } else { nil }
        }
        #expect(areas.count == 1 + 2 * (1 + 1 + 12 + 96 + 2))
        let page = Drawing.Box(x: 0, y: 0, width: drawing.width, height: drawing.height)
        for (index, area) in areas.enumerated() {
            #expect(area.width > 0 && area.isInside(page))
            for other in areas.dropFirst(index + 1) where area.overlaps(other) {
                #expect(other.isInside(area), "\(area) \(other)")
            }
        }
    }

    @Test func aLargeMachineFitsAPage() {
        let width = BoxesDrawing.width(large)
        #expect((340...920).contains(width))
        #expect(BoxesDrawing.draw(large, width: width).height < 1000)
        // A small one does not take more room than a phone has.
        #expect(BoxesDrawing.width([Document.Box("Machine", "8 GiB", .frame)]) == 340)
    }

    @Test func textStaysInItsBox() {
        for width in [340.0, 720] {
            let drawing = BoxesDrawing.draw(large, width: width)
            for case .text(let spans, let spot, let anchor) in drawing.shapes {
                let text = TextWidth.of(spans.map(\.text).joined())
                let start = anchor == .end ? spot.x - text : anchor == .middle ? spot.x - text / 2 : spot.x
                #expect(start >= -1 && start + text <= width + 1, "\(spans.map(\.text))")
            }
        }
    }

    @Test func linesBreakAtBlanks() {
        #expect(TextWidth.wrap("one two three", TextWidth.of("one two")) == ["one two", "three"])
        #expect(TextWidth.wrap("abcdefghij", TextWidth.of("abcde")) == ["abcd…"])
        #expect(TextWidth.wrap("", 100).isEmpty)
    }

    @Test func aPictureThatStandsAloneHasItsTitle() throws {
        let figure = Document.Figure(title: "A <title>", subtitle: "Under it", description: "d", chart: .boxes(large))
        let plain = SVG.file(figure, width: 720)
        let titled = SVG.file(figure, width: nil, isTitled: true)
        try Markup.check(titled)
        #expect(titled.contains(">A &lt;title&gt;</text>") && titled.contains(">Under it</text>"))
        #expect(!plain.contains(">Under it</text>"))
    }

    @Test func labelsCoverNeitherEachOtherNorMarks() {
        let points = (0..<12).map {
            Document.Roofline.Point(
                label: "kernel \($0)", detail: "90 %", x: 40 * (1 + Double($0 % 4) / 20), y: 200 - Double($0) * 3,
                mark: .circle, isHollow: false)
        }
        let chart = Document.Roofline(
            xTitle: "x", yTitle: "y",
            ceilings: [
                .init(name: "peak", detail: "233", kind: .flat, value: 233),
                .init(name: "memory", detail: "37", kind: .slope, value: 37),
            ],
            points: points, marks: [])
        let boxes = SVG.draw(.roofline(chart), width: 640).shapes.compactMap { shape -> Drawing.Box? in
            guard case .text(let spans, let spot, let anchor) = shape, spans[0].text.hasPrefix("kernel") else {
                return nil
            }
            let width = TextWidth.of(spans.map(\.text).joined())
            return Drawing.Box(x: anchor == .end ? spot.x - width : spot.x, y: spot.y - 11, width: width, height: 14)
        }
        #expect(boxes.count >= 6)
        for (index, box) in boxes.enumerated() {
            for other in boxes.dropFirst(index + 1) { #expect(!box.overlaps(other)) }
        }
    }

    @Test func logarithmsByPlainArithmetic() {
        #expect(Mathematics.log2(8) == 3)
        #expect(abs(Mathematics.log2(10) - 3.321928094887362) < 1e-13)
        #expect(abs(Mathematics.log2(1e-300) + 996.5784284662087) < 1e-9)
        #expect(Mathematics.power(10, -2) == 0.01)
    }

    @Test func ticksAreFewAndRound() {
        #expect(LinearTicks.upTo(233.9) == [0, 50, 100, 150, 200])
        #expect(LinearTicks.upTo(2.01) == [0, 0.5, 1, 1.5, 2])
        for highest in [1e-9, 0.3, 1, 9.99, 10, 12345, 1e12] {
            #expect((2...7).contains(LinearTicks.upTo(highest).count), "\(highest)")
        }
    }
}
