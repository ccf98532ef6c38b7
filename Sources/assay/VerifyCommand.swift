import ArgumentParser
import Judge
import Model
import Record

/// Integrity, and that each derived number follows from the samples.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that a bundle is whole and that its numbers follow from its samples.",
        discussion: """
            Exit code 0: every file has the hash it was written with, and every published number was computed again \
            from the samples and came out the same. 1: something does not hold; each finding names the file.

            Examples:
              assay verify Reports/local/mine
              assay verify mine --json
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Flag(help: "Findings as JSON.")
    var json = false

    func run() throws {
        var findings = try Integrity.findings(bundle)
        var checked = 0
        do {
            let recording = try BundleFiles.read(bundle)
            checked = recording.bundle.measurements.reduce(0) { $0 + $1.metrics.count }
            findings += Recheck.findings(recording)
        } catch {
            // Where the hashes have named the file already, what is wrong inside it comes on top.
            if findings.isEmpty { throw error }
            findings.append("\(error)")
        }
        try report(findings, checked)
        if !findings.isEmpty { throw ExitCode(1) }
    }

    private func report(_ findings: [String], _ checked: Int) throws {
        if json {
            let report = Report(holds: findings.isEmpty, findings: findings, metricsRecomputed: checked)
            Console.out(String(decoding: try JSON.document(report).dropLast(), as: UTF8.self))
        } else if findings.isEmpty {
            Console.out("verified   files match their hashes; \(checked) metrics follow from the samples")
        } else {
            for finding in findings { Console.out("finding    \(finding)") }
        }
    }

    private struct Report: Codable {
        var schema = "assay.verification/1"
        var holds: Bool
        var findings: [String]
        var metricsRecomputed: Int
    }
}
