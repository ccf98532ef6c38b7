import Measure
import Model
import Statistics

/// A clock that moves only when a workload moves it.
final class TrialClock: TimeSource {
    var nanoseconds: UInt64 = 1_000_000
    func now() -> UInt64 { nanoseconds }
    func advance(_ seconds: Double) { nanoseconds += UInt64(max(seconds, 0) * 1e9) }
}

/// A workload that takes as long as its stream says.
private final class StreamRunnable: Runnable {
    let clock: TrialClock
    let next: () -> Double
    let work = Work(flops: 0, bytes: 0, lookups: 1, footprint: 0)
    let implementation = Implementation(library: "trial", version: "0", path: nil, reported: "stream")

    init(_ clock: TrialClock, next: @escaping () -> Double) {
        self.clock = clock
        self.next = next
    }

    func check() -> Check { Check(error: 0, bound: 1, compared: 1, coverage: "nothing") }
    func run(iterations: Int) { for _ in 0..<iterations { clock.advance(next()) } }
}

/// Plays a worker whose workload is a stream. Everything that decides is the real thing: the sampler, the coordinator, the
/// judge; only the clock and the work are made up.
final class StreamLauncher: WorkerLauncher, @unchecked Sendable {
    private let stream: Stream
    private let clock: TrialClock
    private var generator: SeededGenerator
    private var previous: Double?
    private let start: UInt64
    /// Seconds that a process takes before its first sample.
    static let setUp = 0.1

    init(_ stream: Stream, seed: UInt64, clock: TrialClock) {
        self.stream = stream
        self.clock = clock
        start = clock.now()
        generator = SeededGenerator(seed: seed)
    }

    func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
    {
        clock.advance(Self.setUp)
        let own = stream.process(&generator, previous: previous)
        previous = own
        var last: Double?
        let runnable = StreamRunnable(clock) { [self] in
            let added = stream.sample(&generator, previous: last)
            last = added
            return Stream.base * max(1 + own + added, 0.01) * stream.level(at: Double(clock.now() - start) * 1e-9)
        }
        try receive(
            .ready(
                WorkerSetUp(
                    work: runnable.work, implementation: runnable.implementation, seconds: Self.setUp, boundTo: [0],
                    notes: [])))
        try receive(.checked(check: runnable.check()))
        var timings: [Timing] = []
        let sampling = Sampler(clock: clock, rules: job.rules, readCost: job.clockReadCost)
            .sample(runnable) { timings += $0 }
        try receive(.samples(timings: timings))
        let usage = WorkerUsage(
            cpuSeconds: 0, samplingSeconds: 1, peakMemory: 0, involuntarySwitches: 0, majorFaults: 0)
        try receive(.finished(sampling: sampling, usage: usage))
        return (.exited(0), "")
    }
}
