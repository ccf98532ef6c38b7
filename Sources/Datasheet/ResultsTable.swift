public import Document
public import Model
import Units

extension Datasheet {
    /// What a run says in a terminal when it is done: one line a case, and what became of them all.
    public static func resultsTable(_ bundle: Bundle) -> Document.Table {
        let reading = Reading(Recording(bundle: bundle, samples: [], environment: [], files: []))
        let heads = [
            Document.Column("case"), Document.Column("threads", .number), Document.Column("backend · ISA", folds: true),
            Document.Column("value", .number),
            Document.Column("95\(Figures.narrowSpace)%"), Document.Column("of ceiling"), Document.Column("status"),
        ]
        return Document.Table(
            caption: "", columns: heads,
            rows: bundle.measurements.map { resultRow($0, reading) } + reading.skippedAside.map(skippedRow),
            notes: reasons(reading) + [Prose(resultSummary(reading))])
    }

    private static func resultRow(_ measurement: Measurement, _ reading: Reading) -> [Document.Cell] {
        let reported = measurement.implementation?.reported ?? ""
        let metric = measurement.isMeasured ? measurement.sharedMetric(reading.ceiling(of: measurement)) : nil
        return [
            .data(measurement.case.workload), .number("\(measurement.case.threads)"),
            .data(measurement.case.backend.rawValue + (reported.isEmpty ? "" : " · \(reported)")),
            metric.map { .number(NumberColumn.text($0)) } ?? .notApplicable,
            metric.map { NumberColumn.relative($0).map { .data($0) } ?? .data("none: n < 6") } ?? .notApplicable,
            metric == nil ? .notApplicable : shareCell(measurement, reading), statusCell(measurement),
        ]
    }

    private static func skippedRow(_ skipped: SkippedCase) -> [Document.Cell] {
        [
            .data(skipped.planned.workload), .number("\(skipped.planned.threads)"),
            .data(skipped.planned.backend.rawValue), .notApplicable,
            .notApplicable, .notApplicable, .data(Status.skipped.rawValue),
        ]
    }

    /// Why a case is not valid: under the table, where a sentence has room.
    private static func reasons(_ reading: Reading) -> [Prose] {
        let measured = reading.bundle.measurements.compactMap { measurement in
            reading.reason(of: measurement).map { (measurement.status, measurement.case, $0) }
        }
        let aside = reading.skippedAside.map { (Status.skipped, $0.planned, $0.reason) }
        return (measured + aside).map { status, planned, reason in
            let threads = "\(planned.threads) thread" + (planned.threads == 1 ? "" : "s")
            return Prose("\(status.rawValue): \(planned.workload), \(planned.backend.rawValue), \(threads): \(reason)")
        }
    }

    private static func resultSummary(_ reading: Reading) -> String {
        var counts = Status.allCases.map { "\(reading.count($0)) \($0.rawValue)" }.joined(separator: ", ")
        if !reading.unaccounted.isEmpty { counts += ", \(reading.unaccounted.count) missing" }
        let floor = reading.bundle.noiseFloor.value.map { Figures.percent($0.value, decimals: 1) } ?? "not measured"
        return "\(counts) · noise floor \(floor)"
    }
}
