import Datasheet
import Document
import Foundation
import Model
import Render
import TestSupport
import Testing

/// What a trend looks like: sixty runs, a shift with its cause, and a known change that moved nothing.
@Suite struct TrendReportTests {
    private static let kernel = Difference(.kernel, "kernel", before: "6.1.0-18", after: "6.1.0-22")
    private static let firmware = Difference(
        .firmware, "firmware", before: "Dell Inc. 1.13 (2024-01-02)", after: "Dell Inc. 1.14 (2024-11-22)")

    private static func points(_ level: (Int) -> Double, noise: Double) -> [Trend.Point] {
        (0..<60).map { run in
            // Fixed waves in the place of chance; two runs were noisy.
            let wave = sin(Double(run) * 7.3) + 0.6 * sin(Double(run) * 2.1)
            return Trend.Point(
                run: run, value: level(run) * (1 + noise * wave), interval: nil,
                status: [11, 40].contains(run) ? .noisy : .valid)
        }
    }

    private static func key(_ workload: String, _ metric: String, _ unit: String, _ better: Metric.Direction)
        -> SeriesKey
    {
        SeriesKey(
            case: "0123456789ab", workload: workload, backend: .onednn, threads: 2, metric: metric, unit: unit,
            better: better)
    }

    static func trend(shifted: Bool = true) -> Trend {
        let runs = (0..<60).map {
            Trend.Run(
                id: String(format: "202611%02d-%06x", 1 + $0 / 2, $0 * 7919),
                created: Date(timeIntervalSince1970: 1_793_491_200 + Double($0) * 43_200))
        }
        let shift = Trend.Shift(
            run: 30, before: 412e9, after: 391.4e9, isWorse: true, p: 1 / 12_800, pAdjusted: 0.0005,
            likelyCauses: [kernel])
        let moved = Trend.MetricTrend(
            key: key("matmul 2048³ f32", "throughput", "FLOP/s", .higher),
            points: points({ $0 < 30 || !shifted ? 412e9 : 391.4e9 }, noise: 0.006), shifts: shifted ? [shift] : [])
        let still = Trend.MetricTrend(
            key: key("pointer chase 256 MiB", "loadLatency", "s", .lower), points: points({ _ in 96e-9 }, noise: 0.004),
            shifts: [])
        return Trend(
            machine: MachineIdentity(key: "01234567", name: "AMD EPYC 9R14, 2 cores"), runs: runs,
            breaks: [Trend.Break(run: 30, changes: [kernel]), Trend.Break(run: 45, changes: [firmware])],
            metrics: [still, moved],
            rule: Trend.Rule(falseDiscoveryRate: 0.05, magnitude: 0.0198, persistence: 3, seed: 1))
    }

    @Test func whatShiftedComesFirst() throws {
        let report = Datasheet.trend(Self.trend())
        #expect(report.figures.map(\.title).first?.hasPrefix("matmul 2048³ f32") == true)
        #expect(report.shifts?.groups.first?.rows.count == 1)
        #expect(report.breaks?.groups.first?.rows.count == 2)
        #expect(report.lead.text.contains("2 metrics over 60 runs, 1 shift of at least 2.0\u{202F}%"))
        #expect(
            report.notes[0] == [
                "−5.0\u{202F}% from run 20261116-03a002 on: kernel 6.1.0-18 → 6.1.0-22",
                "a: from run 20261116-03a002 on: kernel 6.1.0-18 → 6.1.0-22",
                "b: from run 20261123-057003 on: firmware Dell Inc. 1.13 (2024-01-02) → Dell Inc. 1.14 (2024-11-22)",
                "Hollow: noisy, or unconverged.",
            ])
        #expect(report.notes[1].count == 3)
        let quiet = Datasheet.trend(Self.trend(shifted: false))
        #expect(quiet.shifts == nil && quiet.lead.text.contains("no shift"))
    }

    @Test func picturesAndTextAreAsRecorded() throws {
        let report = Datasheet.trend(Self.trend())
        for (index, figure) in report.figures.enumerated() {
            #expect(throws: Never.self) {
                try Golden.check(
                    SVG.file(figure, isTitled: true, notes: report.notes[index]), "trend-\(index + 1).svg")
            }
        }
        let terminal = Terminal(width: 100)
        let text =
            report.figures.map { terminal.render($0) }
            + [report.shifts, report.breaks].compactMap { $0 }.map { terminal.render($0) }
        #expect(throws: Never.self) { try Golden.check(text.joined(separator: "\n"), "trend.txt") }
    }

    @Test func thePageIsWhole() throws {
        let report = Datasheet.trend(Self.trend())
        let page = HTML.page(
            kind: "Assay history", title: "AMD EPYC 9R14", lead: report.lead,
            blocks: [report.shifts, report.breaks].compactMap { $0 }.map { .table($0) }
                + [.row(report.figures.map { [.figure($0)] })])
        let elements = try Markup.check(page)
        #expect(elements.count { $0.name == "figure" } == 2)
        #expect(elements.count { $0.name == "table" } == 2)
    }
}
