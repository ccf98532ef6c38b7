import Model

/// What a worker told, gathered while it runs.
struct WorkerReport {
    let `case`: String
    let process: Int
    private var setUp: WorkerSetUp?
    private var check: Check?
    private var count = 0
    private var sampling: Sampling?
    private var usage: WorkerUsage?
    private(set) var windows: [ClockWindow]?
    private var traffic: Traffic?
    private var refusal: ProcessRecord.Outcome?
    /// Paths that the worker was given: how they may stand in a record is not how it was told them.
    private let paths: [String]

    init(case: String, process: Int, paths: [String] = []) {
        self.case = `case`
        self.process = process
        self.paths = paths
    }

    private func published(_ text: String) -> String { PublishedPath.text(text, names: paths) }

    /// - Returns: samples to journal, where the event brings any.
    mutating func take(_ event: WorkerEvent) -> [Sample]? {
        switch event {
        case .ready(let setUp): self.setUp = setUp
        case .checked(let check): self.check = check
        case .begins: break
        case .finished(let sampling, let usage): (self.sampling, self.usage) = (sampling, usage)
        case .timed(let windows): self.windows = windows
        case .traffic(let report): traffic = report
        case .probed: break
        case .skipped(let reason): refusal = .skipped(published(reason))
        case .failed(let reason): refusal = .failed(published(reason))
        case .samples(let timings):
            defer { count += timings.count }
            return timings.enumerated().map {
                Sample(
                    case: self.case, process: process, index: count + $0, seconds: $1.seconds,
                    iterations: $1.iterations)
            }
        }
        return nil
    }

    /// How the process ended, from what it said and how it went.
    func outcome(_ ending: Result<(exit: WorkerExit, message: String), LaunchFailure>, starved: Bool)
        -> ProcessRecord.Outcome
    {
        switch ending {
        case .failure(let failure): return .failed("the worker could not be run: \(failure.reason)")
        case .success(let (exit, message)):
            if let refusal { return refusal }
            let words = message.isEmpty ? "" : ": \(published(message))"
            switch exit {
            case .hung: return .failed("hung: no end within its time; killed")
            case .signalled(let signal):
                let cause = starved && signal == 9 ? ": killed for lack of memory" : words
                return .failed("signal \(signal) (\(SignalName.of(signal)))\(cause)")
            case .exited(let code):
                guard let sampling, code == 0 else { return .failed("exit code \(code) before its end\(words)") }
                // What is published rests on every line having come: a library that writes to standard output could
                // have spoilt one.
                guard sampling.samples == count, check?.passes == true else {
                    return .failed("its report is incomplete: \(count) of \(sampling.samples) samples came\(words)")
                }
                return .completed(sampling.stop)
            }
        }
    }

    /// Everything but the outcome.
    func record(
        order: Int, from before: EnvironmentReading, to after: EnvironmentReading,
        between: [EnvironmentReading] = [], threads: Int = 1
    ) -> ProcessRecord {
        var record = ProcessRecord(
            case: self.case, process: process, order: order, started: before.t, ended: after.t, outcome: .interrupted)
        record.samples = count
        record.traffic = traffic
        record.warmup = sampling?.warmup ?? 0
        record.seriallyDependent = sampling?.seriallyDependent ?? false
        record.dependence = sampling?.dependence
        record.work = setUp?.work
        record.implementation = setUp?.implementation
        record.implementation?.path = setUp?.implementation.path.map(PublishedPath.withoutPerson)
        record.check = check
        record.setUp = setUp?.seconds
        record.reorder = setUp?.reorder
        record.sampling = usage?.samplingSeconds
        record.peakMemory = usage?.peakMemory
        record.boundTo = setUp?.boundTo
        record.pages = setUp?.pages
        record.interference = Interference(
            from: before, to: after, between: between, usage: usage, threads: threads)
        record.notes = ((setUp?.notes ?? []) + (sampling?.notes ?? [])).map(published)
        return record
    }
}

/// The names people know signals by.
public enum SignalName {
    public static func of(_ number: Int) -> String {
        let names = [
            1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
            11: "SIGSEGV", 13: "SIGPIPE", 15: "SIGTERM", 24: "SIGXCPU", 31: "SIGSYS",
        ]
        return names[number] ?? "unnamed"
    }
}
