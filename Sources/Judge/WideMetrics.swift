import Model

/// The status of a measurement speaks of its first metric. Of the others, such as far percentiles or energy, it is said which
/// are known less well than the run set out to know them.
enum WideMetrics {
    static func named(_ measurement: Measurement, _ rules: Rules) -> Measurement {
        guard measurement.status == .valid else { return measurement }
        guard let words = StatusWords.wideMetrics(measurement.metrics, target: rules.runTarget) else {
            return measurement
        }
        var measurement = measurement
        measurement.warnings.append(words)
        return measurement
    }
}
