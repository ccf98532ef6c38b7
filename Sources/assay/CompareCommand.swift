import ArgumentParser
import Datasheet
import Document
import Judge
import Model
import Render

/// Every metric of two or more runs side by side.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Hold runs against each other: every metric with interval and verdict.",
        discussion: """
            What differs in the configuration comes first, then each metric: both values, the change with its interval, the \
            probability adjusted for all metrics, the verdict, and the smallest change this data could have shown. Further \
            runs are each held against the first. The exit code is 0 whatever the verdicts: a gate is assay check.

            Examples:
              assay compare main pr-412
              assay compare main pr-412 --acknowledge library,isa
              assay compare before after later --format md
              assay compare a b --format csv > comparison.csv
            """)

    @Argument(help: "Two or more bundles, the base first: directories, or their bundle.json.")
    var bundles: [String]

    @Option(help: "\(ComparisonFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ComparisonFormat = .text

    @OptionGroup var options: ComparisonOptions

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
    var color = true

    func validate() throws {
        guard bundles.count > 1 else { throw ValidationError("Two bundles are needed, the base first.") }
        guard bundles.count <= 16 else { throw ValidationError("\(bundles.count) bundles; 16 are the most.") }
    }

    func run() throws {
        let options = try options.judgeOptions()
        let runs = try bundles.map { try RunSource.read($0).values }
        let comparisons = runs.dropFirst().map { Judge.compare(base: [runs[0]], new: $0, options: options) }
        Console.out(try (json ? .json : format).render(Array(comparisons), color: color))
    }
}

/// What a comparison can be written as.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
    case text, md, json, csv

    func render(_ comparisons: [Comparison], color: Bool) throws -> String {
        switch self {
        case .text:
            let terminal = Terminal(
                width: Console.outIsTerminal ? Console.width() : nil,
                isColoured: Console.colours(color, terminal: Console.outIsTerminal))
            return String(terminal.render(comparisons.flatMap { Datasheet.comparison($0) }).dropLast())
        case .md: return String(Markdown.render(comparisons.flatMap { Datasheet.comparison($0) }).dropLast())
        case .json:
            let data = comparisons.count == 1 ? try JSON.document(comparisons[0]) : try JSON.document(comparisons)
            return String(decoding: data.dropLast(), as: UTF8.self)
        case .csv: return ComparisonCSV.render(comparisons)
        }
    }
}
