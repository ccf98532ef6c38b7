import Model
import Render
import Statistics

/// A comparison as RFC 4180 comma-separated values, in base units, a row a metric.
enum ComparisonCSV {
    private static let heads = [
        "base", "new", "case", "workload", "backend", "threads", "metric", "unit", "better", "verdict", "baseValue",
        "baseLower", "baseUpper", "baseProcesses", "baseStatus", "newValue", "newLower", "newUpper", "newProcesses",
        "newStatus", "ratio",
        "ratioLower", "ratioUpper", "p", "pAdjusted", "margin", "marginSource", "noiseFloor", "smallestEffect",
        "furtherProcesses", "reason", "likelyCauses", "baseWorkload", "baseThreads",
    ]

    static func render(_ comparisons: [Comparison]) -> String {
        let rows = comparisons.flatMap { comparison in
            comparison.pairs.map { row($0, comparison) }
        }
        return ([heads] + rows).map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r"
    }

    private static func row(_ pair: Comparison.Pair, _ comparison: Comparison) -> [String] {
        let base = comparison.base.map(\.name).joined(separator: " ")
        let planned = pair.case
        return [
            text(base), text(comparison.new.name), text(planned.id), text(planned.workload), planned.backend.rawValue,
            "\(planned.threads)", text(pair.metric), text(pair.unit), pair.better.rawValue, text(pair.verdict.rawValue),
        ] + side(pair.base) + side(pair.new) + [
            number(pair.change?.ratio), number(pair.change?.interval?.lower), number(pair.change?.interval?.upper),
            number(pair.p), number(pair.pAdjusted), number(pair.margin?.value), pair.margin?.source.rawValue ?? "",
            number(pair.margin?.noiseFloor), number(pair.smallestEffect),
            pair.furtherProcesses.map { "\($0)" } ?? "", text(pair.reason ?? ""),
            text(pair.likelyCauses.joined(separator: "; ")), text((pair.baseCase ?? planned).workload),
            "\((pair.baseCase ?? planned).threads)",
        ]
    }

    private static func side(_ side: Comparison.Side?) -> [String] {
        [
            number(side?.value), number(side?.interval?.lower), number(side?.interval?.upper),
            side.map { "\($0.processes)" } ?? "", side?.status.rawValue ?? "",
        ]
    }

    private static func text(_ text: String) -> String { CSV.field(text) }
    private static func number(_ value: Double?) -> String { value.map { $0.isFinite ? "\($0)" : "" } ?? "" }
}
