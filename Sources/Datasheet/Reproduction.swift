import Document
import Model
import Units

extension Datasheet {
    /// §15: how to do it again, and how to tell that the data is the same.
    static func reproduction(_ reading: Reading) -> Document.Section {
        let bundle = reading.bundle
        let sheet = SheetCommand(reading)
        let commands = [
            (
                command(bundle.plan) + " --output mine",
                "the same plan on your machine"
            ),
            ("assay verify DIRECTORY", "do the files match their hashes, the numbers the samples?"),
            (sheet.text, sheet.about),
        ]
        let width = commands.map(\.0.count).max() ?? 0
        let lines = commands.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + "# " + $0.1 }
        return Document.Section(
            number: Number.reproduction, title: "Reproduction",
            finding: Prose("\(effort(bundle)); no root, no network."),
            blocks: [
                .code(lines.joined(separator: "\n")), .paragraph(expectation(bundle)), files(reading.recording.files),
            ])
    }

    /// The command that makes this plan again. A bundle that does not tell its arguments has a suite and a seed. One side of a
    /// live comparison was set to something that no option of `run` sets, so that only its bundle makes it again.
    static func command(_ plan: Plan) -> String {
        if let setting = plan.setting {
            let asksForTrust = !setting.libraries.isEmpty || !setting.environment.isEmpty
            return "assay reproduce DIRECTORY" + (asksForTrust ? " --trust-settings" : "")
        }
        let arguments = plan.arguments.isEmpty ? [plan.suite, "--seed", "\(plan.seed)"] : plan.arguments
        let words = arguments.map { $0.isOptionName ? $0 : Words.shell($0) }
        return (["assay", "run"] + words).joined(separator: " ")
    }

    private static func effort(_ bundle: Bundle) -> String {
        let time = Words.duration(bundle.duration)
        return bundle.interrupted == nil ? "\(Words.capital(time)) here" : "Cut off after \(time)"
    }

    /// A run that was cut off says nothing about how long a whole one takes.
    private static func outlook(_ bundle: Bundle) -> String {
        let time = Words.duration(bundle.duration)
        guard bundle.interrupted != nil else { return "Expect about \(time) on this machine." }
        return "The run was cut off after \(time); how long a whole one takes here is not known."
    }

    private static func expectation(_ bundle: Bundle) -> Prose {
        let seed = String(bundle.plan.seed)
        let floor =
            bundle.noiseFloor.value.map { "widened by the noise floor of \(Figures.percent($0.value, decimals: 1))" }
            ?? "with no allowance, since no noise floor was measured"
        return """
            \(code: "DIRECTORY") is the directory that holds this bundle. The plan with its seed \(code: seed), the order of its processes and every sample are in the bundle. A figure is borne out \
            where the interval of a new run meets the one printed here, \(floor). \
            \(outlook(bundle))
            """
    }

    private static func files(_ files: [RecordedFile]) -> Document.Block {
        guard !files.isEmpty else { return .paragraph("Raw data: no file was recorded with its hash.") }
        let rows = files.map { file -> [Document.Cell] in
            [
                .text("\(code: file.name)"), .number(Figures.grouped(UInt64(max(file.bytes, 0)))),
                .text("\(code: file.sha256)"),
            ]
        }
        return .table(
            Document.Table(
                caption: "Raw data",
                columns: [Document.Column("File"), Document.Column("Bytes", .number), Document.Column("SHA-256")],
                rows: rows))
    }
}

extension String {
    /// `--seed`: two dashes and lower-case letters, which no shell takes for anything else.
    fileprivate var isOptionName: Bool {
        hasPrefix("--") && utf8.count > 2 && utf8.dropFirst(2).allSatisfy { (97...122).contains($0) || $0 == 45 }
    }
}
