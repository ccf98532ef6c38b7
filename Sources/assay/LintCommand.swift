import ArgumentParser
import Units
import Lint
import Model
import Record
import Render

/// Honest-reporting rules.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Hold a bundle, a comparison or a datasheet against the rules of honest reporting.",
        discussion: """
            A datasheet in Markdown or JSON may have been edited by hand since Assay wrote it; each finding names the rule, \
            the place and what would mend it. The rules stand in docs/LINT.md.

            Exit code 0: no finding, or only warnings. 1: an error (with --strict also a warning).

            Examples:
              assay lint mine                                  a bundle
              assay lint mine/datasheet.md mine/datasheet.json
              assay lint comparison.json                       what assay compare --json wrote
              assay lint mine/datasheet.md --format sarif > lint.sarif
              assay lint --rules                               what is looked for
            """)

    @Argument(help: "Bundles (directory or bundle.json), datasheet.md or datasheet.json, comparisons in JSON.")
    var files: [String] = []

    @Option(help: "text, json or sarif.")
    var format = LintFormat.text

    @Flag(help: "Findings as JSON; the same as --format json.")
    var json = false

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @Flag(help: "List the rules instead.")
    var rules = false

    func run() throws {
        let format = json ? .json : format
        if rules { return try show(rules: Lint.rules, as: format) }
        guard !files.isEmpty else { throw ValidationError("Name a bundle or a datasheet, or ask for --rules.") }
        let findings = try files.flatMap { Lint.findings(try Self.exhibit($0)) }
        try show(findings, as: format)
        if findings.contains(where: { $0.severity == .error || strict }) { throw ExitCode(1) }
    }

    /// What the file is: by its ending for text, by its schema for JSON. A directory is a bundle.
    static func exhibit(_ path: String) throws -> Exhibit {
        if path.lowercased().hasSuffix(".md") || path.lowercased().hasSuffix(".markdown") {
            let bytes = try InputFile.bytes(path, atMost: 16 << 20)
            return Exhibit(markdown: String(decoding: bytes, as: UTF8.self), file: path)
        }
        let isJSON = path.lowercased().hasSuffix(".json")
        guard isJSON || InputFile.isDirectory(path) || !InputFile.exists(path) else {
            throw RecordError(.badInput, path: path, problem: "is neither a bundle nor a datasheet in Markdown or JSON")
        }
        let file = isJSON ? path : BundleFiles.directory(of: path) + "/" + BundleFiles.bundle
        let bytes = try InputFile.bytes(file, atMost: 64 << 20)
        do {
            return try Exhibit(json: bytes, file: file)
        } catch {
            throw RecordError(.badInput, path: file, problem: "\(error)")
        }
    }

    private func show(_ findings: [Finding], as format: LintFormat) throws {
        switch format {
        case .text:
            for finding in findings {
                Console.out(
                    "\(Neutral.text("\(finding.place)")): \(finding.rule) \(finding.severity.rawValue): \(Neutral.text(finding.problem))"
                )
                Console.out("    \(finding.mend)")
            }
            let errors = findings.count { $0.severity == .error }
            if findings.isEmpty {
                Console.out("none       \(Lint.rules.count) rules hold")
            } else {
                Console.out(
                    "findings   \(errors) error\(errors == 1 ? "" : "s"), \(findings.count - errors) warning\(findings.count - errors == 1 ? "" : "s")"
                )
            }
        case .json: try Console.json(LintReport(findings: findings))
        case .sarif: try Console.json(Sarif(findings, toolVersion: Version.number))
        }
    }

    private func show(rules: [Rule], as format: LintFormat) throws {
        guard format == .text else { return try Console.json(RuleReport()) }
        for rule in rules {
            Console.out("\(rule.id)  \(rule.severity == .error ? "E" : "W")  \(rule.title)")
            Console.out("          \(rule.mend)")
        }
    }
}

enum LintFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
}

/// `assay.lint/1`.
private struct LintReport: Encodable {
    var schema = "assay.lint/1"
    var findings: [Finding]
}

private struct RuleReport: Encodable {
    struct Row: Encodable { var id: String, severity: Rule.Severity, title: String, mend: String }
    var schema = "assay.lint-rules/1"
    var rules = Lint.rules.map { Row(id: $0.id, severity: $0.severity, title: $0.title, mend: $0.mend) }
}
