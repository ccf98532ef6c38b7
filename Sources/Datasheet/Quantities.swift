import Document
import Model
import Statistics

extension Document.Quantity {
    /// A metric of a case, as it stands in the bundle.
    init(_ metric: Metric, of measurement: Measurement) {
        self.init(
            value: metric.value, unit: metric.unit, lower: metric.interval?.lower, upper: metric.interval?.upper,
            level: metric.interval?.level, count: metric.count,
            sources: [Document.Source(metric, of: measurement)])
    }

    /// A number worked out from metrics; the schema explains the formula.
    init(
        _ formula: String, _ value: Double, unit: String = "", bounds: (lower: Double, upper: Double)? = nil,
        level: Double? = nil, from sources: [Document.Source], constants: [Document.Constant] = []
    ) {
        self.init(
            value: value, unit: unit, lower: bounds?.lower, upper: bounds?.upper,
            level: bounds == nil ? nil : level, sources: sources, formula: formula, constants: constants)
    }
}

extension Document.Source {
    init(_ metric: Metric, of measurement: Measurement) {
        self.init(item: measurement.case.id, measure: metric.name)
    }
}

extension Datasheet {
    /// Facts about the sheet for programs.
    static func metadata(_ reading: Reading, _ additions: Additions) -> [Document.Metadatum] {
        let bundle = reading.bundle
        return [
            Document.Metadatum("id", .text(bundle.id)),
            Document.Metadatum("revision", .number(Double(additions.revision))),
            Document.Metadatum("created", Document.Datum(Words.timestamp(bundle.created))),
            Document.Metadatum("duration", .number(bundle.duration)),
            Document.Metadatum("suite", .text(bundle.plan.suite)),
            Document.Metadatum("seed", .text(String(bundle.plan.seed))),
            Document.Metadatum("tool", .text(bundle.tool.version)),
            Document.Metadatum("commit", .text(bundle.tool.commit)),
            Document.Metadatum("modified", .text(bundle.tool.modified ? "yes" : "no")),
            Document.Metadatum(
                "bundle", Document.Datum(reading.recording.files.first { $0.name == "bundle.json" }?.sha256)),
        ]
    }

    /// Every metric of every case, and a row for each case without one: a file that leaves out failures lies.
    static func dataset(_ reading: Reading) -> Document.Dataset {
        let fields = [
            "case", "workload", "kernel", "dataType", "backend", "implementation", "scenario", "threads", "status",
            "reason", "shareOf", "share", "metric", "better",
        ]
        let measured = reading.bundle.measurements.flatMap { measurement in
            let metrics = measurement.metrics.map { datasetRow(measurement, $0, reading) }
            return metrics.isEmpty ? [datasetRow(measurement, nil, reading)] : metrics
        }
        let aside = reading.skippedAside.map { skipped in
            datasetRow(
                Measurement(
                    case: skipped.planned, status: .skipped, reason: skipped.reason, processes: 0, stopped: "",
                    metrics: []), nil, reading)
        }
        return Document.Dataset(fields: fields, rows: measured + aside)
    }

    private static func datasetRow(
        _ measurement: Measurement, _ metric: Metric?, _ reading: Reading
    ) -> Document.Dataset.Row {
        let planned = measurement.case
        let isShared = metric != nil && measurement.sharedMetric(reading.ceiling(of: measurement)) == metric
        let share = isShared ? measurement.share : nil
        let values: [Document.Datum] = [
            .text(planned.id), .text(planned.workload), .text(planned.kernel.rawValue),
            .text(planned.dataType.rawValue), .text(planned.backend.rawValue),
            Document.Datum(measurement.implementation?.summary), .text(planned.scenario.rawValue),
            .number(Double(planned.threads)), .text(measurement.status.rawValue),
            Document.Datum(reading.reason(of: measurement)),
            Document.Datum(share?.of), Document.Datum(share?.value), Document.Datum(metric?.name),
            Document.Datum(metric?.better.rawValue),
        ]
        return Document.Dataset.Row(
            values: values, quantity: metric.map { Document.Quantity($0, of: measurement) })
    }

    /// The share as a number with both of its parts.
    static func shareQuantity(_ measurement: Measurement, _ reading: Reading) -> Document.Quantity? {
        guard let share = measurement.share, let ceiling = reading.ceiling(of: measurement),
            let metric = measurement.sharedMetric(ceiling), let most = ceiling.metrics.first
        else { return nil }
        return Document.Quantity(
            "share", share.value,
            from: [Document.Source(metric, of: measurement), Document.Source(most, of: ceiling)])
    }
}

extension Implementation {
    /// `oneDNN 2.6.3, brg:avx512_core`.
    var summary: String {
        [version.isEmpty ? library : "\(library) \(version)", reported].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
