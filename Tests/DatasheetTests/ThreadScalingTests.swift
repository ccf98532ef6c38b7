import Document
import Foundation
import Judge
import Model
import Render
import Statistics
import TestSupport
import Testing

@testable import Datasheet

/// Kernels with 1, 2, 4 and 8 threads: from samples through the judge to the lines and the table of the sheet.
struct ThreadScalingTests {
    private static let square = Shape.matmul(MatmulShape(m: 2048, n: 2048, k: 2048))

    private static let courses = [
        SampleSweep.Course(
            "matmul 2048³ f32", .matmul, square, rate: 100e9, efficiency: [1: 1, 2: 0.99, 4: 0.96, 8: 0.90]),
        // The planner names the placement; one thread and all cores are the compact ones.
        SampleSweep.Course(
            "matmul 2048³, spread f32", .matmul, square, rate: 100e9, efficiency: [2: 0.97, 4: 0.93], isSpread: true),
        SampleSweep.Course(
            "STREAM triad f64", .streamTriad, .streamTriad(BufferShape(bytes: 1 << 28)), type: .f64, rate: 12e9,
            efficiency: [1: 1, 2: 0.94, 4: 0.62, 8: 0.33]),
        SampleSweep.Course(
            "peak FMA f32", .peakCompute, .peakCompute, rate: 120e9, efficiency: [1: 1, 2: 1, 4: 0.995, 8: 0.985]),
    ]

    private static func recording(
        _ courses: [SampleSweep.Course] = courses, processes: Int = 6, isJudged: Bool = true
    ) -> Recording {
        let sweep = SampleSweep(courses, cores: 8, processes: processes)
        var measurements = Summary.measurements(
            plan: sweep.plan(), records: sweep.records, samples: sweep.samples, processingUnits: 8, cut: nil)
        if !isJudged { for place in measurements.indices { measurements[place].scaling = nil } }
        return sweep.recording(measurements, cores: 8)
    }

    private func results(_ recording: Recording) throws -> Document.Section {
        try #require(Datasheet.compose(recording).sections.first { $0.number == 10 })
    }

    private func table(_ recording: Recording, _ caption: String) throws -> Document.Table? {
        for case .table(let table) in try results(recording).blocks where table.caption == caption { return table }
        return nil
    }

    private func drawn(_ recording: Recording) -> (Document.Figure, Document.Lines)? {
        guard let figure = Datasheet.threadScalingFigure(Reading(recording)), case .lines(let lines) = figure.chart
        else { return nil }
        return (figure, lines)
    }

    @Test func linesStandAgainstTheIdeal() throws {
        let (figure, lines) = try #require(drawn(Self.recording()))
        #expect(
            lines.series.map(\.name) == [
                "ideal", "matmul 2048³ f32", "matmul 2048³, spread f32", "STREAM triad f64", "peak FMA f32",
            ])
        #expect(lines.series[0].points == [.init(x: 1, y: 1), .init(x: 8, y: 8)])
        for series in lines.series.dropFirst() {
            #expect(series.points.map(\.x) == [1, 2, 4, 8], "\(series.name)")
            for point in series.points.dropFirst() {
                let (lower, upper) = (try #require(point.lower), try #require(point.upper))
                #expect(lower < point.y && point.y < upper && upper < 1.03 * lower, "\(series.name) \(point)")
            }
        }
        // Compact and spread share one thread and all cores, and part ways between.
        let compact = try #require(lines.series.first { $0.name == "matmul 2048³ f32" })
        let spread = try #require(lines.series.first { $0.name.contains("spread") })
        #expect(compact.points[3].y == spread.points[3].y && compact.points[2].y > spread.points[2].y)
        #expect(figure.title.hasPrefix("Eight threads give 33") || figure.title.hasPrefix("8 threads give 33"))
        #expect(figure.description.contains("STREAM triad f64: 94"))
    }

