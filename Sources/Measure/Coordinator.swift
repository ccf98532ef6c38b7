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
    /// Seconds already on the run's clock.
    public var elapsed: Double

    public init(records: [ProcessRecord] = [], elapsed: Double = 0) {
        self.records = records
        self.elapsed = elapsed
    }
}

/// Runs the plan: one child process at a time, in the plan's order, everything journalled as it happens.
public struct Coordinator<Launcher: WorkerLauncher, Clock: TimeSource> {
    let plan: Plan
    let clockReadCost: Double
    let launcher: Launcher
    let clock: Clock
    let watch: EnvironmentWatch
    let journal: (JournalEntry) throws(RecordError) -> Void
    let progress: (Progress) -> Void

    /// Who samples power meanwhile; nobody by default.
    public var power: (any PowerFollower)?

    public init(
        plan: Plan, clockReadCost: Double, launcher: Launcher, clock: Clock, watch: EnvironmentWatch,
        journal: @escaping (JournalEntry) throws(RecordError) -> Void, progress: @escaping (Progress) -> Void
    ) {
        self.plan = plan
        self.clockReadCost = clockReadCost
        self.launcher = launcher
        self.clock = clock
        self.watch = watch
        self.journal = journal
        self.progress = progress
    }

    /// - Parameter origin: the reading of the clock at which the run's clock stood at `state.elapsed`; now where it is `nil`.
    /// - Returns: all records, old and new, and why the plan was not finished (`nil` when it was).
    /// - Throws: `RecordError` when the journal cannot be written: nothing measured may be lost, so measuring stops.
    public func run(from state: RunState = RunState(), origin: UInt64? = nil) async throws
        -> (records: [ProcessRecord], cut: String?)
    {
        var ledger = Ledger(plan: plan, state: state)
        let start = origin ?? clock.now()
        func elapsed() -> Double { state.elapsed + Double(clock.now() &- start) * 1e-9 }
        while let planned = ledger.next() {
            if Task.isCancelled { return (ledger.records, "signal") }
            let budget = ledger.budget(planned, elapsed: elapsed())
            guard budget.fits else { return (ledger.records, "time limit of \(Int(plan.rules.timeLimit ?? 0)) s") }
            progress(ledger.progress(planned, elapsed: elapsed()))
            let record = try await measure(planned, ledger, seconds: budget.seconds, elapsed: elapsed)
            try journal(.process(record: record))
            ledger.add(record)
        }
        return (ledger.records, nil)
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

    private func measure(_ planned: Case, _ ledger: Ledger, seconds: Double, elapsed: () -> Double) async throws
        -> ProcessRecord
    {
        var rules = plan.rules
        rules.processSeconds = seconds
        let job = WorkerJob(
            planned: planned, seed: plan.seed, rules: rules, clockReadCost: clockReadCost, libraries: plan.libraries,
            instructionSet: plan.instructionSet, traffic: order(planned, ledger))
        let before = watch.read(at: elapsed())
        let kills = watch.memoryKills()
        try journal(.environment(reading: before))
        var told = WorkerReport(case: planned.id, process: ledger.nextProcess(of: planned))
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
                    if let samples = told.take(event) { try journal(.samples(lines: samples)) }
                })
        } catch let error as RecordError {
            throw error
        } catch {
            ending = .failure(LaunchFailure(reason: "\(error)"))
        }
        let after = watch.read(at: elapsed())
        try journal(.environment(reading: after))
        var record = told.record(order: ledger.records.count, from: before, to: after)
        record.windows = told.windows?.map { [now = clock.now(), t = elapsed()] in $0.onRunClock(start: now, elapsed: t)
        }
        if let power { try journal(.powerReadings(lines: power.collect(record.windows ?? []))) }
        let starved = (watch.memoryKills() ?? 0) > (kills ?? .max)
        record.budget = seconds
        let outcome = told.outcome(ending, starved: starved)
        // A process that was done when the signal came is done; one that the signal ended says nothing.
        if case .completed = outcome { record.outcome = outcome } else if !Task.isCancelled { record.outcome = outcome }
        return record
    }
}

struct LaunchFailure: Error {
    var reason: String
}
