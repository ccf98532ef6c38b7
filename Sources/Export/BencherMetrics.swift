public import Model
import Statistics

/// Bencher Metric Format: benchmark → measure → value with its bounds.
public struct BencherMetrics: Exporter {
    public let name = "bencher"
    public let about = "Bencher Metric Format (BMF) JSON, with lower and upper values"
    public init() {}

    public func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        var benchmarks: [String: [String: Value]] = [:]
        for row in recording.rows {
            let interval = row.metric.interval
            benchmarks[row.name, default: [:]][Self.slug(row.metric.name)] = Value(
                value: row.metric.value, lowerValue: interval?.lower, upperValue: interval?.upper)
        }
        return try jsonFile("bencher.json", benchmarks)
    }

    private struct Value: Encodable {
        var value: Double
        var lowerValue: Double?
        var upperValue: Double?

        private enum CodingKeys: String, CodingKey {
            case value
            case lowerValue = "lower_value"
            case upperValue = "upper_value"
        }
    }

    /// Measures are named by slugs: `loadLatency` → `load-latency`, `latency.p99` → `latency-p99`.
    private static func slug(_ name: String) -> String {
        name.reduce(into: "") { slug, character in
            if character.isUppercase {
                slug += "-" + character.lowercased()
            } else {
                slug.append(character.isASCII && (character.isLetter || character.isNumber) ? character : "-")
            }
        }
    }
}
