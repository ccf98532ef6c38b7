public import Model

/// What is looked at around each process and while it runs. A test hands in files of its own and leaves out the rest.
public final class Lookout<Clock: TimeSource> {
    let watch: EnvironmentWatch
    private let thread: (any Watching)?
    private let bracket: Bracket<Clock>?
    private let settings: (() -> [Tunable])?
    private let clock: Clock
    private var known: [Tunable]
    private var settingsDue = 0.0
    /// When the settings were last looked at.
    private var settingsSeen = 0.0
    private var canaries: (times: [CanaryTime], at: Double) = ([], -1)
    /// Processor time of canaries and settings, seconds.
    private var betweenSeconds = 0.0

    /// Canaries that ran so long ago still hold for the process that comes next, seconds.
    static var freshness: Double { 0.05 }
    /// Seconds between two readings of the settings, at least; and a hundred times what a reading takes.
    static var settingsPeriod: Double { 2 }
    /// Seconds between two looks of the watch that are kept in the bundle.
    static var keptPeriod: Double { 1 }

    /// - Parameters:
    ///   - thread: looks while processes run.
    ///   - bracket: canaries before and after each process.
    ///   - settings: reads the settings again; `known` are those of the beginning.
    public init(
        watch: EnvironmentWatch, clock: Clock, thread: (any Watching)? = nil, bracket: Bracket<Clock>? = nil,
        known: [Tunable] = [], settings: (() -> [Tunable])? = nil
    ) {
        self.watch = watch
        self.clock = clock
        self.thread = thread
        self.bracket = bracket
        self.known = known
        self.settings = settings
    }

    func begin(at elapsed: Double) {
        settingsSeen = elapsed
        thread?.begin(at: elapsed)
    }

    /// What it cost; `nil` where no thread watched.
    func end() -> WatchReport? {
        guard var report = thread?.end() else { return nil }
        report.betweenSeconds = betweenSeconds
        return report
    }

    /// Canaries, then the first look; the watch turns to the process to come.
    func before(_ planned: Case, _ elapsed: () -> Double) -> (reading: EnvironmentReading, canaries: [CanaryTime]) {
        let units = planned.placement.processingUnits
        thread?.attend(units)
        if elapsed() - canaries.at > Self.freshness || canaries.times.first?.processingUnit != units.first {
            runCanaries(on: units.first, elapsed)
        }
        _ = thread?.take()
        return (watch.read(at: elapsed(), units: units), canaries.times)
    }

    /// The last look, then canaries.
    ///
    /// - Parameter sampling: when its samples began: what the clock did before says nothing about them.
    func after(_ planned: Case, sampling: Double?, _ elapsed: () -> Double) -> (
        reading: EnvironmentReading, between: [EnvironmentReading], canaries: [CanaryTime]
    ) {
        let units = planned.placement.processingUnits
        let reading = watch.read(at: elapsed(), units: units)
        let between = (thread?.take() ?? []).filter { $0.t >= (sampling ?? .infinity) && $0.t <= reading.t }
        runCanaries(on: units.first, elapsed)
        return (reading, between, canaries.times)
    }

    private func runCanaries(on unit: Int?, _ elapsed: () -> Double) {
        guard let bracket else { return }
        let start = InterferenceWatch.threadSeconds()
        canaries = (bracket.readings(on: unit), elapsed())
        betweenSeconds += InterferenceWatch.threadSeconds() - start
    }

    /// Settings that read differently than last time, with both times: the change came in between. None where it is too early to
    /// look again, unless this is the last look of all.
    func changedSettings(at t: Double, isLast: Bool = false) -> [TunableChange] {
        guard let settings, isLast || t >= settingsDue else { return [] }
        let start = InterferenceWatch.threadSeconds()
        let now = settings()
        let cost = InterferenceWatch.threadSeconds() - start
        betweenSeconds += cost
        settingsDue = t + max(Self.settingsPeriod, 100 * cost)
        let names = Set(now.map(\.name)).intersection(known.map(\.name))
        let changes = TunableChange.between(
            known.filter { names.contains($0.name) }, now.filter { names.contains($0.name) })
        known = now
        defer { settingsSeen = t }
        return changes.map {
            TunableChange(name: $0.name, before: $0.before, after: $0.after, seen: t, since: settingsSeen)
        }
    }

    /// Of the looks of the watch, as many as are kept: no two within a second.
    static func kept(_ readings: [EnvironmentReading], after first: Double) -> [EnvironmentReading] {
        var last = first
        return readings.filter { reading in
            guard reading.t - last >= keptPeriod else { return false }
            last = reading.t
            return true
        }
    }
}
