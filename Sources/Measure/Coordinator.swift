public import Model

/// How far the run is, for whoever shows it.
public struct Progress: Sendable {
    public var planned: Case
    public var done: Int
    public var total: Int
    /// Seconds since the start, and those that remain if processes go on taking what they took.
    public var elapsed: Double
    public var left: Double
    /// The step of a search that has just been made; `nil` where a process begins.
    public var probe: RateProbe?
}

/// What was done before this coordinator started: nothing, or what a journal holds.
public struct RunState: Sendable, Equatable {
    public var records: [ProcessRecord]
    public var samples: [Sample]
    public var sizing: [Sizing]
    /// Seconds already on the run's clock.
    public var elapsed: Double

    public init(records: [ProcessRecord] = [], samples: [Sample] = [], sizing: [Sizing] = [], elapsed: Double = 0) {
        self.records = records
        self.samples = samples
        self.sizing = sizing
        self.elapsed = elapsed
    }
}

/// Runs the plan: one child process at a time, in the plan's order, everything journalled as it happens.
public struct Coordinator<Launcher: WorkerLauncher, Clock: TimeSource> {
    let plan: Plan
    /// Of the machine.
    let processingUnits: Int
    let clockReadCost: Double
    let launcher: Launcher
    let clock: Clock
    let lookout: Lookout<Clock>
    let journal: (JournalEntry) throws(RecordError) -> Void
    let progress: (Progress) -> Void

    /// Who samples power meanwhile; nobody by default.
    public var power: (any PowerFollower)?

    public init(
        plan: Plan, processingUnits: Int, clockReadCost: Double, launcher: Launcher, clock: Clock,
        lookout: Lookout<Clock>,
        journal: @escaping (JournalEntry) throws(RecordError) -> Void, progress: @escaping (Progress) -> Void
    ) {
        self.plan = plan
        self.processingUnits = processingUnits
        self.clockReadCost = clockReadCost
        self.launcher = launcher
        self.clock = clock
        self.lookout = lookout
        self.journal = journal
        self.progress = progress
    }

    /// - Parameter origin: the reading of the clock at which the run's clock stood at `state.elapsed`; now where it is `nil`.
    /// - Returns: all records, old and new, and why the plan was not finished (`nil` when it was).
    /// - Throws: `RecordError` when the journal cannot be written: nothing measured may be lost, so measuring stops.
    public func run(from state: RunState = RunState(), origin: UInt64? = nil) async throws
        -> (records: [ProcessRecord], cut: String?)
    {
        var ledger = Ledger(plan: plan, processingUnits: processingUnits, state: state)
        var pilots = Pilots(state)
        let start = origin ?? clock.now()
        func elapsed() -> Double { state.elapsed + Double(clock.now() &- start) * 1e-9 }
        lookout.begin(at: elapsed())
        let cut: String?
        do {
            cut = try await work(&ledger, &pilots, elapsed)
        } catch {
            _ = lookout.end()
            throw error
        }
        // What changed after the last look is found by this one.
        let changes = lookout.changedSettings(at: elapsed(), isLast: true)
        if !changes.isEmpty {
            ledger.note(changes)
            try journal(.settings(changed: changes))
        }
        if let report = lookout.end() { try journal(.watched(report: report)) }
        return (ledger.records, cut)
    }

    /// What the next process of a scenario is for: to measure, to look for a rate, or to confirm the one that was found.
    private func order(_ planned: Case, _ ledger: Ledger) -> TrafficOrder? {
        guard let settings = planned.scenarioSettings else { return nil }
        let seed = UInt32(truncatingIfNeeded: plan.seed &+ UInt64(ledger.nextProcess(of: planned)))
        guard planned.searchesRate else {
            return TrafficOrder(role: .measure, rate: settings.targetRate, scheduleSeed: seed)
        }
        let rate = ledger.rateToConfirm(planned)
        return TrafficOrder(role: rate == nil ? .search : .confirm, rate: rate, scheduleSeed: seed)
    }

    /// - Returns: why it ended early, if it did.
    private func work(_ ledger: inout Ledger, _ pilots: inout Pilots, _ elapsed: () -> Double) async throws -> String? {
        while let turn = ledger.next() {
            if Task.isCancelled { return "signal" }
            let planned = plan.cases[turn.index]
            let budget = ledger.budget(planned, elapsed: elapsed())
            // What goes beyond the plan is done where there is time for it.
            guard budget.fits else {
                return ledger.isBeyondPlan ? nil : "time limit of \(Int(plan.rules.timeLimit ?? 0)) s"
            }
            progress(ledger.progress(planned, elapsed: elapsed()))
            var (record, samples) = try await measure(turn, ledger, seconds: budget.seconds, elapsed: elapsed)
            try noteSettings(in: &record, &ledger)
            try journal(.process(record: record))
            ledger.add(record)
            pilots.add(record, samples)
            try decide(planned, &ledger, pilots, elapsed())
        }
        return nil
    }

