import Measure
import Model
import Synchronization
import SystemFiles
import TestSupport
import Testing

/// Plays workers whose samples and disturbances a test decides, by number of the process.
final class ScriptedLauncher: WorkerLauncher {
    let seconds: @Sendable (WorkerJob, Int) -> [Double]
    let isDisturbed: @Sendable (WorkerJob, Int) -> Bool
    let jobs = Mutex<[WorkerJob]>([])

    init(
        seconds: @escaping @Sendable (WorkerJob, Int) -> [Double] = { _, _ in [1e-3, 1.001e-3] },
        isDisturbed: @escaping @Sendable (WorkerJob, Int) -> Bool = { _, _ in false }
    ) {
        self.seconds = seconds
        self.isDisturbed = isDisturbed
    }

    func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
    {
        let number = jobs.withLock { jobs in
            jobs.append(job)
            return jobs.count { $0.planned == job.planned } - 1
        }
        try receive(
            .ready(
                WorkerSetUp(
                    work: Work(flops: 10, bytes: 10, lookups: 0, footprint: 0),
                    implementation: Implementation(library: "Assay", version: "0", path: nil, reported: "null"),
                    seconds: 0.1, boundTo: [0], notes: [])))
        try receive(.checked(check: Check(error: 0, bound: 1, compared: 1, coverage: "all")))
        let all = seconds(job, number)
        let most = min(all.count, job.rules.maximumSamples)
        try receive(.samples(timings: all.prefix(most).map { Timing(seconds: $0, iterations: 1) }))
        let stop: StopReason = most < all.count ? .sampleCap : .converged
        try receive(
            .finished(
                sampling: Sampling(stop: stop, samples: most, warmup: 0, seriallyDependent: false, notes: []),
                usage: WorkerUsage(
                    cpuSeconds: 0.1, samplingSeconds: 0.1, peakMemory: 1,
                    involuntarySwitches: isDisturbed(job, number) ? 1000 : 0, majorFaults: 0)))
        return (.exited(0), "")
    }
}

/// Readings that a test hands in, as if a thread had taken them.
private final class FakeWatch: Watching {
    let attended = Mutex<[[Int]]>([])
    func begin(at elapsed: Double) {}
    func attend(_ units: [Int]) { attended.withLock { $0.append(units) } }
    func take() -> [EnvironmentReading] { [] }
    func end() -> WatchReport { WatchReport(period: 0.1, polls: 7, cpuSeconds: 0.001, duration: 10) }
}

func plan(minimum: Int = 6, maximum: Int? = nil, reruns: Double? = nil, target: Double = 0.05) -> Plan {
    var plan = SampleRun.plan()
    plan.rules.processes = minimum
    plan.rules.maximumProcesses = maximum
    plan.rules.rerunShare = reruns
    plan.rules.runTarget = target
    return plan
}

func coordinate(
    _ launcher: ScriptedLauncher, _ plan: Plan, from state: RunState = RunState(), watch: (any Watching)? = nil,
    settings: (() -> [Tunable])? = nil
) async throws -> (records: [ProcessRecord], cut: String?, journal: [JournalEntry]) {
    var entries: [JournalEntry] = []
    let clock = TickingClock()
    let files = EnvironmentWatch(files: SystemFiles(root: "/nonexistent"))
    let coordinator = Coordinator(
        plan: plan, processingUnits: 2, clockReadCost: 0, launcher: launcher, clock: clock,
        lookout: Lookout(
            watch: files, clock: clock, thread: watch,
            known: [Tunable(name: "governor", value: .known("performance"), source: "/sys")], settings: settings),
        journal: { (entry) throws(RecordError) in entries.append(entry) }, progress: { _ in })
    let result = try await coordinator.run(from: state)
    return (result.records, result.cut, entries)
}

@Suite struct RerunTests {
    private let matmul = SampleRun.matmul.id

    @Test func aDisturbedProcessIsRunAgainAtTheEnd() async throws {
        let launcher = ScriptedLauncher(isDisturbed: { $0.planned == SampleRun.matmul && $1 == 2 })
        let (records, cut, _) = try await coordinate(launcher, plan(reruns: 0.5))
        #expect(cut == nil)
        #expect(records.count == 19)
        #expect(records.last?.replaces == 2)
        let judged = Exclusions.applied(to: records, processingUnits: 2)
        let excluded = judged.filter { $0.excluded != nil }
        #expect(excluded.map(\.process) == [2])
        #expect(excluded.first?.excluded?.replacedBy == 6)
        #expect(judged.count { $0.case == matmul && $0.excluded == nil } == 6)
    }

