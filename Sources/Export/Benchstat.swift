public import Model

/// The text that `go test -bench` prints and benchstat compares: a line a process, so that its statistics are run-to-run.
///
/// Grammar: Go's design document 14313 (benchmark format), and benchstat's `Unit` lines that say which way is better.
public struct Benchstat: Exporter {
    public let name = "benchstat"
    public let about = "Go's benchmark format, a line a process; for benchstat, benchdiff and what reads it"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        try export(recording, figures: [])
    }

    public func export(_ recording: Recording, figures: [ProcessFigures]) throws(ExportRefusal) -> [ExportedFile] {
        var lines = recording.facts.map { "\($0.key): \($0.value)" }
        let rows = recording.rows
        for unit in unique(rows.map { "Unit \(Self.unit($0.metric)) better=\($0.metric.better.rawValue)" }) {
            lines.append(unit)
        }
        lines.append("")
        let values = Dictionary(figures.map { ("\($0.case)\n\($0.metric)", $0.values) }) { first, _ in first }
        for group in grouped(rows) {
            guard let first = group.first else { continue }
            let columns = group.map { row -> (String, [Double]) in
                // Without the processes only the median is left: one line, of which benchstat can say little.
                (Self.unit(row.metric), values["\(row.planned.id)\n\(row.metric.name)"] ?? [row.metric.value])
            }
            for process in 0..<(columns.map { $0.1.count }.min() ?? 0) {
                let cells = columns.map { "\(Self.digits($0.1[process])) \($0.0)" }
                lines.append(([Self.benchmark(first), "1"] + cells).joined(separator: " "))
            }
        }
        return [ExportedFile(name: "benchstat.txt", content: lines.joined(separator: "\n") + "\n")]
    }

    private func unique(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }

    /// Metrics of a case together: they stand in one line.
    private func grouped(_ rows: [Row]) -> [[Row]] {
        rows.reduce(into: [[Row]]()) { groups, row in
            if groups.last?.first?.planned.id == row.planned.id {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
    }

    /// `BenchmarkMatmul/case=matmul_1024³_f32/backend=onednn-2`: no space, and the number after the dash is the threads.
    private static func benchmark(_ row: Row) -> String {
        let planned = row.planned
        let kernel = planned.kernel.rawValue.prefix(1).uppercased() + planned.kernel.rawValue.dropFirst()
        let keys = [
            "case=\(word(planned.workload))", "backend=\(planned.backend.rawValue)",
            "scenario=\(planned.scenario.rawValue)",
            "id=\(word(planned.id))",
        ]
        return "Benchmark\(kernel)/\(keys.joined(separator: "/"))-\(planned.threads)"
    }

    /// One word: letters, digits and what benchstat takes for no more than that. A dash before digits would be a thread count.
    private static func word(_ text: String) -> String {
        let word = text.unicodeScalars.map { scalar -> Character in
            let isPlain =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "._+×".unicodeScalars.contains(scalar)
            return isPlain ? Character(scalar) : "_"
        }
        return String(word.prefix(200))
    }

    /// Rates by their unit, other metrics by their name too, as Go's own `p99-ns/op`.
    private static func unit(_ metric: Metric) -> String {
        let unit = metric.unit == "s" ? "sec" : metric.unit.isEmpty ? "ratio" : metric.unit
        let word = String(unit.map { $0.isASCII && ($0.isLetter || $0.isNumber || "/%_".contains($0)) ? $0 : "_" })
        return ["throughput", "bandwidth"].contains(metric.name) ? word : "\(metric.key)-\(word)"
    }

    /// As Go reads it: digits with or without an exponent.
    private static func digits(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
