import ArgumentParser
import Judge
import Model
import Record
import Units

/// Integrity, and that each derived number follows from the samples.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that a bundle is whole and that its numbers follow from its samples.",
        discussion: """
            Exit code 0: every file has the hash it was written with, and every published number was computed again \
            from the samples and came out the same. 1: something does not hold; each finding names the file. With --key \
            the bundle must be signed with that key; without, a signature that does not hold is a finding, and none a warning. \
            A datasheet.json beside the bundle is composed again from the samples and compared value by value; one that was \
            held against other bundles takes these too, with --versus and the options it was rendered with.

            Examples:
              assay verify Reports/local/mine
              assay verify mine --key assay-key.pub
              assay verify mine --datasheet published.json
              assay verify mine --datasheet published.json --versus theirs
              assay verify mine --json
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Option(help: "Public key that the bundle must be signed with (FILE.pub of assay sign --generate-key).")
    var key: String?

    @Option(help: "A datasheet in JSON that must follow from the bundle; datasheet.json beside it by default.")
    var datasheet: String?

    @OptionGroup(title: "Comparison in the datasheet") var versus: VersusOption

    @Flag(help: "Findings as JSON.")
    var json = false

    func validate() throws {
        if !versus.versus.isEmpty, sheet == nil {
            throw ValidationError("--versus: there is no datasheet in JSON that it could be held against.")
        }
    }

    func run() throws {
        let signature = try Signing.state(bundle, publicKey: key)
        var findings = try Integrity.findings(bundle) + [signature.finding].compactMap { $0 }
        var checked = 0
        var check: SheetCheck?
        do {
            var recording = try BundleFiles.read(bundle)
            checked = recording.bundle.measurements.reduce(0) { $0 + $1.metrics.count }
            findings += Recheck.findings(recording)
            recording.findings = findings
            if let path = sheet { check = try SheetCheck(path, of: recording, versus: versus) }
            findings += check?.findings ?? []
        } catch {
            // Where the hashes have named the file already, what is wrong inside it comes on top.
            if findings.isEmpty { throw error }
            findings.append("\(error)")
        }
        try report(findings, checked, check, signature)
        if !findings.isEmpty { throw ExitCode(1) }
    }

    /// The sheet that was named, or that lies beside the bundle.
    private var sheet: String? {
        if let datasheet { return datasheet }
        let beside = BundleFiles.directory(of: bundle) + "/datasheet.json"
        return InputFile.exists(beside) ? beside : nil
    }

    private func report(
        _ findings: [String], _ checked: Int, _ check: SheetCheck?, _ signature: Signing.State
    ) throws {
        let warnings = [Self.warning(signature)].compactMap { $0 } + (check?.warnings ?? [])
        if json {
            let report = Report(
                holds: findings.isEmpty, findings: findings, warnings: warnings,
                metricsRecomputed: checked, sheetValuesCompared: check?.compared, signature: Report.Signature(signature)
            )
            return try Console.json(report)
        }
        if findings.isEmpty {
            Console.out("verified   files match their hashes; \(checked) metrics follow from the samples")
            if let check { Console.out("datasheet  \(check.compared) values compared with what the samples give") }
            if let line = Self.line(signature) { Console.out(line) }
        } else {
            for finding in findings { Console.out("finding    \(Neutral.text(finding))") }
        }
        for warning in warnings { Console.note("warning    \(warning)") }
    }

    private static func line(_ signature: Signing.State) -> String? {
        switch signature {
        case .signed(let fingerprint), .trusted(let fingerprint): "signed     by the key \(fingerprint)"
        case .unsigned, .broken: nil
        }
    }

    private static func warning(_ signature: Signing.State) -> String? {
        switch signature {
        case .unsigned: "the bundle is unsigned: nobody vouches for it (assay sign)"
        case .signed: "anybody may have made that key: give the one you trust with --key"
        case .trusted, .broken: nil
        }
    }

    private struct Report: Encodable {
        struct Signature: Encodable {
            var state: String
            var fingerprint: String?

            init(_ signature: Signing.State) {
                switch signature {
                case .unsigned: state = "unsigned"
                case .signed(let key): (state, fingerprint) = ("signed", key)
                case .trusted(let key): (state, fingerprint) = ("trusted", key)
                case .broken: state = "broken"
                }
            }
        }
        var schema = "assay.verification/1"
        var holds: Bool
        var findings: [String]
        var warnings: [String]
        var metricsRecomputed: Int
        var sheetValuesCompared: Int?
        var signature: Signature
    }
}