    @Test func whatStaysDisturbedIsRunAgainWithinTheBound() async throws {
        let launcher = ScriptedLauncher(isDisturbed: { job, _ in job.planned == SampleRun.matmul })
        let (records, _, _) = try await coordinate(launcher, plan(reruns: 0.5))
        // Nine more than the eighteen that were planned, all of them of the one case.
        #expect(records.count == 27)
        #expect(records.dropFirst(18).allSatisfy { $0.case == matmul && $0.replaces != nil })
        let judged = Exclusions.applied(to: records, processingUnits: 2)
        #expect(judged.count { $0.case == matmul && $0.excluded == nil } == 6)
    }

    @Test func withoutAShareNothingIsRunAgain() async throws {
        let launcher = ScriptedLauncher(isDisturbed: { _, _ in true })
        #expect(try await coordinate(launcher, plan()).records.count == 18)
    }

    @Test func goingOnCountsTheReplacementsThatWereThere() async throws {
        let launcher = ScriptedLauncher(isDisturbed: { $0.planned == SampleRun.matmul && $1 == 2 })
        let whole = try await coordinate(launcher, plan(reruns: 0.5)).records
        let again = try await coordinate(
            ScriptedLauncher(), plan(reruns: 0.5), from: RunState(records: Array(whole.prefix(18)), elapsed: 9))
        #expect(again.records.count == 19)
        #expect(again.records.last?.replaces == 2)
        let done = try await coordinate(ScriptedLauncher(), plan(reruns: 0.5), from: RunState(records: whole))
        #expect(done.records.count == 19)
    }

    @Test func whatTheWatchCostIsJournalled() async throws {
        let watch = FakeWatch()
        let (_, _, journal) = try await coordinate(ScriptedLauncher(), plan(), watch: watch)
        guard case .watched(let report) = journal.last else {
            Issue.record("the last entry is \(String(describing: journal.last))")
            return
        }
        #expect(report.polls == 7)
        #expect(report.betweenSeconds != nil)
        #expect(watch.attended.withLock { $0.count } == 18)
    }

    /// Settings are looked at after the first process and, two seconds later, after the fourth: any of the three since may have
    /// been moved by the change, and the first was not.
    @Test func aSettingThatChangesIsStampedAndMarksAllProcessesSinceTheLastLook() async throws {
        let readings = Mutex(0)
        let settings: () -> [Tunable] = {
            let count = readings.withLock { count in
                count += 1
                return count
            }
            let value = count >= 2 ? "powersave" : "performance"
            return [Tunable(name: "governor", value: .known(value), source: "/sys")]
        }
        let (records, _, journal) = try await coordinate(ScriptedLauncher(), plan(), settings: settings)
        let changes = journal.flatMap { (entry) -> [TunableChange] in
            if case .settings(let changed) = entry { changed } else { [] }
        }
        #expect(changes.map(\.name) == ["governor"])
        #expect(changes.first?.after == .known("powersave"))
        let marked = records.filter { $0.interference?.changedSettings == ["governor"] }
        let change = try #require(changes.first)
        let (since, seen) = (try #require(change.since), try #require(change.seen))
        #expect(since == records[0].ended && seen == records[3].ended)
        #expect(marked.map(\.order) == [1, 2, 3])
        #expect(
            Disturbance.all(of: try #require(marked.first), processingUnits: 2).map(\.kind) == [.setting])
    }
}

/// Settings that change after the last process began, and journals in which a change was found out late.
@Suite struct LateSettingTests {
    @Test func whatChangesAfterTheLastLookIsFoundAtTheEnd() async throws {
        let readings = Mutex(0)
        var short = plan()
        short.rules.processes = 1
        // Two processes are over before it is time for a second look.
        short.cases = Array(short.cases.prefix(2))
        let (records, _, journal) = try await coordinate(
            ScriptedLauncher(), short,
            settings: {
                let count = readings.withLock { count in
                    count += 1
                    return count
                }
                return [
                    Tunable(name: "governor", value: .known(count > 1 ? "powersave" : "performance"), source: "/sys")
                ]
            })
        let changes = journal.flatMap { (entry) -> [TunableChange] in
            if case .settings(let changed) = entry { changed } else { [] }
        }
        #expect(readings.withLock { $0 } == 2 && changes.count == 1)
        #expect(records.map { $0.interference?.changedSettings ?? [] } == [[], ["governor"]])
    }

    @Test func aChangeMarksOnlyWhatItMayHaveMoved() {
        let change = TunableChange(
            name: "turbo", before: .known("on"), after: .known("off"), seen: 5, since: 2)
        func marked(_ started: Double, _ ended: Double, _ change: TunableChange) -> [String]? {
            var record = SampleRun.record(
                SampleRun.matmul, process: 0, order: 0, work: Work(flops: 1, bytes: 1, lookups: 0, footprint: 1))
            (record.started, record.ended) = (started, ended)
            record.interference = Interference()
            record.note([change])
            record.note([change])
            return record.interference?.changedSettings
        }
        #expect(marked(1, 2, change) == nil && marked(5, 6, change) == nil)
        for (started, ended) in [(1.0, 3.0), (3, 4), (4, 5), (1, 9)] {
            #expect(marked(started, ended, change) == ["turbo"])
        }
        // Of older versions nobody knows since when.
        #expect(
            marked(3, 4, TunableChange(name: "turbo", before: .known("on"), after: .known("off"), seen: 5)) == nil)
    }
}

@Suite struct SizingTests {
    private static func noise(_ number: Int, _ index: Int, between: Double, within: Double) -> Double {
        // Fixed patterns with mean 0: process offsets and sample offsets.
        let process = [0.0, 1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5][number % 9]
        let sample = [0.0, 1, -1, 2, -2][index % 5]
        return 1e-3 * (1 + between * process + within * sample)
    }

