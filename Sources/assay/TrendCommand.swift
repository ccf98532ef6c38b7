import ArgumentParser
import Datasheet
import Document
import History
import Judge
import Model
import Record
import Render
import Statistics

extension HistoryCommand {
    struct TrendCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trend", abstract: "How metrics went over the runs of a machine, and where they shifted.",
            discussion: """
                Shifts are found by E-divisive with a permutation test, adjusted over all metrics shown; what changed of the \
                machine at that run is named beside them. docs/HISTORY.md has the rules.

                Examples:
                  assay history trend
                  assay history trend matmul --metric throughput
                  assay history trend --format svg,html --output charts
                """)

        @Argument(help: "Only workloads whose name contains one of these texts.")
        var workloads: [String] = []

        @Option(help: "Only this metric: throughput, bandwidth, loadLatency … Repeatable.")
        var metric: [String] = []

        @Option(help: "The machine, by its key (assay history list); that of the newest run by default.")
        var machine: String?

        @Option(help: "The newest so many runs.")
        var last: Int = 1000

        @Option(help: "Smallest change that counts: 2% or 0.02. A noise floor that was measured may raise it.")
        var magnitude: String = "2%"

        @Option(help: "Decides the permutations.")
        var seed: UInt64 = 1

        @Option(help: "Files to write: svg, html, json; separated by commas.")
        var format: String?

        @Option(name: .shortAndLong, help: "Directory for the files.")
        var output: String = "."

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Print JSON.")
        var json = false

        @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
        var color = true

        private static let formats = ["svg", "html", "json"]
        private static let chartsOnTerminal = 4

        func validate() throws {
            if last < 1 { throw ValidationError("--last \(last): 1 or more.") }
            if share == nil { throw ValidationError("--magnitude \(magnitude): a share such as 2% or 0.02 is needed.") }
            for name in chosen where !Self.formats.contains(name) {
                throw ValidationError("--format \(name): unknown; there is \(Self.formats.joined(separator: ", ")).")
            }
        }

        private var chosen: [String] { (format ?? "").split(separator: ",").map(String.init) }

        private var share: Double? {
            let number = magnitude.hasSuffix("%") ? Double(magnitude.dropLast()).map { $0 / 100 } : Double(magnitude)
            return number.flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
        }

        func run() throws {
            let store = try history.reading()
            let found = try store.metrics(
                HistoryStore.Selection(machine: machine, workloads: workloads, metrics: metric, last: last))
            guard !found.series.isEmpty else {
                throw RecordError(
                    .noSuchInput, path: store.path,
                    problem: "the machine \(found.machine.key) has no such metric; see: assay history show")
            }
            var rules = ChangePoints.Rules()
            rules.division.seed = seed
            let trend = TrendJudge.trend(found, magnitude: share ?? TrendJudge.usualMagnitude, rules: rules)
            if !chosen.isEmpty { return try write(trend) }
            if json { return try Console.json(trend) }
            show(trend)
        }

        private func show(_ trend: Trend) {
            let report = Datasheet.trend(trend, charted: Self.chartsOnTerminal)
            let terminal = Terminal(
                width: Console.width(), isColoured: Console.colours(color, terminal: Console.outIsTerminal))
            for figure in report.figures { Console.out(terminal.render(figure)) }
            for table in [report.shifts, report.breaks].compactMap({ $0 }) { Console.out(terminal.render(table)) }
            Console.out(report.lead.text)
            let left = trend.metrics.count - report.figures.count
            if left > 0 { Console.out("\(left) more without a chart here: name workloads, or --format html") }
        }

        private func write(_ trend: Trend) throws {
            let report = Datasheet.trend(trend)
            var files: [(name: String, text: String)] = []
            if chosen.contains("svg") {
                files += report.figures.enumerated().map { index, figure in
                    ("trend-\(index + 1).svg", SVG.file(figure, isTitled: true, notes: report.notes[index]))
                }
            }
            if chosen.contains("html") {
                let tables = [report.shifts, report.breaks].compactMap { $0 }.map { Document.Block.table($0) }
                files.append(
                    (
                        "trend.html",
                        HTML.page(
                            kind: "Assay history", title: trend.machine.name, lead: report.lead,
                            blocks: tables + [.row(report.figures.map { [.figure($0)] })])
                    ))
            }
            if chosen.contains("json") {
                files.append(("trend.json", String(decoding: try JSON.document(trend), as: UTF8.self)))
            }
            for file in files {
                try BundleFiles.writeReport(file.text, name: file.name, to: output)
                Console.out("\(output)/\(file.name)")
            }
        }
    }
}
