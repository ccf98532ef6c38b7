import Document
import Model
import Units

extension Datasheet {
    /// §15: how to do it again, and how to tell that the data is the same.
    static func reproduction(_ reading: Reading) -> Document.Section {
        let bundle = reading.bundle
        let directory = Words.shell(bundle.id)
        let commands = [
            ("assay run \(Words.shell(bundle.plan.suite)) --output mine", "the same suite on your machine"),
            ("assay verify \(directory)", "do the files match their hashes, the numbers the samples?"),
            ("assay datasheet \(directory)", "this sheet again, byte for byte"),
        ]
        let width = commands.map(\.0.count).max() ?? 0
        let lines = commands.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + "# " + $0.1 }
        return Document.Section(
            number: Number.reproduction, title: "Reproduction",
            finding: Prose("\(Words.capital(Words.duration(bundle.duration))) here; no root, no network."),
            blocks: [
                .code(lines.joined(separator: "\n")), .paragraph(expectation(bundle)), files(reading.recording.files),
            ])
    }

    private static func expectation(_ bundle: Bundle) -> Prose {
        let seed = String(bundle.plan.seed, radix: 16)
        let floor =
            bundle.noiseFloor.value.map { "widened by the noise floor of \(Figures.percent($0.value, decimals: 1))" }
            ?? "with no allowance, since no noise floor was measured"
        return """
            The plan with its seed \(code: seed), the order of its processes and every sample are in the bundle. A figure is borne out \
            where the interval of a new run meets the one printed here, \(floor). Expect about \
            \(Words.duration(bundle.duration)) on this machine.
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