    @Test func aWideIntervalGetsMoreProcesses() async throws {
        let launcher = ScriptedLauncher(seconds: { _, number in
            (0..<40).map { Self.noise(number, $0, between: 0.04, within: 0.001) }
        })
        let (records, cut, journal) = try await coordinate(launcher, plan(maximum: 20))
        #expect(cut == nil)
        let sizes = journal.compactMap { if case .sized(let size) = $0 { size } else { nil } }
        #expect(sizes.count == 3)
        for size in sizes {
            #expect(size.pilots == 6)
            #expect(size.granted == min(size.wanted, 20))
            #expect(size.granted > 6)
            #expect(records.count { $0.case == size.case } == size.granted)
        }
        // Samples beyond those that are worth taking are not taken: processes differ far more than samples.
        let most = try #require(sizes.first?.samplesPerProcess)
        #expect(most < 40)
        let later = records.filter { $0.process >= 6 }
        #expect(later.allSatisfy { $0.samples == most && $0.outcome == .completed(.enough) })
    }

    @Test func aNarrowOneKeepsTheSuitesNumber() async throws {
        let launcher = ScriptedLauncher(seconds: { _, number in
            (0..<10).map { Self.noise(number, $0, between: 0.001, within: 0.001) }
        })
        let (records, _, journal) = try await coordinate(launcher, plan(maximum: 20))
        #expect(records.count == 18)
        let sizes = journal.compactMap { if case .sized(let size) = $0 { size } else { nil } }
        #expect(sizes.map(\.limit) == [.minimum, .minimum, .minimum])
    }

    /// Ten processes can give no interval nearer to 95 % than 97.9 %; twelve give 96.1 %.
    @Test func tenBecomeTwelve() {
        var rules = SampleRun.rules
        (rules.processes, rules.maximumProcesses) = (10, 20)
        #expect(Sizing.fewest(rules) == 12)
        rules.maximumProcesses = 10
        #expect(Sizing.fewest(rules) == 10)
        #expect(!Sizing.isOpen(rules))
    }

    @Test func withoutTimeThereAreNoMore() throws {
        var rules = SampleRun.rules
        (rules.processes, rules.maximumProcesses, rules.runTarget) = (6, 40, 0.01)
        let pilots = try (0..<6).map { number in
            var record = SampleRun.record(
                SampleRun.matmul, process: number, order: number,
                work: Work(flops: 1, bytes: 1, lookups: 0, footprint: 0))
            record.warmup = 0
            let samples = (0..<20).map {
                Sample(
                    case: record.case, process: number, index: $0,
                    seconds: Self.noise(number, $0, between: 0.04, within: 0.01), iterations: 1)
            }
            return try #require(Pilot(record, samples: samples))
        }
        let free = try #require(Sizing(case: "a", pilots: pilots, rules: rules, seconds: nil))
        #expect(free.limit == .maximum && free.granted == 40 && free.wanted > 40)
        let tight = try #require(Sizing(case: "a", pilots: pilots, rules: rules, seconds: 1))
        #expect(
            tight.limit == .time && tight.granted == 6 + Int(1 / (tight.processCost + Double(10) * tight.sampleCost)))
        #expect(Sizing(case: "a", pilots: [], rules: rules, seconds: nil) == nil)
    }

    @Test func goingOnKeepsTheSizes() async throws {
        let launcher = ScriptedLauncher(seconds: { _, number in
            (0..<40).map { Self.noise(number, $0, between: 0.04, within: 0.001) }
        })
        let whole = try await coordinate(launcher, plan(maximum: 20))
        let sizes = whole.journal.compactMap { if case .sized(let size) = $0 { size } else { nil } }
        let state = RunState(records: Array(whole.records.prefix(25)), sizing: sizes, elapsed: 5)
        let again = try await coordinate(launcher, plan(maximum: 20), from: state)
        #expect(again.records.count == whole.records.count)
        #expect(!again.journal.contains { if case .sized = $0 { true } else { false } })
    }
}
