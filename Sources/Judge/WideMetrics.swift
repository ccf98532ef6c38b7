import Model
import Statistics

/// The status of a measurement speaks of its first metric. Of the others, such as far percentiles or energy, it is said which
/// are known less well than the run set out to know them.
enum WideMetrics {
    static func named(_ measurement: Measurement, _ rules: Rules) -> Measurement {
        guard measurement.status == .valid else { return measurement }
        let parts = measurement.metrics.dropFirst().compactMap { metric -> String? in
            guard let width = metric.interval?.relativeHalfWidth(of: metric.value), width > rules.runTarget else {
                return nil
            }
            return "\(metric.name) \(Status.percent(width))"
        }
        guard !parts.isEmpty else { return measurement }
        var measurement = measurement
        measurement.warnings.append(
            "run-to-run half-width above the target of \(Status.percent(rules.runTarget)): "
                + parts.joined(separator: ", "))
        return measurement
    }
}
