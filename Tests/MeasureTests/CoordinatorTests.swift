import Measure
import Model
import Synchronization
import SystemFiles
import TestSupport
import Testing

private let setUp = WorkerSetUp(
    work: Work(flops: 10, bytes: 10, lookups: 0, footprint: 0),
    implementation: Implementation(library: "Assay", version: "0", path: nil, reported: "null"), seconds: 0.1,
    boundTo: [0], notes: [])
private let goodCheck = Check(error: 0, bound: 1, compared: 1, coverage: "all")

/// Plays workers by script: case name → how its processes go.
private final class FakeLauncher: WorkerLauncher {
    enum Play: Sendable {
        case good
        case signal(Int)
        case hang
        case exit(Int)
        case wrong
        case skip
        case lossy
    }
    let plays: [String: Play]
    let launched = Mutex<[(workload: String, seconds: Double)]>([])
    /// Called after each launch, with how many there were.
    let after: @Sendable (Int) -> Void

    init(_ plays: [String: Play] = [:], after: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.plays = plays
        self.after = after
    }

    func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
    {
        let count = launched.withLock {
            $0.append((job.planned.workload, job.rules.processSeconds))
            return $0.count
        }
        defer { after(count) }
        let play = plays[job.planned.workload] ?? .good
        if case .skip = play {
            try receive(.skipped(reason: "no such library"))
            return (.exited(0), "")
        }
        try receive(.ready(setUp))
        try receive(.checked(check: goodCheck))
        if case .wrong = play {
            try receive(.failed(reason: "wrong result"))
            return (.exited(0), "")
        }
        try receive(.samples(timings: [Timing(seconds: 1e-3, iterations: 2), Timing(seconds: 2e-3, iterations: 2)]))
        switch play {
        case .signal(let number): return (.signalled(number), "last words")
        case .hang: return (.hung, "")
        case .exit(let code): return (.exited(code), "boom")
        case .good, .wrong, .skip, .lossy: break
        }
        let told = if case .lossy = play { 3 } else { 2 }
        let sampling = Sampling(stop: .converged, samples: told, warmup: 0, seriallyDependent: false, notes: [])
        let usage = WorkerUsage(
            cpuSeconds: 0.1, samplingSeconds: 0.1, peakMemory: 1, involuntarySwitches: 0, majorFaults: 0)
        try receive(.finished(sampling: sampling, usage: usage))
        return (.exited(0), "")
    }
}

/// A clock that ticks a tenth of a second at every reading.
final class TickingClock: TimeSource {
    private let ticks = Mutex<UInt64>(0)
    func now() -> UInt64 {
        ticks.withLock {
            $0 += 100_000_000
            return $0
        }
    }
}

private func coordinate(
    _ launcher: FakeLauncher, plan: Plan = SampleRun.plan(), from state: RunState = RunState()
) async throws -> (records: [ProcessRecord], cut: String?, journal: [JournalEntry]) {
    var entries: [JournalEntry] = []
    let clock = TickingClock()
    let coordinator = Coordinator(
        plan: plan, processingUnits: 2, clockReadCost: 0, launcher: launcher, clock: clock,
        lookout: Lookout(watch: EnvironmentWatch(files: SystemFiles(root: "/nonexistent")), clock: clock),
        journal: { (entry) throws(RecordError) in entries.append(entry) }, progress: { _ in })
    let result = try await coordinator.run(from: state)
    return (result.records, result.cut, entries)
}

