public import Model
import Statistics
import Units

/// What github-action-benchmark reads as `customBiggerIsBetter` or `customSmallerIsBetter`: one file a direction.
public struct GitHubBenchmark: Exporter {
    private let better: Metric.Direction
    public var name: String { better == .higher ? "github-bigger-is-better" : "github-smaller-is-better" }
    public var about: String {
        "github-action-benchmark's JSON: metrics of which \(better == .higher ? "more" : "less") is better"
    }
    public init(better: Metric.Direction) { self.better = better }

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        let entries = recording.rows.filter { $0.metric.better == better }.map { row in
            let metric = row.metric
            let interval = metric.interval.map {
                "\($0.level * 100) % interval \($0.lower) to \($0.upper) \(metric.unit) over \(metric.count) processes"
            }
            return Entry(
                name: "\(row.name): \(metric.name)", unit: Neutral.text(metric.unit), value: metric.value,
                range: metric.halfWidth.map { "± \($0)" },
                extra: [
                    interval ?? "no interval: \(metric.count) processes", "status \(row.measurement.status.rawValue)",
                    Neutral.text(row.measurement.reason ?? ""), "bundle \(Neutral.text(recording.bundle.id))",
                ].filter { !$0.isEmpty }.joined(separator: "\n"))
        }
        return try jsonFile("\(name).json", entries)
    }

    private struct Entry: Encodable {
        var name: String
        var unit: String
        var value: Double
        var range: String?
        var extra: String
    }
}
