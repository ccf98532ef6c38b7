import Measure
import Model
import Power
import Record
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// What a user asks about power.
struct PowerRequest: Sendable {
    var log: String?
    /// Seconds to add to the log's clock.
    var logOffset = 0.0
    /// Relative error of the meter that wrote it.
    var logError: Double?
    /// Seconds of rest before and after; by the length of the plan where it is `nil`.
    var idle: Double?
}

/// Power in one sitting of a run: meters opened, idle measured before and after, all of it journalled.
struct PowerSampling: Sendable {
    let watch: PowerWatch?
    private let request: PowerRequest
    private let sitting: Int
    private let clock: RunClock
    private let idleSeconds: Double
    private let journal: @Sendable (JournalEntry) throws(RecordError) -> Void
    private let begun: PowerReport.ClockMark
    private let unavailable: String?

    /// The run's clock, for whoever is not the coordinator.
    struct RunClock: Sendable {
        let origin: UInt64
        let elapsed: Double
        func now() -> Double { elapsed + Double(MonotonicRawClock().now() &- origin) * 1e-9 }
    }

    /// Seconds of rest before and after a run that is long enough for them.
    private static let rest = 3.0

    /// Seconds that a run rests, before and after together, with the first look at its meters; 0 where there is nothing to meter.
    static func resting(_ header: RunHeader, _ request: PowerRequest) -> Double {
        let isMetered = header.machine.power.contains(where: \.available)
        guard isMetered || request.log != nil else { return 0 }
        return 2 * idleSeconds(header, request) + (isMetered ? MeterLearning.seconds : 0)
    }

    private static func idleSeconds(_ header: RunHeader, _ request: PowerRequest) -> Double {
        request.idle ?? (header.plan.isWorthALook ? rest : 0)
    }

    /// Opens all meters there are and begins to read them.
    static func begin(
        _ header: RunHeader, _ request: PowerRequest, sitting: Int, clock: RunClock,
        journal: @escaping @Sendable (JournalEntry) throws(RecordError) -> Void
    ) throws -> PowerSampling {
        let meters = PowerSources.open(SystemFiles(root: PowerRoot.path))
        let sampling = PowerSampling(
            watch: meters.isEmpty ? nil : PowerWatch(meters, sitting: sitting, now: clock.now), request: request,
            sitting: sitting, clock: clock,
            idleSeconds: idleSeconds(header, request), journal: journal,
            begun: PowerReport.ClockMark(t: clock.now(), epoch: LogFile.wallClock()),
            unavailable: meters.isEmpty ? "no power source can be read here" : nil)
        sampling.watch?.start(learningFor: MeterLearning.seconds)
        try journal(.power(report: sampling.report(idle: []), sitting: sitting))
        return sampling
    }

    /// Leaves the machine alone for a while; `nil` where that was not wanted, or was cut short.
    func rest() async throws -> TimedWindow? {
        guard watch != nil || request.log != nil, idleSeconds > 0 else { return nil }
        // What has just ended may still be cooling its caches.
        guard (try? await Task.sleep(nanoseconds: 200_000_000)) != nil else { return nil }
        watch?.mark()
        let start = clock.now()
        guard (try? await Task.sleep(nanoseconds: UInt64(idleSeconds * 1e9))) != nil else { return nil }
        let window = TimedWindow(start: start, end: clock.now())
        watch?.mark()
        if let watch { try journal(.powerReadings(lines: watch.collect([window]))) }
        return window
    }

    /// Ends sampling, merges the log, and journals the last word.
    ///
    /// - Returns: what is wrong with the log; the run is none the worse for it.
    func end(idle: [TimedWindow]) throws -> RecordError? {
        watch?.stop()
        if let watch { try journal(.powerReadings(lines: watch.collect(idle))) }
        var report = report(idle: idle)
        report.wallClock.append(PowerReport.ClockMark(t: clock.now(), epoch: LogFile.wallClock()))
        var problem: RecordError?
        if let path = request.log {
            do throws(RecordError) {
                let log = try LogFile.read(path)
                let (meter, readings) = MeterLog.merged(
                    log, offset: request.logOffset, gainError: request.logError, marks: report.wallClock,
                    sitting: sitting)
                report.meters.append(meter)
                report.unavailable = nil
                if request.logOffset != 0 {
                    report.notes.append("\(request.logOffset) s were added to the log's clock")
                }
                try journal(.powerReadings(lines: readings))
            } catch {
                problem = error
                report.notes.append("the external meter's log was not merged: \(error.problem)")
            }
        }
        try journal(.power(report: report, sitting: sitting))
        return problem
    }

    private func report(idle: [TimedWindow]) -> PowerReport {
        var report = watch?.report() ?? PowerReport(unavailable: unavailable)
        report.idle = idle
        if idle.isEmpty, !report.meters.isEmpty || request.log != nil {
            report.idleSkipped =
                idleSeconds > 0 ? "the run ended first" : "the suite is too short for it; --idle asks for it"
        }
        report.wallClock = [begun]
        if let root = PowerRoot.path {
            report.notes.append(
                "files of power sources were read under \(root.split(separator: "/").last ?? "another root")/, not from this machine"
            )
        }
        return report
    }
}

/// Captured or made files in the place of this machine's own, for tests and for showing how it looks.
enum PowerRoot {
    static var path: String? {
        getenv("ASSAY_SYSROOT").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
