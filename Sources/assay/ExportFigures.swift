import Datasheet
import Export
import Judge
import Model
import Render

/// What the stages hand to an export, joined here.
enum ExportFigures {
    /// What each process measured, as the comparison sees it.
    static func of(_ recording: Recording) -> [ProcessFigures] {
        RunValues(recording).results.flatMap { result in
            result.metrics.map { metric in
                ProcessFigures(
                    case: result.case.id, metric: metric.metric.name, values: metric.processes.map(\.value))
            }
        }
    }
}

/// The results as the datasheet has them, so that there is one table of numbers and not two.
struct CSVExport: Exporter {
    let name = "csv"
    let about =
        "the results as comma-separated values, in base units: a row a metric, and a row for each case without one"

    func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        [ExportedFile(name: "results.csv", content: CSV.render(Datasheet.compose(recording)))]
    }
}

extension Exporters {
    /// All formats that there are on the command line.
    static let known: [any Exporter] = [CSVExport()] + all

    static func find(_ name: String) -> (any Exporter)? { known.first { $0.name == name } }
}
