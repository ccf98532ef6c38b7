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
              assay compare main 20261124-7e09a1                 a baseline and a run of the history
              assay compare --live a.yaml b.yaml --suite quick   two settings, measured now, interleaved
            """)

    @Argument(help: "Two or more bundles, baselines or runs of the history, the base first; with --live two settings.")
    var bundles: [String]

    @Option(help: "\(ComparisonFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ComparisonFormat = .text

    @OptionGroup var options: ComparisonOptions

    @OptionGroup var live: LiveOptions

    @OptionGroup var history: DatabaseOption

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
    var color = true

    func validate() throws {
        guard bundles.count > 1 else { throw ValidationError("Two bundles are needed, the base first.") }
        guard bundles.count <= 16 else { throw ValidationError("\(bundles.count) bundles; 16 are the most.") }
        if live.live, bundles.count != 2 {
            throw ValidationError("--live compares two settings, not \(bundles.count).")
        }
        if !live.live, live.isGiven {
            throw ValidationError(
                "--suite, --only, --processes, --seed, --output and --cloud-metadata go with --live.")
        }
    }

    /// Asynchronous, so `main` calls it in the place of `run`: `--live` measures.
    func execute() async throws {
        var options = try options.judgeOptions()
        var comparisons: [Comparison] = []
        if live.live {
            let sides = try await LiveComparison(options: live, files: bundles).measure(colours: color)
            options.acknowledged.formUnion(sides.purposes)
            options.isInterleaved = true
            var comparison = Judge.compare(base: [sides.base], new: sides.new, options: options)
            comparison.differences += sides.variables
            comparisons = [comparison]
        } else {
            let runs = try bundles.map { try RunSource.all($0, history, unverified: self.options.unverified) }
            comparisons = runs.dropFirst().compactMap { new in
                new.last.map { Self.compare(runs[0], $0, options) }
            }
        }
        Console.out(try (json ? .json : format).render(comparisons, color: color))
    }
}

extension CompareCommand {
    /// The comparison, with what does not hold of the bundles.
    static func compare(_ base: [RunSource.Found], _ new: RunSource.Found, _ options: Judge.Options) -> Comparison {
        var comparison = Judge.compare(base: base.map(\.values), new: new.values, options: options)
        comparison.warnings += base.flatMap(\.doubts) + new.doubts
        return comparison
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
            let data =
                comparisons.count == 1
                ? try JSON.document(comparisons[0]) : try JSON.document(Comparisons(comparisons: comparisons))
            return String(decoding: data.dropLast(), as: UTF8.self)
        case .csv: return ComparisonCSV.render(comparisons)
        }
    }
}

/// More than two runs, each held against the first. JSON schema `assay.comparisons/1`.
private struct Comparisons: Encodable {
    var schema = "assay.comparisons/1"
    var comparisons: [Comparison]
}
