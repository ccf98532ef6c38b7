public import Model
import Statistics
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A Python script that logs the bundle as a run of Weights & Biases, with its client.
///
/// A script and not a connection: what is sent, where, and with whose key is for its user to read and to decide. It holds the
/// figures itself and needs nothing but `wandb`; `WANDB_MODE=offline` keeps everything on the disk.
public struct WeightsAndBiases: Exporter {
    public let name = "wandb"
    public let about = "a Python script that logs the bundle to Weights & Biases as a run with tables and an artifact"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        try export(recording, figures: [])
    }

    public func export(_ recording: Recording, figures: [ProcessFigures]) throws(ExportRefusal) -> [ExportedFile] {
        let json: String
        do {
            json = String(decoding: try JSON.line(Payload(recording, figures)), as: UTF8.self)
        } catch {
            throw ExportRefusal("cannot be written as JSON: \(error)")
        }
        // Twice: once as JSON in ASCII, once as a Python literal of it. Nothing of the data is ever code.
        let ascii = PythonText.ascii(json.filter { $0 != "\n" })
        return [
            ExportedFile(
                name: "log_to_wandb.py", content: Self.script.replacing("DATA_LITERAL", with: PythonText.literal(ascii))
            )
        ]
    }

    private static let script = #"""
        #!/usr/bin/env python3
        """Logs one Assay bundle to Weights & Biases as a run with tables, and its files as an artifact.

        pip install wandb; python3 log_to_wandb.py --project hardware [--bundle DIRECTORY]
        WANDB_MODE=offline keeps everything on this disk; `wandb sync` sends it later.
        """
        import argparse
        import json
        import pathlib
        import sys

        DATA = json.loads(DATA_LITERAL)


        def arguments():
            parser = argparse.ArgumentParser(description="Log Assay bundle " + DATA["id"] + " to Weights & Biases.")
            parser.add_argument("--project", default="assay")
            parser.add_argument("--entity", default=None)
            parser.add_argument("--bundle", type=pathlib.Path, help="directory whose files become an artifact")
            return parser.parse_args()


        def attach(wandb, run, directory):
            artifact = wandb.Artifact("assay-" + DATA["id"], type="assay-bundle", metadata=DATA["config"])
            for name in DATA["files"]:
                path = directory / name
                if not path.is_file():
                    sys.exit(f"{path}: no such file; is this the bundle {DATA['id']}?")
                artifact.add_file(str(path), name=name)
            for name in DATA["optional"]:
                if (directory / name).is_file():
                    artifact.add_file(str(directory / name), name=name)
            run.log_artifact(artifact)


        def main():
            options = arguments()
            import wandb

            run = wandb.init(
                project=options.project, entity=options.entity, name=DATA["id"], job_type="benchmark", config=DATA["config"])
            run.log(
                {
                    "results": wandb.Table(columns=DATA["results"]["columns"], data=DATA["results"]["rows"]),
                    "processes": wandb.Table(columns=DATA["processes"]["columns"], data=DATA["processes"]["rows"]),
                })
            for key, value in DATA["summary"].items():
                run.summary[key] = value
            if options.bundle:
                attach(wandb, run, options.bundle)
            run.finish()


        if __name__ == "__main__":
            main()

        """#
}

/// What the script logs.
private struct Payload: Encodable {
    enum Cell: Encodable {
        case text(String)
        case number(Double?)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number?) where number.isFinite: try container.encode(number)
            case .number: try container.encodeNil()
            }
        }
    }
    struct Table: Encodable { var columns: [String], rows: [[Cell]] }
    var id: String
    var config: [String: String]
    var files: [String]
    var optional: [String]
    var results: Table
    var processes: Table
    var summary: [String: Double]

    init(_ recording: Recording, _ figures: [ProcessFigures]) {
        id = String(
            recording.bundle.id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }.prefix(64))
        config = Dictionary(recording.facts.map { ($0.key, $0.value) }) { first, _ in first }
        // Those that the bundle has, power.jsonl among them, then their sums, and a signature if there is one by then.
        files = recording.files.map(\.name) + ["SHA256SUMS"]
        optional = ["SHA256SUMS.sig"]
        let rows = recording.rows
        let names = recording.caseNames
        let unmeasured = recording.bundle.measurements.filter(\.metrics.isEmpty)
        results = Table(columns: Self.columns, rows: rows.map(Self.cells) + unmeasured.map { Self.cells($0, names) })
        processes = Table(columns: ["case", "metric", "process", "value"], rows: figures.flatMap(Self.cells))
        summary = Dictionary(rows.map { ("\($0.name)/\($0.metric.name)", $0.metric.value) }) { first, _ in first }
    }

    private static let columns = [
        "case", "name", "status", "reason", "metric", "unit", "better", "value", "lower", "upper", "processes",
    ]

    private static func cells(_ row: Row) -> [Cell] {
        let metric = row.metric
        let texts = [
            row.planned.id, row.name, row.measurement.status.rawValue, row.measurement.reason ?? "", metric.name,
            metric.unit, metric.better.rawValue,
        ]
        let numbers = [metric.value, metric.interval?.lower, metric.interval?.upper, Double(metric.count)]
        return texts.map { Cell.text(Neutral.text($0)) } + numbers.map { Cell.number($0) }
    }

    private static func cells(_ measurement: Measurement, _ names: [String: String]) -> [Cell] {
        let texts = [
            measurement.case.id, names[measurement.case.id] ?? "", measurement.status.rawValue,
            measurement.reason ?? "",
            "", "", "",
        ]
        let numbers: [Double?] = [nil, nil, nil, 0]
        return texts.map { Cell.text(Neutral.text($0)) } + numbers.map { Cell.number($0) }
    }

    private static func cells(_ figures: ProcessFigures) -> [[Cell]] {
        figures.values.enumerated().map { index, value in
            [
                .text(Neutral.text(figures.case)), .text(Neutral.text(figures.metric)), .number(Double(index)),
                .number(value),
            ]
        }
    }
}