    @Test func theTableGivesEfficiencyWithItsInterval() throws {
        let recording = Self.recording()
        let table = try #require(try table(recording, "Thread scaling"))
        #expect(table.groups.count == 4 && table.groups.allSatisfy { $0.rows.count == 4 })
        let group = try #require(table.groups.first { $0.title == "STREAM triad f64" })
        let cell = group.rows[3][5]
        let quantity = try #require(cell.quantity)
        let judged = try #require(
            recording.bundle.measurements.first { $0.case.kernel == .streamTriad && $0.case.threads == 8 }?.scaling)
        #expect(quantity.formula == "efficiency" && abs(quantity.value - judged.efficiency) < 1e-12)
        #expect(abs(try #require(quantity.lower) - (try #require(judged.efficiencyInterval).lower)) < 1e-12)
        #expect(abs(try #require(quantity.upper) - (try #require(judged.efficiencyInterval).upper)) < 1e-12)
        #expect(cell.words.hasPrefix("33") && cell.words.hasSuffix("%"))
        #expect(group.rows[3][6].words.contains(" – "))
        // One thread has neither.
        #expect(group.rows[0][5].words.isEmpty && group.rows[0][6].words.isEmpty)
    }

    @Test func olderBundlesHaveWhatBothIntervalsAllow() throws {
        let judged = try #require(drawn(Self.recording())).1.series[1].points[3]
        let older = try #require(drawn(Self.recording(isJudged: false))).1.series[1].points[3]
        #expect(older.y == judged.y)
        #expect(try #require(older.lower) <= (try #require(judged.lower)))
        #expect(try #require(older.upper) >= (try #require(judged.upper)))
    }

    @Test func twoCountsHaveATableWithEfficiency() throws {
        let two = SampleSweep.Course(
            "matmul 2048³ f32", .matmul, Self.square, rate: 100e9, efficiency: [1: 1, 8: 0.9])
        let recording = Self.recording([two])
        #expect(drawn(recording) == nil)
        #expect(try table(recording, "Thread scaling") == nil)
        let table = try #require(try table(recording, "From one thread to the most measured"))
        #expect(table.columns.map(\.title).contains("Efficiency"))
        let row = try #require(table.groups.first?.rows.first)
        #expect(row[7].words == "90.0\u{202F}%" || row[7].words == "90\u{202F}%")
        #expect(row[8].words.contains(" – ") && row[7].quantity?.lower != nil)
    }

    @Test func withoutIntervalsNoneIsMadeUp() throws {
        let table = try #require(try table(Self.recording(processes: 3), "Thread scaling"))
        for row in table.groups.flatMap(\.rows) { #expect(row[4].words.isEmpty && row[6].words.isEmpty) }
        #expect(table.groups[0].rows[3][5].quantity?.lower == nil)
    }

    @Test func siblingsAreMarked() throws {
        var recording = Self.recording()
        recording.bundle.machine.topology.cores = 4
        for place in recording.bundle.measurements.indices where recording.bundle.measurements[place].case.threads == 8
        {
            recording.bundle.measurements[place].case.placement.policy = .allUnits
        }
        let (_, lines) = try #require(drawn(recording))
        #expect(lines.markers.map(\.value) == [4])
        let note = try #require(try table(recording, "Thread scaling")).notes.map(\.text).joined()
        #expect(note.contains("share a core"))
        #expect(try #require(drawn(Self.recording())).1.markers.isEmpty)
    }

    @Test func aPointThatIsNotValidHollowsItsLine() throws {
        var recording = Self.recording()
        let place = try #require(
            recording.bundle.measurements.firstIndex { $0.case.kernel == .matmul && $0.case.threads == 4 })
        recording.bundle.measurements[place].status = .noisy
        let (_, lines) = try #require(drawn(recording))
        #expect(lines.series.first { $0.name == "matmul 2048³ f32" }?.isHollow == true)
        #expect(lines.series.first { $0.name == "STREAM triad f64" }?.isHollow == false)
    }

    /// What it looks like: the picture, and the table in Markdown.
    @Test func golden() throws {
        let recording = Self.recording()
        let figure = try #require(Datasheet.threadScalingFigure(Reading(recording)))
        let svg = SVG.file(figure, width: 640)
        try Markup.check(svg)
        #expect(throws: Never.self) { try Golden.check(svg, "scaling.svg") }
        let tables = [
            try table(recording, "Thread scaling"), try table(recording, "From one thread to the most measured"),
        ]
        let text = Markdown.render(tables.compactMap { $0 }.map { .table($0) })
        #expect(throws: Never.self) { try Golden.check(text, "scaling.md") }
    }
}