    /// Decides a case's number of processes once its pilots are done.
    private func decide(_ planned: Case, _ ledger: inout Ledger, _ pilots: Pilots, _ elapsed: Double)
        throws(RecordError)
    {
        guard ledger.isDue(planned) else { return }
        let id = planned.id
        let size = Sizing(
            case: id, pilots: ledger.pilots(of: id).compactMap { pilots.of($0) }, rules: plan.rules,
            seconds: ledger.spare(elapsed: elapsed))
        ledger.decide(id, size)
        if let size { try journal(.sized(sizing: size)) }
    }

    private func measure(_ turn: Turn, _ ledger: Ledger, seconds: Double, elapsed: () -> Double) async throws
        -> (record: ProcessRecord, samples: [Sample])
    {
        let planned = plan.cases[turn.index]
        var (rules, isCut) = ledger.rules(for: planned)
        rules.processSeconds = seconds
        let job = WorkerJob(
            planned: planned, seed: plan.seed, rules: rules, clockReadCost: clockReadCost, libraries: plan.libraries,
            instructionSet: plan.instructionSet, traffic: order(planned, ledger))
        let (before, canariesBefore) = lookout.before(planned, elapsed)
        let kills = lookout.watch.memoryKills()
        try journal(.environment(reading: before))
        var samples: [Sample] = []
        var sampling: Double?
        var told = WorkerReport(
            case: planned.id, process: ledger.nextProcess(of: planned), paths: Array(plan.libraryPaths))
        var ending: Result<(exit: WorkerExit, message: String), LaunchFailure>
        do {
            ending = .success(
                try await launcher.launch(
                    job, patience: rules.hangSeconds + (planned.scenarioSettings == nil ? 1 : 4) * seconds
                ) { event in
                    if case .probed(let probe) = event {
                        var step = ledger.progress(planned, elapsed: elapsed())
                        step.probe = probe
                        progress(step)
                    }
                    if event.isEdgeOfTimedWork { power?.mark() }
                    if case .checked = event { sampling = elapsed() }
                    if let new = told.take(event) {
                        samples += new
                        try journal(.samples(lines: new))
                    }
                })
        } catch let error as RecordError {
            throw error
        } catch {
            ending = .failure(LaunchFailure(reason: "\(error)"))
        }
        let (after, between, canariesAfter) = lookout.after(planned, sampling: sampling, elapsed)
        for reading in Lookout<Clock>.kept(between, after: before.t) + [after] {
            try journal(.environment(reading: reading))
        }
        var record = told.record(
            order: ledger.records.count, from: before, to: after, between: between, threads: planned.threads)
        record.windows = told.windows?.map { [now = clock.now(), t = elapsed()] in $0.onRunClock(start: now, elapsed: t)
        }
        if let power { try journal(.powerReadings(lines: power.collect(record.windows ?? []))) }
        let canaries = CanaryPair.pairs(canariesBefore, canariesAfter)
        record.canaries = canaries.isEmpty ? nil : canaries
        record.replaces = turn.replaces
        let starved = (lookout.watch.memoryKills() ?? 0) > (kills ?? .max)
        record.budget = seconds
        var outcome = told.outcome(ending, starved: starved)
        if isCut, outcome == .completed(.sampleCap) { outcome = .completed(.enough) }
        // A process that was done when the signal came is done; one that the signal ended says nothing.
        if case .completed = outcome { record.outcome = outcome } else if !Task.isCancelled { record.outcome = outcome }
        return (record, samples)
    }

    /// A setting that changed may have moved every process that ran since it was last seen as it was.
    private func noteSettings(in record: inout ProcessRecord, _ ledger: inout Ledger) throws(RecordError) {
        let changes = lookout.changedSettings(at: record.ended)
        guard !changes.isEmpty else { return }
        record.note(changes.map(\.name))
        ledger.note(changes)
        try journal(.settings(changed: changes))
    }
}

/// The figures of completed processes from which sizes are decided.
struct Pilots {
    private struct Key: Hashable { let `case`: String, process: Int }
    private var all: [Key: Pilot] = [:]

    init(_ state: RunState) {
        let samples = Dictionary(grouping: state.samples) { Key(case: $0.case, process: $0.process) }
        for record in state.records { add(record, samples[Key(case: record.case, process: record.process)] ?? []) }
    }

    mutating func add(_ record: ProcessRecord, _ samples: [Sample]) {
        all[Key(case: record.case, process: record.process)] = Pilot(record, samples: samples)
    }

    func of(_ record: ProcessRecord) -> Pilot? { all[Key(case: record.case, process: record.process)] }
}

struct LaunchFailure: Error {
    var reason: String
}
