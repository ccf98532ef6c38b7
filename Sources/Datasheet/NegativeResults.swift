import Document
import Model

extension Datasheet {
    /// §14: every case that is not valid, every process that counts for nothing, and every warning. Never empty: “none” is
    /// said.
    static func negativeResults(_ reading: Reading) -> Document.Section {
        var blocks: [Document.Block] = [caseBlock(reading), processBlock(reading)]
        let warned = reading.bundle.measurements.filter { !$0.warnings.isEmpty }
        if !warned.isEmpty {
            let heads = [Document.Column("Case"), Document.Column("Warning")]
            let rows = warned.flatMap { measurement in
                reading.warnings(of: measurement).map { [Document.Cell.data(reading.name(measurement)), .data($0)] }
            }
            blocks.append(.table(Document.Table(caption: "Warnings that change no status", columns: heads, rows: rows)))
        }
        return Document.Section(
            number: Number.negativeResults, title: "Negative results", finding: negativeFinding(reading), blocks: blocks
        )
    }

    private static func negativeFinding(_ reading: Reading) -> Prose {
        let bad = reading.asked - reading.count(.valid)
        if bad == 0 { return "None: every planned case is valid." }
        return Prose(
            "\(bad) of \(Words.count(reading.asked, "planned case")), each with its reason. Nothing else was left out.")
    }

    private static func caseBlock(_ reading: Reading) -> Document.Block {
        let order: [Status] = [.failed, .noisy, .unconverged, .skipped]
        var rows = order.flatMap { status in
            reading.bundle.measurements.filter { $0.status == status }.map { caseRow($0, reading) }
        }
        rows += reading.skippedAside.map {
            [
                .data($0.planned.workload), .number("\($0.planned.threads)"), .data("skipped"), .data($0.reason),
                .notApplicable,
            ]
        }
        rows += reading.unaccounted.map {
            [
                .data($0.workload), .number("\($0.threads)"), .data("missing", .bad),
                .data(
                    reading.bundle.interrupted.map { "the run ended before it (\($0))" }
                        ?? "planned, but neither reported nor explained"),
                .notApplicable,
            ]
        }
        guard !rows.isEmpty else { return .paragraph("Cases that are not valid: none.") }
        let heads = [
            Document.Column("Case"), Document.Column("Threads", .number), Document.Column("Status"),
            Document.Column("Reason"),
            Document.Column("How its processes ended"),
        ]
        return .table(Document.Table(caption: "Cases that are not valid", columns: heads, rows: rows))
    }

    private static func caseRow(_ measurement: Measurement, _ reading: Reading) -> [Document.Cell] {
        [
            .data(measurement.case.workload), .number("\(measurement.case.threads)"), statusCell(measurement),
            .data(reading.reason(of: measurement) ?? "no reason was recorded"),
            measurement.stopped.isEmpty ? .notApplicable : .data(measurement.stopped),
        ]
    }

    /// Processes that did not complete, and completed ones that were set aside.
    private static func processBlock(_ reading: Reading) -> Document.Block {
        var rows = reading.bundle.processes.compactMap { processRow($0, reading) }
        rows += reading.measured.compactMap { measurement in
            let completed = reading.processes(of: measurement).filter {
                if case .completed = $0.outcome { true } else { false }
            }
            let aside = completed.count - measurement.processes
            guard aside > 0 else { return nil }
            let causes = completed.flatMap { $0.excluded?.causes ?? [] }.map(\.kind.words).unique
            return [
                .data(reading.name(measurement)), .data(Words.count(aside, "process", "processes")), .data("set aside"),
                .data(causes.isEmpty ? measurement.reason ?? "see the bundle" : "disturbed by \(Words.list(causes))"),
            ]
        }
        guard !rows.isEmpty else { return .paragraph("Processes that count for nothing: none.") }
        return .table(
            Document.Table(
                caption: "Processes that count for nothing",
                columns: ["Case", "Process", "Outcome", "Reason"].map { Document.Column($0) }, rows: rows))
    }

    private static func processRow(_ record: ProcessRecord, _ reading: Reading) -> [Document.Cell]? {
        let outcome: String
        let reason: String
        switch record.outcome {
        case .completed: return nil
        case .skipped(let why): (outcome, reason) = ("skipped", why)
        case .failed(let why): (outcome, reason) = ("failed", why)
        case .interrupted: (outcome, reason) = ("interrupted", "the run ended before this process did")
        }
        let measurement = reading.measurement(record.case)
        return [
            .data(measurement.map(reading.name) ?? record.case),
            .data("\(record.process), started \(Words.duration(record.started)) into the run"),
            .data(outcome, .bad), .data(reason),
        ]
    }
}
