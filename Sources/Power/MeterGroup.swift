import Model
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The meters of one source, read by one thread, and by whoever asks for a reading at a certain moment.
final class MeterGroup: Sendable {
    private let tracks: [Track]
    private let now: @Sendable () -> Double
    private let isLearnt = Atomic<Bool>(false)
    /// The least time that reading all of them once took, nanoseconds: the machine may have kept the thread waiting, but
    /// nothing makes a slow source fast.
    private let quickest = Atomic<UInt64>(.max)
    private let isWanted = Atomic<Bool>(false)

    /// A reading that takes longer would keep the coordinator waiting.
    private static let fastNanoseconds: UInt64 = 2_000_000
    /// So many changes are enough to know the period.
    private static let enoughChanges = 64
    /// Between two looks at the clock, so that a thread ends soon when it is told to.
    private static let step = 0.05

    init(_ meters: [any PowerMeter], sitting: Int, now: @escaping @Sendable () -> Double) {
        tracks = meters.map { Track($0, sitting: sitting) }
        self.now = now
    }

    var isFast: Bool { quickest.load(ordering: .relaxed) < Self.fastNanoseconds }
    var readings: Int { tracks.reduce(0) { $0 + $1.readings } }

    func read(isClose: Bool = false) {
        for track in tracks { track.read(now, isClose: isClose) }
    }

    func collect(_ windows: [TimedWindow]) -> [PowerReading] {
        tracks.flatMap { Thinning.thinned($0.take(), around: windows) }
    }

    func reports() -> [Meter] { tracks.map { $0.report() } }

    func wake() { isWanted.store(true, ordering: .relaxed) }

    func awaitLearnt() { while !isLearnt.load(ordering: .acquiring) { usleep(500) } }

    /// The thread's work, until it is told to end.
    func run(_ thread: SamplingThread, learningFor seconds: Double) {
        learn(seconds, thread)
        isLearnt.store(true, ordering: .releasing)
        thread.beginCounting()
        let period = tracks.map { $0.pollPeriod }.min() ?? 1
        var due = now() + period
        while !thread.isEnding {
            let left = due - now()
            if left <= 0 || isWanted.exchange(false, ordering: .relaxed) {
                read()
                due = max(due + period, now())
            } else {
                usleep(UInt32(min(left, Self.step) * 1e6) + 1)
            }
        }
    }

    /// Reads as often as can be without keeping a processor busy, until every period is known or the time is over.
    private func learn(_ seconds: Double, _ thread: SamplingThread) {
        let end = now() + seconds
        repeat {
            let start = now()
            read(isClose: true)
            let took = max(now() - start, 0)
            quickest.store(min(quickest.load(ordering: .relaxed), UInt64(min(took, 1e6) * 1e9)), ordering: .relaxed)
            // Four times as long asleep as at work.
            usleep(UInt32(min(max(took * 4, 100e-6), Self.step) * 1e6))
        } while now() < end && !thread.isEnding
            && !tracks.allSatisfy { $0.changes >= Self.enoughChanges || !$0.isSound }
    }
}

/// A meter with what it told, behind a lock.
private final class Track: Sendable {
    private struct State {
        var trace: MeterTrace
        var cost = 0.0
        var costs = 0
    }
    private let meter: any PowerMeter
    private let state: Mutex<State>

    init(_ meter: any PowerMeter, sitting: Int) {
        self.meter = meter
        state = Mutex(State(trace: MeterTrace(meter.description, sitting: sitting)))
    }

    var pollPeriod: Double { meter.description.pollPeriod }
    var readings: Int { state.withLock { $0.trace.readings } }
    var changes: Int { state.withLock { $0.trace.report().changes } }
    var isSound: Bool { state.withLock { $0.trace.isSound } }

    func read(_ now: () -> Double, isClose: Bool) {
        state.withLock { state in
            guard state.trace.isSound else { return }
            let before = now()
            do throws(PowerFault) {
                let raw = try meter.read()
                let after = now()
                state.cost += after - before
                state.costs += 1
                // In the middle: a slow reading says how it was while it was taken.
                state.trace.take(raw, at: (before + after) / 2, isClose: isClose)
            } catch {
                state.trace.fail(error, at: before)
            }
        }
    }

    func take() -> [PowerReading] {
        state.withLock { state in
            defer { state.trace.pending = [] }
            return state.trace.pending
        }
    }

    func report() -> Meter {
        state.withLock { state in
            var meter = state.trace.report()
            meter.readCost = state.costs > 0 ? state.cost / Double(state.costs) : nil
            return meter
        }
    }
}
