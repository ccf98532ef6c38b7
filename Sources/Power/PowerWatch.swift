public import Model
import Synchronization

/// Reads all meters while a run goes on, on threads of its own in the coordinator's process: one for each source, so that a
/// slow one keeps no fast one waiting.
///
/// Between processes readings are far apart; at the ends of timed work the coordinator asks for one (`mark`). So the windows
/// are bounded within a fraction of a millisecond, and hardly anything is read inside them.
public final class PowerWatch: PowerFollower {
    private let groups: [MeterGroup]
    private let threads = Mutex<[SamplingThread]>([])
    private let cost = Mutex<PowerReport.Cost>(PowerReport.Cost(cpuSeconds: 0, seconds: 0, readings: 0))

    /// - Parameters:
    ///   - sitting: of a resumed run, from 0.
    ///   - now: seconds on the run's clock.
    public init(_ meters: [any PowerMeter], sitting: Int = 0, now: @escaping @Sendable () -> Double) {
        var bySource: [(source: String, meters: [any PowerMeter])] = []
        for meter in meters {
            let source = meter.description.source
            if let place = bySource.firstIndex(where: { $0.source == source }) {
                bySource[place].meters.append(meter)
            } else {
                bySource.append((source, [meter]))
            }
        }
        groups = bySource.map { MeterGroup($0.meters, sitting: sitting, now: now) }
    }

    /// Looks closely for at most so many seconds, to learn how often each meter changes, and returns; reading goes on.
    public func start(learningFor seconds: Double) {
        let started = groups.map { group in SamplingThread { thread in group.run(thread, learningFor: seconds) } }
        threads.withLock { $0 += started }
        for group in groups { group.awaitLearnt() }
    }

    public func mark() { for group in groups where group.isFast { group.read() } }

    public func collect(_ windows: [TimedWindow]) -> [PowerReading] {
        // One reading after the last window, whatever the source: without it the end of the window would be open.
        for group in groups where !group.isFast { group.wake() }
        return groups.flatMap { $0.collect(windows) }.sorted { ($0.t, $0.source) < ($1.t, $1.source) }
    }

    /// Ends the threads. What they read last is still to be collected.
    public func stop() {
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.end() }
        for group in groups where group.isFast { group.read() }
        for thread in running {
            cost.withLock {
                $0.cpuSeconds += thread.cpuSeconds
                $0.seconds = max($0.seconds, thread.seconds)
            }
        }
    }

    /// What is known by now.
    public func report() -> PowerReport {
        var report = PowerReport(meters: groups.flatMap { $0.reports() })
        var cost = cost.withLock { $0 }
        cost.readings = groups.reduce(0) { $0 + $1.readings }
        report.cost = cost.seconds > 0 ? cost : nil
        return report
    }
}

/// How long meters are looked at closely before a run. Their readings are too far apart later to see what was not seen then.
public enum MeterLearning {
    /// Boards of accelerators renew their counters ten times a second, and five gaps are the fewest that a period is taken from.
    /// Of meters that change often enough the look ends sooner.
    public static let seconds = 1.2
}
