import ArgumentParser
import Plan

/// What `run` is told about power.
struct PowerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Log of an external meter, merged by its times when the run is over: lines such as Time,STAMP,…,Watts,VALUE, or a header that names these columns.",
            valueName: "file"))
    var powerLog: String?

    @Option(
        help: ArgumentHelp(
            "Seconds to add to the log's clock: 0.35, -3600. Stamps without a zone are local time.",
            valueName: "seconds")
    )
    var powerLogOffset: Double = 0

    @Option(help: ArgumentHelp("Error of the meter's gain: 0.1%. 1 % is assumed.", valueName: "percent"))
    var powerLogError: String?

    @Option(
        help: ArgumentHelp(
            "Rest before and after the run, in which idle power is measured: 5s, or 0. 3 s; none where the plan takes less than 20 s.",
            valueName: "time"))
    var idle: String?

    func validate() throws {
        if let idle, idleSeconds(idle) == nil {
            throw ValidationError("--idle \(idle): a time such as 5s, at most 10m, or 0 is needed.")
        }
        if let powerLogError, error(powerLogError) == nil {
            throw ValidationError("--power-log-error \(powerLogError): a share such as 0.1%, at most 50%, is needed.")
        }
        guard powerLogOffset.isFinite, abs(powerLogOffset) <= 1e6 else {
            throw ValidationError("--power-log-offset \(powerLogOffset): seconds are needed.")
        }
        if powerLog == nil, powerLogError != nil || powerLogOffset != 0 {
            throw ValidationError(
                "--power-log-offset and --power-log-error say something of a --power-log; there is none.")
        }
    }

    var request: PowerRequest {
        PowerRequest(
            log: powerLog, logOffset: powerLogOffset, logError: powerLogError.flatMap(error),
            idle: idle.flatMap(idleSeconds))
    }

    private func idleSeconds(_ text: String) -> Double? {
        if text == "0" || text == "0s" { return 0 }
        return TimeText.seconds(text).flatMap { $0 <= 600 ? $0 : nil }
    }

    private func error(_ text: String) -> Double? {
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        return Double(digits).flatMap { (0...50).contains($0) ? $0 / 100 : nil }
    }
}
