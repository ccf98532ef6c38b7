import ArgumentParser
import Datasheet
import Document
import Judge
import Measure
import Model
import Plan
import Probe
import Record
import Render
import Units

/// Run a published plan again, and say which of its claims hold here.
struct ReproduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce", abstract: "Run a bundle's plan again here; say which of its claims hold.",
        discussion: """
            The same suite, seed, rules, libraries and instruction set. A claim holds where the value here lies within the \
            tolerance (two one-sided tests over processes of both runs, or, where they cannot decide, intervals that meet). \
            Exit code 0: no claim was found not to hold · 1: one was · 69: none could be tried.

            A bundle is data: library files that it names are not loaded, and of its variables only those are set that choose \
            numbers of threads, instruction sets and the like. Claims that need more are not tried, unless --trust-settings \
            is given. What is applied is printed.

            Examples:
              assay reproduce Reports/amd-epyc-2c
              assay reproduce published --tolerance 10% --output again
              assay reproduce published --with again
              assay reproduce mine --trust-settings
              assay reproduce published --format md > reproduction.md
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String

    @Option(help: "Share by which a value may differ: 5% or 0.05.")
    var tolerance: String = "5%"

    @Option(name: .shortAndLong, help: "Directory for the new bundle.")
    var output: String?

    @Option(help: "Judge this bundle, which was measured before, instead of measuring.")
    var with: String?

    @Option(help: "End measuring after this time: 90s, 15m, 1h.")
    var timeLimit: String?

    @OptionGroup var trust: TrustOption

    @Flag(help: "Judge bundles whose hashes or numbers do not hold too; the report says which.")
    var unverified = false

    @Flag(name: .customLong("history"), inversion: .prefixedNo, help: "Add the finished run to the history.")
    var isKept = true

    @OptionGroup var place: DatabaseOption

    @Option(help: "text, md, json.")
    var format: ReproductionFormat = .text

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(inversion: .prefixedNo, help: "Colours and a redrawn progress bar on a terminal.")
    var color = true

    enum ReproductionFormat: String, CaseIterable, ExpressibleByArgument { case text, md, json }

    func validate() throws {
        if share == nil { throw ValidationError("--tolerance \(tolerance): a share such as 5% or 0.05 is needed.") }
        if let timeLimit, TimeText.seconds(timeLimit) == nil {
            throw ValidationError("--time-limit \(timeLimit): a time such as 90s, 15m or 1h is needed.")
        }
    }

    private var share: Double? {
        let number = tolerance.hasSuffix("%") ? Double(tolerance.dropLast()).map { $0 / 100 } : Double(tolerance)
        return number.flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
    }

    /// Asynchronous, so `main` calls it in the place of `run`.
    func execute() async throws {
        let published = try Publisher.judged(bundle, unverified: unverified)
        let again: Recording
        var notTried: [String: String] = [:]
        if let with {
            again = try Publisher.judged(with, unverified: unverified)
        } else {
            (again, notTried) = try await measure(published)
        }
        var reproduction = ReproductionJudge.judge(
            published: RunValues(published, name: bundle), reproduced: RunValues(again), notTried: notTried,
            tolerance: share ?? ReproductionJudge.usualTolerance)
        let doubts = Publisher.doubt(published, bundle) + Publisher.doubt(again, with ?? "")
        reproduction.warnings = doubts.isEmpty ? nil : doubts
        Console.out(try render(reproduction))
        if SignalWatch.name != nil { throw ExitCode(SignalWatch.exitCode) }
        if reproduction.count(.doesNotHold) > 0 { throw ExitCode(1) }
        if reproduction.count(.notTried) == reproduction.claims.count {
            throw ExitCode(Failure.unavailable.rawValue)
        }
    }

    /// The same plan here, with what of its settings may be applied.
    private func measure(_ published: Recording) async throws -> (Recording, notTried: [String: String]) {
        let settings = ForeignSettings(published.bundle.plan, isTrusted: trust.trustSettings)
        settings.tell()
        guard !settings.plan.cases.isEmpty else { throw nothing(settings) }
        let machine = try MachineSource.machine(probing(settings.plan))
        let resolved = PlanAgain.plan(settings.plan, on: machine)
        var plan = resolved.plan
        plan.rules.timeLimit = timeLimit.flatMap { TimeText.seconds($0) }
        guard !plan.cases.isEmpty else { throw nothing(settings) }
        let session = try Session.begin(plan, on: machine, output: output)
        try await session.record(colours: color, log: RunLog(verbose: false))
        let again = try Publisher.publish(session.directory)
        if isKept { Session.remember(again, place) }
        Console.note("bundle     \(session.directory)")
        let left = (settings.skipped + resolved.skipped).map { ($0.planned.id, $0.reason) }
        return (again, Dictionary(left) { first, _ in first })
    }

    private func nothing(_ settings: ForeignSettings) -> any Error {
        guard let first = settings.skipped.first else {
            return RecordError(.badInput, path: bundle, problem: "none of its cases can run on this machine")
        }
        let count = settings.skipped.count
        return Unavailable(
            description: "\(bundle): none of its claims can be tried: each of \(count) case\(count == 1 ? "" : "s") "
                + Neutral.text(first.reason))
    }

    private func probing(_ plan: Plan) -> ProbeOptions {
        ProbeOptions(isDeep: true, libraries: plan.libraries, inquirer: LibraryInfoCommand.inquirer)
    }

    private func render(_ reproduction: Reproduction) throws -> String {
        let blocks = Datasheet.reproductionReport(reproduction)
        switch json ? .json : format {
        case .json: return String(decoding: try JSON.document(reproduction).dropLast(), as: UTF8.self)
        case .md: return String(Markdown.render(blocks).dropLast())
        case .text:
            let terminal = Terminal(
                width: Console.outIsTerminal ? Console.width() : nil,
                isColoured: Console.colours(color, terminal: Console.outIsTerminal))
            return String(terminal.render(blocks).dropLast())
        }
    }
}

/// A published plan on this machine.
enum PlanAgain {
    /// By its suite where that ships, so that what was declared ("all cores", "4 × last-level cache") is resolved here;
    /// else, as of a side of a live comparison, its cases as they are.
    static func plan(_ published: Plan, on machine: Machine) -> (plan: Plan, skipped: [SkippedCase]) {
        var plan = published
        (plan.skipped, plan.settings) = ([], nil)
        var skipped: [SkippedCase] = []
        // A side of a live comparison may have another number of threads than its suite says, under the same identity.
        if published.setting == nil, let resolved = try? RunCommand.parse(published.arguments).plan(for: machine),
            Set(resolved.cases.map(\.id)).union(resolved.skipped.map(\.planned.id)).isSuperset(
                of: published.cases.map(\.id))
        {
            let here = Dictionary(resolved.cases.map { ($0.id, $0) }) { first, _ in first }
            plan.cases = published.cases.compactMap { here[$0.id] }
            skipped = resolved.skipped.filter { entry in published.cases.contains { $0.id == entry.planned.id } }
        } else {
            (plan.cases, skipped) = Planner.placed(published.cases, on: machine)
        }
        return (plan, skipped)
    }
}
