import Lint

/// A text that a rule holds of, and one that it does not, differing in nothing else.
struct Example {
    enum Format { case markdown, json }

    var rule: String
    var format: Format
    var passing: String
    var failing: String

    init(_ rule: String, passing: String, failing: String) {
        self.rule = rule
        format = passing.hasPrefix("{") ? .json : .markdown
        self.passing = passing
        self.failing = failing
    }

    func findings(_ text: String) throws -> [Finding] {
        let exhibit =
            switch format {
            case .markdown: Exhibit(markdown: text, file: "sheet.md")
            case .json: try Exhibit(json: Array(text.utf8), file: "sheet.json")
            }
        return Lint.findings(exhibit).filter { $0.rule == rule }
    }
}

/// Every rule of the documentation has at least one.
let examples: [Example] =
    configurationExamples + numberExamples + comparisonExamples + omissionExamples + wordingExamples

/// A table of results with one row.
func results(_ row: String, heads: String = "Case | Value | Unit | 95 % interval | n | Status", notes: String = "")
    -> String
{
    let columns = heads.split(separator: "|").map { _ in "---" }.joined(separator: " | ")
    return "## 10 Results\n\n**Kernels**\n\n| \(heads) |\n| \(columns) |\n| \(row) |\n\n\(notes)\n"
}

/// A bundle with one measurement.
func bundle(_ measurement: String, _ rest: String = "\"processes\": []") -> String {
    #"{"schema": "assay.bundle/1", "measurements": [\#(measurement)], \#(rest)}"#
}

/// A measurement of a bundle.
func measurement(_ metrics: String, _ rest: String = #""status": "valid""#) -> String {
    #"{"case": {"id": "aaaaaaaaaaaa", "workload": "matmul", "kernel": "matmul"}, "processes": 6, "metrics": [\#(metrics)], \#(rest)}"#
}

func metric(
    _ name: String = "throughput", unit: String = "FLOP/s",
    interval: String = #"{"lower": 98, "upper": 102, "level": 0.95}"#,
    count: Int = 6
) -> String {
    #"{"name": "\#(name)", "unit": "\#(unit)", "better": "higher", "value": 100, "interval": \#(interval), "count": \#(count)}"#
}
