import ArgumentParser
import History
import Judge
import Measure
import Model
import Plan
import Probe
import Record
import SystemFiles
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One run from its first line to its datasheet, whether it starts now or goes on.
struct Session {
    let header: RunHeader
    let directory: String
    let journal: Journal
    let state: RunState
    let power: PowerRequest
    /// Of a resumed run, from 0.
    var sitting = 0
    /// File that a noise floor is written to instead of the usual place.
    var profile: String?

    /// Probes, plans, and begins a journal.
    static func start(_ command: RunCommand) throws -> Session {
        let power = command.power.request
        if let path = power.log { try LogFile.check(path) }
        let machine = try MachineSource.machine(try command.probing())
        let plan = try command.plan(for: machine)
        return try begin(plan, on: machine, output: command.output, power: power, profile: command.profile) { header in
            let (price, noPrice) = try command.price.resolve(machine)
            if let noPrice { Console.note("no price   \(noPrice)") }
            header.price = price
            header.statement = command.statement.statement.isEmpty ? nil : command.statement.statement
        }
    }

    /// Begins a journal for a plan, from wherever it came.
    static func begin(
        _ plan: Plan, on machine: Machine, output: String?, power: PowerRequest = PowerRequest(),
        profile: String? = nil,
        _ prepare: (inout RunHeader) throws -> Void = { _ in }
    ) throws -> Session {
        let created = Date()
        let id = RunNames.identity(plan: plan, created: created)
        let clock = MonotonicRawClock().report()
        let quiet = plan.isWorthALook ? QuietCheck.look(.brief, clock: clock, machine: machine) : nil
        var header = RunHeader(
            id: id, created: created, tool: Tool.current, machine: machine, plan: plan, clock: clock, quiet: quiet,
            noiseFloor: plan.rules.noisePairs == nil ? try ProfileSource.floor(of: machine, file: profile) : nil)
        try prepare(&header)
        let directory = output ?? "Reports/local/" + RunNames.slug(machine) + "-" + id
        let journal = try Journal(create: header, in: directory)
        return Session(
            header: header, directory: directory, journal: journal, state: RunState(), power: power,
            profile: profile)
    }

    /// Takes up the journal in `output`, or the newest unfinished one.
    ///
    /// - Parameter timeLimit: seconds from now; the plan's own limit, counted anew, where it is `nil`.
    static func resume(_ output: String?, timeLimit: Double?, power: PowerRequest) throws -> Session {
        if let path = power.log { try LogFile.check(path) }
        let directory = try output ?? RunNames.newestUnfinished(in: "Reports/local")
        // Locked before it is read: what another run writes until then is not lost.
        let journal = try Journal(reopen: directory)
        var content = try JournalContent(directory: directory)
        let plan = content.header.plan
        if plan.settings != nil {
            throw RecordError(
                .badInput, path: directory, problem: "is a live comparison; it cannot go on, only begin again")
        }
        if let first = ForeignSettings(content.header.plan, isTrusted: false).refusedVariables.first {
            throw RecordError(
                .badInput, path: directory, problem: "sets the \(Neutral.text(first)); such a run can only begin again")
        }
        // As deep as at the beginning, so that versions of libraries can be held against each other.
        let machine = try MachineSource.machine(
            ProbeOptions(
                isDeep: true, cloudMetadata: .never, libraries: plan.libraries,
                inquirer: LibraryInfoCommand.inquirer))
        try Resumption.expectSame(content.header, machine, directory)
        try journal.goOn(after: content)
        if let timeLimit { content.header.plan.rules.timeLimit = timeLimit }
        Console.note("resumed    \(directory): \(content.records.count) processes were there")
        return Session(
            header: content.header, directory: directory, journal: journal,
            state: RunState(
                records: content.records, samples: content.samples, sizing: content.sizing, elapsed: content.elapsed),
            power: power, sitting: content.resumed + 1)
    }

    /// - Parameter history: where the finished run is added; nowhere where it is `nil`.
    func run(colours: Bool, json: Bool, log: RunLog, history: DatabaseOption? = nil) async throws {
        let logProblem = try await record(colours: colours, log: log)
        let recording: Recording
        do {
            recording = try Publisher.publish(directory)
        } catch {
            hint()
            throw error
        }
        try ProfileSource.store(recording.bundle, file: profile)
        if let history { Self.remember(recording, history) }
        try Publisher.show(recording, directory: directory, json: json, colours: colours)
        // Said last: what was measured is published without it.
        if let logProblem { throw logProblem }
        if SignalWatch.name != nil { throw ExitCode(SignalWatch.exitCode) }
    }

