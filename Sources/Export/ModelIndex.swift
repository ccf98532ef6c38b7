public import Model
import Statistics
import Units

/// Hugging Face's `model-index`: the front matter of a card, as YAML. Never `verified`: that is theirs to say.
public struct ModelIndex: Exporter {
    public let name = "model-index"
    public let about = "Hugging Face model-index YAML, the front matter of a card"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        let machine = recording.bundle.machine
        let title =
            "\(machine.processor.model.value ?? machine.processor.architecture), \(machine.topology.cores) cores"
        var lines = ["model-index:", "- name: \(quoted("\(title), result \(recording.bundle.id)"))"]
        let rows = recording.rows
        lines.append(rows.isEmpty ? "  results: []" : "  results:")
        for row in rows {
            let metric = row.metric
            let threads = "\(row.planned.threads) thread\(row.planned.threads == 1 ? "" : "s")"
            lines += [
                "  - task:", "      type: other",
                "      name: \(quoted("\(row.planned.kernel.rawValue), \(row.planned.scenario.rawValue)"))",
                "    dataset:", "      type: synthetic",
                "      name: \(quoted("synthetic inputs, seed \(recording.bundle.plan.seed)"))",
                "    metrics:", "    - type: \(quoted(metric.key))",
                "      name: \(quoted("\(row.planned.workload), \(row.planned.backend.rawValue), \(threads): \(metric.name), \(metric.unit)"))",
                "      value: \(metric.value)",
                "      args:", "        unit: \(quoted(metric.unit))", "        better: \(metric.better.rawValue)",
                "        status: \(row.measurement.status.rawValue)", "        processes: \(metric.count)",
            ]
            if let interval = metric.interval {
                lines += [
                    "        lower: \(interval.lower)", "        upper: \(interval.upper)",
                    "        level: \(interval.level)",
                ]
            }
        }
        return [ExportedFile(name: "model-index.yaml", content: lines.joined(separator: "\n") + "\n")]
    }

    /// A double-quoted scalar: YAML reads the escapes of JSON.
    private func quoted(_ text: String) -> String {
        "\"" + Neutral.text(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
