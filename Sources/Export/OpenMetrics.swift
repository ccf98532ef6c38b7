public import Model
import Statistics
import Units

/// OpenMetrics text: a gauge a metric and unit, with its bounds; also read by Prometheus as its own format.
public struct OpenMetrics: Exporter {
    public let name = "openmetrics"
    public let about = "OpenMetrics text for Prometheus: gauges with their bounds and labels"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        let rows = recording.rows
        var text = family(
            "assay_bundle_info", nil, "The bundle that the other metrics are of.",
            [(labels(recording.facts.map { ($0.key.replacing("-", with: "_"), $0.value) }), 1)])
        text += family(
            "assay_case_status", nil, "1 for the status that the case has; none is left out.",
            recording.bundle.measurements.map { measurement in
                (labels(caseLabels(measurement.case) + [("status", measurement.status.rawValue)]), 1)
            })
        for (metric, group) in grouped(rows) {
            let unit = Self.unit(metric.unit)
            let base = "assay_" + Self.snake(metric.name)
            func lines(_ value: (Metric) -> Double?) -> [(String, Double)] {
                group.compactMap { row in
                    value(row.metric).map { (labels(caseLabels(row.planned)), $0) }
                }
            }
            let which = metric.better == .higher ? "more is better" : "less is better"
            text += family("\(base)_\(unit)", unit, "Median over processes; \(which).", lines { $0.value })
            text += family(
                "\(base)_lower_\(unit)", unit, "Lower bound of its 95 % interval.", lines { $0.interval?.lower })
            text += family(
                "\(base)_upper_\(unit)", unit, "Upper bound of its 95 % interval.", lines { $0.interval?.upper })
        }
        return [ExportedFile(name: "metrics.txt", content: text + "# EOF\n")]
    }

    private func grouped(_ rows: [Row]) -> [(Metric, [Row])] {
        var order: [String] = []
        var groups: [String: (Metric, [Row])] = [:]
        for row in rows {
            let key = Self.snake(row.metric.name) + "\n" + Self.unit(row.metric.unit)
            if groups[key] == nil { order.append(key) }
            groups[key, default: (row.metric, [])].1.append(row)
        }
        return order.compactMap { groups[$0] }
    }

    private func family(_ name: String, _ unit: String?, _ help: String, _ lines: [(String, Double)]) -> String {
        guard !lines.isEmpty else { return "" }
        // The order that the standard asks for: type, unit, help.
        var text = "# TYPE \(name) gauge\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(help)\n"
        for (labels, value) in lines { text += "\(name){\(labels)} \(value)\n" }
        return text
    }

    private func caseLabels(_ planned: Case) -> [(String, String)] {
        [
            ("case", planned.id), ("workload", planned.workload), ("kernel", planned.kernel.rawValue),
            ("data_type", planned.dataType.rawValue), ("backend", planned.backend.rawValue),
            ("scenario", planned.scenario.rawValue), ("threads", String(planned.threads)),
        ]
    }

    /// Values in quotes, with the three escapes that the format has.
    private func labels(_ labels: [(String, String)]) -> String {
        labels.map { name, value in
            let text = Neutral.text(value).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\(name)=\"\(text)\""
        }.joined(separator: ",")
    }

    /// `loadLatency` → `load_latency`.
    private static func snake(_ name: String) -> String {
        let snake = name.reduce(into: "") { text, character in
            if character.isUppercase {
                text += "_" + character.lowercased()
            } else {
                text.append(character.isASCII && (character.isLetter || character.isNumber) ? character : "_")
            }
        }
        return snake.isEmpty ? "unnamed" : snake
    }

    /// Units in words, as Prometheus wants them.
    private static func unit(_ symbol: String) -> String {
        let words = [
            "s": "seconds", "B": "bytes", "B/s": "bytes_per_second", "J": "joules", "W": "watts", "": "ratio",
            "FLOP/s": "flop_per_second", "OP/s": "op_per_second", "Hz": "hertz",
        ]
        return words[symbol]
            ?? snake(symbol.replacing("/s", with: "_per_second").replacing("/", with: "_per_")).lowercased()
    }
}
