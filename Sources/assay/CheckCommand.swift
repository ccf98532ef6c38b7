import ArgumentParser
import CheckExport
import Datasheet
import Document
import Judge
import Model
import Plan
import Record
import Render

#if canImport(Glibc)
    import Glibc
#endif

/// The regression gate.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "The regression gate: is this run worse than its baseline?",
        discussion: """
            Exit code 0: equivalent or improved · 1: something breaks the policy · 3: inconclusive · 4: not comparable.

            Several baselines are runs of one state: they are held against together, and tell how much its runs differ. With \
            --each the new run is judged against each by itself. --confirm measures what was flagged again, here, in fresh \
            interleaved processes, and only what they find too stays flagged; the first data is never pooled with them. In \
            GitHub Actions findings become annotations, and the step summary gets the tables. Library files that a bundle names \
            are loaded for that only with --trust-settings.

            A policy in YAML:
              max-regression: 3%
              must-not: [inconclusive]
              rules:
                - {workload: embedding, metric: latency.p99, max-regression: 10%}
              ignore:
                - {workload: "embedding 26M", reason: "issue 12", until: 2026-12-31}

            Examples:
              assay check pr-412 --baseline main
              assay check new --baseline run1 --baseline run2 --baseline run3
              assay check new --baseline main --policy policy.yaml --confirm
              assay check new --baseline main --report junit=check.xml --report sarif=check.sarif
            """)

    @Argument(help: "The run to be judged: a bundle’s directory, its bundle.json, or a run of the history by its id.")
    var new: String

    @Option(help: "What it is held against: a bundle, a baseline of the history by name, or a run of it. Repeatable.")
    var baseline: [String]

    @Flag(help: "Judge against each baseline by itself; the worst outcome counts.")
    var each = false

    @Option(help: "YAML file with thresholds, verdicts that must not be, and what to ignore until when.")
    var policy: String?

    @OptionGroup var options: ComparisonOptions

    @OptionGroup var history: DatabaseOption

    @Flag(help: "Measure flagged cases again before the verdict: on the machine that measured the run.")
    var confirm = false

    @OptionGroup var trust: TrustOption

    @Option(help: "Also write a report, FORMAT=FILE: \(CheckFormat.names). Repeatable.")
    var report: [String] = []

    @Option(help: "What is printed: \(CheckFormat.names).")
    var format: CheckFormat = .text

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(
        inversion: .prefixedNo, help: "Annotations and step summary for GitHub Actions; found out from the environment."
    )
    var github: Bool?

    @Flag(inversion: .prefixedNo, help: "Colours on a terminal.")
    var color = true

    func validate() throws {
        guard !baseline.isEmpty else {
            throw ValidationError("--baseline is needed: a bundle to hold the run against.")
        }
        if trust.trustSettings, !confirm { throw ValidationError("--trust-settings goes with --confirm.") }
        guard baseline.count <= 64 else { throw ValidationError("\(baseline.count) baselines; 64 are the most.") }
        _ = try reports()
    }

    /// Asynchronous, so `main` calls it in the place of `run`: `--confirm` measures.
    func execute() async throws {
        let policy = try policy.map { try PolicySource.read($0) } ?? Policy()
        let unverified = self.options.unverified
        var options = try options.judgeOptions()
        options.policy = policy
        guard let found = try RunSource.all(new, history, unverified: unverified).last else { return }
        let read = try baseline.map { try RunSource.all($0, history, unverified: unverified) }
        let bases = each ? read : [read.flatMap { $0 }]
        var comparisons = bases.map { CompareCommand.compare($0, found, options) }
        if confirm {
            guard let recording = found.recording else {
                throw ValidationError("--confirm needs a bundle; \(new) is a run of the history.")
            }
            comparisons = try await Confirmation(
                recording: recording, bases: bases.map { $0.map(\.values) },
                baseRecordings: bases.map { $0.compactMap(\.recording) }, options: options, colours: color,
                trustsSettings: trust.trustSettings
            ).confirmed(comparisons)
        }
        let report = Judge.check(comparisons, policy: policy, today: Today.text, isConfirmed: confirm)
        try publish(report)
        if report.exitCode != 0 { throw ExitCode(Int32(report.exitCode)) }
    }

    private func publish(_ report: CheckReport) throws {
        for (format, file) in try reports() {
            try TextFile.write(try format.render(report, file: bundleFile, color: false) + "\n", to: file)
        }
        let format = json ? .json : format
        Console.out(try format.render(report, file: bundleFile, color: color))
        guard github ?? (Environment["GITHUB_ACTIONS"] == "true") else { return }
        // The runner reads both streams; what is printed for a program stays whole.
        let tell = format == .text ? Console.out : Console.note
        for line in GitHub.annotations(report) { tell(line) }
        if let summary = Environment["GITHUB_STEP_SUMMARY"], !summary.isEmpty {
            try TextFile.append(
                "## assay check\n\n" + (try CheckFormat.md.render(report, file: bundleFile, color: false)) + "\n",
                to: summary)
        }
    }

    private var bundleFile: String {
        new.hasSuffix("/" + BundleFiles.bundle) ? new : BundleFiles.directory(of: new) + "/" + BundleFiles.bundle
    }

    private func reports() throws -> [(CheckFormat, String)] {
        try report.map { entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let format = CheckFormat(rawValue: parts[0]) else {
                throw ValidationError("--report \(entry): FORMAT=FILE is needed, FORMAT one of \(CheckFormat.names).")
            }
            return (format, parts[1])
        }
    }
}

/// What a check can be written as.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
    case text, md, json, csv, junit, sarif

    static let names = allCases.map(\.rawValue).joined(separator: ", ")

    /// - Parameter file: of the new run, as the user named it.
    func render(_ report: CheckReport, file: String, color: Bool) throws -> String {
        switch self {
        case .text:
            let terminal = Terminal(
                width: Console.outIsTerminal ? Console.width() : nil,
                isColoured: Console.colours(color, terminal: Console.outIsTerminal))
            return String(terminal.render(Datasheet.check(report)).dropLast())
        case .md: return String(Markdown.render(Datasheet.check(report)).dropLast())
        case .json: return String(decoding: try JSON.document(report).dropLast(), as: UTF8.self)
        case .csv: return ComparisonCSV.render(report.comparisons)
        case .junit: return String(JUnit.render(report).dropLast())
        case .sarif:
            let sarif = SARIF(report, version: Version.number, file: file)
            return String(decoding: try JSON.document(sarif).dropLast(), as: UTF8.self)
        }
    }
}

/// The policy in a file.
enum PolicySource {
    static func read(_ path: String) throws(PlanError) -> Policy {
        guard let text = try SuiteSource.read(path) else {
            throw PlanError(.noSuchInput, file: path, problem: "no such file")
        }
        return try PolicyReader.read(text, file: path)
    }
}
