import ArgumentParser
import Judge
import Measure
import Model
import Plan
import Probe
import Record
import Statistics
import SystemFiles
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Flagged cases measured again, here, in fresh processes.
///
/// Where the baseline was made on this machine with other settings (a library, an instruction set), both sides are measured
/// again, interleaved round by round in random order, so that nothing that moves the machine moves one of them alone. Where
/// the baseline’s state is gone, only the new side can be, and is held against the baseline as it was stored.
struct Confirmation {
    let recording: Recording
    let bases: [[RunValues]]
    let baseRecordings: [[Recording]]
    let options: Judge.Options
    let colours: Bool
    /// Whether library files that bundles name may be loaded.
    let trustsSettings: Bool
    /// Fewest processes a side.
    static let processes = 10

    func confirmed(_ comparisons: [Comparison]) async throws -> [Comparison] {
        let flagged = comparisons.reduce(into: Set<String>()) { $0.formUnion($1.flaggedCases) }
        guard !flagged.isEmpty else { return comparisons }
        try mayLoad()
        try sameMachine()
        var confirmed: [Comparison] = []
        for (index, comparison) in comparisons.enumerated() {
            let cases = comparison.flaggedCases
            guard !cases.isEmpty else {
                confirmed.append(comparison)
                continue
            }
            confirmed.append(comparison.confirmed(by: try await again(cases, against: index)))
        }
        return confirmed
    }

    private func again(_ cases: Set<String>, against index: Int) async throws -> Comparison {
        let directory = "Reports/local/confirm-" + RunNames.identity(plan: recording.bundle.plan, created: Date())
        try librariesAreHere()
        let old = remeasurable(index)
        Console.note(
            "confirm    \(cases.count) case\(cases.count == 1 ? "" : "s") × \(Self.processes) processes"
                + (old == nil ? "" : ", both sides interleaved") + "; samples in \(directory)")
        var sides = [try FreshSide(recording, cases, directory: directory + "/new", processes: processes)]
        if let old { sides.append(try FreshSide(old, cases, directory: directory + "/base", processes: processes)) }
        try await measure(&sides)
        var options = options
        options.cases = cases
        options.isInterleaved = old != nil
        let fresh = try sides.map { RunValues(try $0.finish()) }
        return Judge.compare(base: old == nil ? bases[index] : [fresh[1]], new: fresh[0], options: options)
    }

    private var processes: Int { max(Self.processes, recording.bundle.plan.rules.processes) }

    /// Round by round, each side once a round, the order dealt by the plan's seed.
    private func measure(_ sides: inout [FreshSide]) async throws {
        var generator = SeededGenerator(seed: recording.bundle.plan.seed)
        for round in 1...processes {
            var order = Array(sides.indices)
            generator.shuffle(&order)
            for side in order { try await sides[side].measure(round: round, colours: colours) }
        }
    }

    /// The baseline whose state this machine can be brought into again: made here, with settings of its own.
    private func remeasurable(_ index: Int) -> Recording? {
        guard let old = baseRecordings[index].last else { return nil }
        let (then, now) = (old.bundle.plan, recording.bundle.plan)
        let isHere = Fingerprint.differences(old.bundle.machine, recording.bundle.machine)
            .allSatisfy { $0.subject == .library }
        let hasOwnSettings = then.libraries != now.libraries || then.instructionSet != now.instructionSet
        guard isHere, hasOwnSettings, then.here(named: LibraryVariables.named).missing.isEmpty else { return nil }
        let foreign = ForeignSettings(then, isTrusted: trustsSettings, own: LibraryVariables.named)
        foreign.tell()
        return foreign.refused.isEmpty ? old : nil
    }

    /// The run that is judged names files too: where it came from is for the user to know.
    private func mayLoad() throws {
        guard
            let first = ForeignSettings(recording.bundle.plan, isTrusted: trustsSettings, own: LibraryVariables.named)
                .refused.first
        else {
            return
        }
        Console.error(
            "--confirm would measure with what the bundle names (\(Neutral.text(first))); "
                + "\(ForeignSettings.flag) lets it, where you trust who made it")
        throw ExitCode(Failure.unavailable.rawValue)
    }

    /// A bundle holds no folder that may be named after a person.
    private func librariesAreHere() throws {
        let plan = recording.bundle.plan
        guard let backend = plan.here(named: LibraryVariables.named).missing.first else { return }
        Console.error("--confirm: \(LibraryVariables.advice(backend, plan))")
        throw ExitCode(Failure.unavailable.rawValue)
    }

    /// Only the machine that measured the run can confirm it.
    private func sameMachine() throws {
        let here = try MachineSource.machine(ProbeOptions(isDeep: true, cloudMetadata: .never))
        let subjects: Set<Subject> = [.processor, .topology, .kernel, .accelerator]
        let differences = Fingerprint.differences(recording.bundle.machine, here).filter {
            subjects.contains($0.subject)
        }
        guard let first = differences.first else { return }
        Console.error(
            "--confirm measures on the machine of the run, and this is another: \(first.text); "
                + "run it there, or leave --confirm out")
        throw ExitCode(Failure.unavailable.rawValue)
    }
}

/// One side of a confirmation: a journal that grows by a process a case each round.
private struct FreshSide {
    private var plan: Plan
    private let journal: Journal
    private let header: RunHeader
    private var state = RunState()
    private let directory: String
    private let start: UInt64

    init(_ recording: Recording, _ cases: Set<String>, directory: String, processes: Int) throws {
        var plan = recording.bundle.plan.here(named: LibraryVariables.named).plan
        plan.cases.removeAll { !cases.contains($0.id) }
        plan.skipped = []
        plan.rules.processes = processes
        plan.rules.timeLimit = nil
        plan.suite += " (confirmation)"
        let created = Date()
        let header = RunHeader(
            id: RunNames.identity(plan: plan, created: created), created: created, tool: Tool.current,
            machine: recording.bundle.machine, plan: plan, clock: MonotonicRawClock().report())
        journal = try Journal(create: header, in: directory)
        self.header = header
        self.plan = plan
        self.directory = directory
        start = MonotonicRawClock().now()
    }

    mutating func measure(round: Int, colours: Bool) async throws {
        var plan = plan
        plan.rules.processes = round
        let journal = journal
        let bar = ProgressLine(terminal: colours && Console.errorIsTerminal, width: Console.width(2))
        let coordinator = Coordinator(
            plan: plan, processingUnits: header.machine.topology.processingUnits,
            clockReadCost: header.clock.readCost,
            launcher: Session.launcher(plan), clock: MonotonicRawClock(),
            lookout: LookoutSource.lookout(header),
            journal: { entry throws(RecordError) in try journal.append(entry) }, progress: bar.show)
        state.elapsed = elapsed
        defer { bar.finish() }
        state.records = try await coordinator.run(from: state).records
    }

    private var elapsed: Double { Double(MonotonicRawClock().now() &- start) * 1e-9 }

    func finish() throws -> Recording {
        try journal.append(.ended(at: elapsed, interrupted: nil, tunablesChanged: []))
        return try Publisher.publish(directory)
    }
}