@Suite struct CoordinatorTests {
    @Test func everyCaseGetsItsProcessesInterleaved() async throws {
        let launcher = FakeLauncher()
        let (records, cut, journal) = try await coordinate(launcher)
        #expect(cut == nil)
        #expect(records.count == 18)
        for planned in SampleRun.plan().cases {
            #expect(records.filter { $0.case == planned.id }.map(\.process) == [0, 1, 2, 3, 4, 5])
        }
        // Rounds: every three processes in a row are of three different cases.
        for round in 0..<6 { #expect(Set(records[round * 3..<round * 3 + 3].map(\.case)).count == 3) }
        #expect(records.map(\.order) == Array(0..<18))
        let samples = journal.flatMap { (entry) -> [Sample] in
            if case .samples(let lines) = entry { lines } else { [] }
        }
        #expect(samples.count == 36)
        #expect(Set(samples.map { "\($0.case) \($0.process) \($0.index)" }).count == 36)
    }

    @Test func theOrderIsTheSeeds() throws {
        var plan = SampleRun.plan()
        let first = Schedule.order(plan)
        #expect(first == Schedule.order(plan))
        plan.seed = 8
        #expect(first != Schedule.order(plan))
    }

    @Test(arguments: ["crash", "hang", "exit", "wrong", "skip", "lossy"])
    func aFaultCostsOneCaseAlone(fault: String) async throws {
        let play: FakeLauncher.Play =
            switch fault {
            case "crash": .signal(11)
            case "hang": .hang
            case "exit": .exit(7)
            case "wrong": .wrong
            case "lossy": .lossy
            default: .skip
            }
        let (records, cut, _) = try await coordinate(FakeLauncher([SampleRun.matmul.workload: play]))
        #expect(cut == nil)
        let bad = records.filter { $0.case == SampleRun.matmul.id }
        #expect(bad.count == 1)
        let said: [String: ProcessRecord.Outcome] = [
            "crash": .failed("signal 11 (SIGSEGV): last words"),
            "hang": .failed("hung: no end within its time; killed"),
            "exit": .failed("exit code 7 before its end: boom"), "wrong": .failed("wrong result"),
            "skip": .skipped("no such library"),
            "lossy": .failed("its report is incomplete: 2 of 3 samples came"),
        ]
        #expect(bad.first?.outcome == said[fault])
        #expect(records.count == 13)
    }

    @Test func goingOnDoesWhatIsLeftAndNothingTwice() async throws {
        let whole = try await coordinate(FakeLauncher()).records
        for done in [0, 1, 4, 9, 17, 18] {
            var records = Array(whole.prefix(done))
            if done == 4 { records[3].outcome = .interrupted }
            let launcher = FakeLauncher()
            let again = try await coordinate(launcher, from: RunState(records: records, elapsed: 10))
            let launches = launcher.launched.withLock { $0.count }
            #expect(launches == 18 - records.count { $0.outcome == .completed(.converged) })
            for planned in SampleRun.plan().cases {
                let own = again.records.filter { $0.case == planned.id }
                #expect(own.count { $0.outcome == .completed(.converged) } == 6)
                #expect(Set(own.map(\.process)).count == own.count)
            }
            #expect(again.records.dropFirst(done).allSatisfy { $0.started >= 10 })
        }
    }

    @Test func theTimeLimitCutsAllCasesAlike() async throws {
        var plan = SampleRun.plan()
        plan.rules.timeLimit = 4
        let launcher = FakeLauncher()
        let (records, cut, _) = try await coordinate(launcher, plan: plan)
        #expect(cut?.contains("time limit") == true)
        let counts = plan.cases.map { planned in records.count { $0.case == planned.id } }
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
        #expect(records.count < 18)
        // What is left is shared: later processes get less than the rule's full time.
        let budgets = launcher.launched.withLock { $0.map(\.seconds) }
        #expect(records.map(\.budget) == budgets.map { $0 })
        #expect(budgets.allSatisfy { $0 >= 0.05 && $0 <= 0.25 })
        #expect((budgets.min() ?? 1) < 0.25)
    }

    @Test func cancellingEndsInGoodOrder() async throws {
        let task = Mutex<Task<(records: [ProcessRecord], cut: String?, journal: [JournalEntry]), any Error>?>(nil)
        let launcher = FakeLauncher(after: { count in
            if count == 5 { task.withLock { $0?.cancel() } }
        })
        let started = Task {
            // Until the task is known to the launcher.
            while task.withLock({ $0 == nil }) { await Task.yield() }
            return try await coordinate(launcher)
        }
        task.withLock { $0 = started }
        let result = try await started.value
        #expect(result.cut == "signal")
        #expect(result.records.count == 5)
        // The process that was done when the signal came is done.
        #expect(result.records.last?.outcome == .completed(.converged))
    }

    @Test func aJournalThatCannotBeWrittenStopsTheRun() async throws {
        let full = RecordError(.inputOutput, path: "journal.jsonl", problem: "No space left on device")
        var count = 0
        let launcher = FakeLauncher()
        let clock = TickingClock()
        let coordinator = Coordinator(
            plan: SampleRun.plan(), processingUnits: 2, clockReadCost: 0, launcher: launcher, clock: clock,
            lookout: Lookout(watch: EnvironmentWatch(files: SystemFiles(root: "/nonexistent")), clock: clock),
            journal: { (_) throws(RecordError) in
                count += 1
                if count > 9 { throw full }
            }, progress: { _ in })
        await #expect(throws: full) { try await coordinator.run() }
        #expect(launcher.launched.withLock { $0.count } == 3)
    }
}
