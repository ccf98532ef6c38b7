import Logging
import Model

/// What happens in a run, for whoever asks with --verbose: one line a process, on standard error.
struct RunLog: Sendable {
    private let logger: Logger

    init(verbose: Bool) {
        var logger = Logger(label: "assay.run") { label in StreamLogHandler.standardError(label: label) }
        logger.logLevel = verbose ? .debug : .warning
        self.logger = logger
    }

    func entry(_ entry: JournalEntry, _ plan: Plan) {
        guard case .process(let record) = entry, logger.logLevel <= .debug else { return }
        let name = plan.cases.first { $0.id == record.case }?.workload ?? record.case
        logger.debug(
            "process ended",
            metadata: [
                "case": "\(name)", "process": "\(record.process)", "outcome": "\(Self.words(record.outcome))",
                "samples": "\(record.samples)", "warmup": "\(record.warmup)",
                "setUp": "\(record.setUp ?? 0) s", "took": "\(record.ended - record.started) s",
            ])
    }

    private static func words(_ outcome: ProcessRecord.Outcome) -> String {
        switch outcome {
        case .completed(let stop): stop.rawValue
        case .skipped(let reason): "skipped: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        case .interrupted: "interrupted"
        }
    }
}