    /// A run is done whether or not it could be added to the history; one that was cut off is added when it has gone on. One
    /// under a setting of a live comparison is no point of the machine's course.
    static func remember(_ recording: Recording, _ history: DatabaseOption) {
        guard recording.bundle.interrupted == nil, recording.bundle.plan.setting == nil else { return }
        do {
            try history.writing().add(HistoryRun(recording))
        } catch {
            Console.note("warning    not added to the history: \(error)")
        }
    }

    /// Measures until the plan is done or cut short; everything is then in the journal.
    ///
    /// - Returns: what is wrong with a power meter's log.
    @discardableResult
    func record(colours: Bool, log: RunLog) async throws -> RecordError? {
        Briefing.print(header, directory: directory, resting: PowerSampling.resting(header, power))
        let (cut, logProblem) = try await measure(colours: colours, log: log)
        let options = ProbeOptions(isDeep: true)
        let changed =
            TunableChange.between(header.machine.tunables, Probe.tunables(options))
            + TunableChange.between(header.machine.limits.settings, Probe.limits(options).settings)
        let elapsed = try JournalContent(directory: directory).elapsed
        try journal.append(.ended(at: elapsed, interrupted: cut, tunablesChanged: changed))
        return logProblem
    }

    /// Runs the coordinator in a task that a signal cancels; what was measured until then stays.
    ///
    /// - Returns: why the plan was not finished, and what is wrong with a power meter's log.
    private func measure(colours: Bool, log: RunLog) async throws -> (cut: String?, logProblem: RecordError?) {
        let bar = ProgressLine(terminal: colours && Console.errorIsTerminal, width: Console.width(2))
        let work = Task { [header, state, journal, power, sitting] in
            let clock = PowerSampling.RunClock(origin: MonotonicRawClock().now(), elapsed: state.elapsed)
            let sampling = try PowerSampling.begin(
                header, power, sitting: sitting, clock: clock,
                journal: { (entry) throws(RecordError) in try journal.append(entry) })
            let before = try await sampling.rest()
            var coordinator = Coordinator(
                plan: header.plan, processingUnits: header.machine.topology.processingUnits,
                clockReadCost: header.clock.readCost, launcher: Self.launcher(header.plan),
                clock: MonotonicRawClock(), lookout: LookoutSource.lookout(header),
                journal: { entry throws(RecordError) in
                    try journal.append(entry)
                    log.entry(entry, header.plan)
                }, progress: bar.show)
            coordinator.power = sampling.watch
            let cut = try await coordinator.run(from: state, origin: clock.origin).cut
            let after = try await sampling.rest()
            return (cut, try sampling.end(idle: [before, after].compactMap { $0 }))
        }
        SignalWatch.start { work.cancel() }
        defer { bar.finish() }
        do {
            let (cut, logProblem) = try await work.value
            return (cut == nil ? nil : SignalWatch.name ?? cut, logProblem)
        } catch {
            bar.finish()
            hint()
            throw error
        }
    }

    private func hint() {
        Console.error(
            "what was measured so far is in \(directory)/\(Journal.fileName); "
                + "go on with: assay run --resume --output \(directory)")
    }

    /// Starts workers with what the plan sets for them.
    static func launcher(_ plan: Plan) -> SettingLauncher<ProcessLauncher> {
        let settings = zip(LivePlan.sides, plan.settings ?? []).map { ("-" + $0, $1) }
        return SettingLauncher(
            ProcessLauncher(executable: "/proc/self/exe", arguments: ["worker"]),
            settings: Dictionary(uniqueKeysWithValues: settings), environment: plan.environment)
    }
}

/// The machine with what other stages know of it.
enum MachineSource {
    /// - Parameter rehearse: as of `Probe.machine`.
    static func machine(_ options: ProbeOptions, rehearse: (@Sendable (Machine) -> Void)? = nil) throws -> Machine {
        var machine = try Probe.machine(options, rehearse: rehearse)
        // A topology file tells nothing of power; a captured tree does.
        if options.topologyFile == nil { machine.power = PowerSurveys.all(options) }
        return machine
    }
}
