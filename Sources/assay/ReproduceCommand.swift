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
            is given, or ASSAY_ONEDNN or ASSAY_CBLAS names a file of the same name. What is applied is printed.

            Examples:
              assay reproduce Reports/amd-epyc-2c
              assay reproduce published --tolerance 10% --output again
              assay reproduce published --with again
              assay reproduce mine --trust-settings
              assay reproduce published --format md > reproduction.md
              assay reproduce published --no-cloud-metadata
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

    @OptionGroup var cloud: CloudOption
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
        if with != nil, cloud.cloudMetadata != nil {
            throw ValidationError("--with judges what was measured before: no metadata service is asked.")
        }
    }

    private var share: Double? {
        let number = tolerance.hasSuffix("%") ? Double(tolerance.dropLast()).map { $0 / 100 } : Double(tolerance)
        return number.flatMap { $0 > 0 && $0 < 1 ? $0 : nil }
    }

    /// Asynchronous, so `main` calls it in the place of `run`.
    func execute() async throws {
        let published = try Publisher.judged(bundle, unverified: unverified)
        let claimed = RunValues(published, name: bundle)
        if let with {
            let again = try Publisher.judged(with, unverified: unverified)
            return try tell(judged(claimed, again, notTried: [:]), published, again)
        }
        let settings = ForeignSettings(
            published.bundle.plan, isTrusted: trust.trustSettings, own: LibraryVariables.named)
        settings.tell()
        let (here, missing) = settings.plan.here(named: LibraryVariables.named)
        for backend in missing { Console.note("library    \(LibraryVariables.advice(backend, here))") }
        let machine = try MachineSource.machine(probing(here))
        let resolved = PlanAgain.plan(here, on: machine)
        var plan = resolved.plan
        plan.rules.timeLimit = timeLimit.flatMap { TimeText.seconds($0) }
        let left = (settings.skipped + resolved.skipped).map { ($0.planned.id, $0.reason) }
        let notTried = Dictionary(left) { first, _ in first }
        guard !plan.cases.isEmpty else {
            let untried = ReproductionJudge.untried(
                claimed, on: machine, reasons: notTried, tolerance: share ?? ReproductionJudge.usualTolerance)
            return try tell(untried, published, nil)
        }
        let session = try Session.begin(plan, on: machine, output: output)
        try await session.record(colours: color, log: RunLog(verbose: false))
        let again = try Publisher.publish(session.directory)
        if isKept { Session.remember(again, place) }
        Console.note("bundle     \(session.directory)")
        try tell(judged(claimed, again, notTried: notTried), published, again)
    }

    private func judged(_ claimed: RunValues, _ again: Recording, notTried: [String: String]) -> Reproduction {
        let noEnergy = again.bundle.measurements.compactMap { measurement in
            measurement.energyUnavailable.map { (measurement.case.id, "no energy was measured here: \($0)") }
        }
        return ReproductionJudge.judge(
            published: claimed, reproduced: RunValues(again), notTried: notTried,
            noEnergy: Dictionary(noEnergy) { first, _ in first },
            tolerance: share ?? ReproductionJudge.usualTolerance)
    }

    /// Prints it, and ends with the code that it comes to.
    private func tell(_ judged: Reproduction, _ published: Recording, _ again: Recording?) throws {
        var reproduction = judged
        reproduction.warnings += Publisher.doubt(published, bundle)
        if let again { reproduction.warnings += Publisher.doubt(again, with ?? "") }
        Console.out(try render(reproduction))
        if SignalWatch.name != nil { throw ExitCode(SignalWatch.exitCode) }
        if reproduction.count(.doesNotHold) > 0 { throw ExitCode(1) }
        if reproduction.count(.notTried) == reproduction.claims.count {
            throw ExitCode(Failure.unavailable.rawValue)
        }
    }

    private func probing(_ plan: Plan) -> ProbeOptions {
        var options = ProbeOptions(isDeep: true, libraries: plan.libraries, inquirer: LibraryInfoCommand.inquirer)
        cloud.apply(to: &options)
        return options
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
