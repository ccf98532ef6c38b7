import ArgumentParser
import Kernels
import Model
import Plan
import Probe

/// Measure, write a bundle and its datasheet.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure this machine; write a bundle and its datasheet.",
        discussion: """
            Each case is measured in fresh child processes, interleaved in a random order that the seed decides. \
            Everything is journalled as it happens: after a kill, --resume goes on where the journal ends.

            Examples:
              assay run
              assay run quick --output mine --seed 7
              assay run mine.yaml --time-limit 5m
              assay run --resume --output mine
              assay run --library onednn=/opt/onednn/libdnnl.so.3
              assay run --isa avx2
              assay run standard --price 0.094 --currency USD --billing on-demand --region eu-central-1 --price-date 2026-11-24
              assay run --price-list prices.yaml --run-by "Example Lab"
              assay run --power-log /var/log/meter.csv --power-log-error 0.1%
              assay run --noise                  the suite as three pairs of repetitions, with the noise floor
            """)

    @Argument(help: "Suites by name, or YAML files; quick where none is named. The rules of the first hold for all.")
    var suites: [String] = []

    @Option(name: .shortAndLong, help: "Directory for the bundle. It must not hold a run already.")
    var output: String?

    @Flag(help: "Go on with the run in --output, or with the newest unfinished one under Reports/local.")
    var resume = false

    @Option(help: "End measuring after this time: 90s, 15m, 1h. What was measured is published.")
    var timeLimit: String?

    @Option(help: "Decides order and inputs. A run with the same seed and plan is the same run.")
    var seed: UInt64?

    @Option(help: "Exactly so many processes per case, instead of the suite's number or more.")
    var processes: Int?

    @Option(help: "Only workloads whose name or title contains this text. Repeatable.")
    var only: [String] = []

    @Option(help: "Library file for a backend: onednn=PATH, cblas=PATH. Repeatable.")
    var library: [String] = []

    @Option(help: "The best instruction set that kernels and libraries may use: avx2, avx512 …")
    var isa: String?

    @Option(
        defaultAsFlag: 3,
        help: ArgumentHelp(
            "Also measure the noise floor: run the suite as so many pairs of repetitions (3), and store it.",
            discussion: "Takes two times as many repetitions; see assay noise.", valueName: "pairs"))
    var noise: Int?

    @Option(help: "Profile of this machine: its noise floor is taken from there, or with --noise written to it.")
    var profile: String?

    @OptionGroup var cloud: CloudOption

    @OptionGroup(title: "Price") var price: PriceOption

    @OptionGroup(title: "Statement") var statement: StatementOption

    @OptionGroup(title: "Power") var power: PowerOptions

    @Flag(inversion: .prefixedNo, help: "Add the finished run to the history.")
    var history = true

    @OptionGroup var place: DatabaseOption

    @Flag(help: "Also record host name, serial numbers and addresses: they are then in the bundle and its datasheet.")
    var includeIdentifiers = false

    @Flag(inversion: .prefixedNo, help: "Colours and a redrawn progress bar on a terminal.")
    var color = true

    @Flag(help: "Print the finished bundle as JSON instead of the table.")
    var json = false

    @Flag(name: .shortAndLong, help: "Tell on standard error how each process went.")
    var verbose = false

    func validate() throws {
        if let timeLimit, TimeText.seconds(timeLimit) == nil {
            throw ValidationError("--time-limit \(timeLimit): a time such as 90s, 15m or 1h is needed.")
        }
        if let processes, !(1...Rules.mostProcesses).contains(processes) {
            throw ValidationError("--processes \(processes): 1 to \(Rules.mostProcesses).")
        }
        if let noise, !(1...500).contains(noise) { throw ValidationError("--noise \(noise): 1 to 500 pairs.") }
        let narrowed = noise != nil || profile != nil || !only.isEmpty || !library.isEmpty || isa != nil
        let probed = cloud.cloudMetadata != nil || includeIdentifiers || price.isGiven || !statement.statement.isEmpty
        let fixed = !suites.isEmpty || seed != nil || processes != nil || narrowed || probed
        if resume, fixed {
            throw ValidationError(
                "--resume goes on with the plan it finds; only --output, --time-limit and the options of power go with it."
            )
        }
        if let isa, Kernels.instructionSet(named: isa) == nil {
            let known = Kernels.instructionSets().map(\.name).joined(separator: ", ")
            throw ValidationError("--isa \(isa): no such instruction set; there is \(known).")
        }
        for entry in library where entry.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--library \(entry): BACKEND=PATH is needed, for example onednn=/opt/libdnnl.so.3.")
        }
    }

    /// Asynchronous, so `main` calls it in the place of `run`.
    func execute() async throws {
        let limit = timeLimit.flatMap { TimeText.seconds($0) }
        let session =
            resume ? try Session.resume(output, timeLimit: limit, power: power.request) : try Session.start(self)
        try await session.run(
            colours: color, json: json, log: RunLog(verbose: verbose), history: history ? place : nil)
    }

    /// The plan that these arguments ask for.
    func plan(for machine: Machine) throws -> Plan {
        let seed = seed ?? UInt64.random(in: 1...0xFFFF)
        let named = suites.isEmpty ? ["quick"] : suites
        var plan = Planner.plan(try chosen(try SuiteSource.suites(named)), on: machine, seed: seed)
        plan.arguments = arguments(named, seed)
        if let timeLimit { plan.rules.timeLimit = TimeText.seconds(timeLimit) }
        if let processes { (plan.rules.processes, plan.rules.maximumProcesses) = (processes, processes) }
        if let noise { try becomeNoise(&plan.rules, pairs: noise) }
        plan.instructionSet = isa.flatMap { Kernels.instructionSet(named: $0)?.name }
        plan.libraries = try libraries()
        return plan
    }

    private func becomeNoise(_ rules: inout Rules, pairs: Int) throws {
        let repetition = rules.processes
        guard repetition * 2 * pairs <= Rules.mostNoiseProcesses else {
            throw ValidationError(
                "--noise \(pairs): \(2 * pairs) repetitions of \(repetition) processes are above "
                    + "\(Rules.mostNoiseProcesses) processes a case."
            )
        }
        rules.becomeNoise(pairs: pairs)
        if timeLimit == nil { rules.timeLimit = rules.timeLimit.map { $0 * Double(2 * pairs) } }
    }

    /// What --library says, by the name of the backend.
    private func libraries() throws -> [String: String] {
        try library.reduce(into: [:]) { libraries, entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard let backend = Backend(rawValue: parts[0]) else {
                let hint = Nearest.hint(for: parts[0], among: Backend.allCases.map(\.rawValue))
                throw ValidationError("--library \(entry): unknown backend\(hint)")
            }
            libraries[backend.rawValue] = parts[1]
        }
    }

    /// The same as they may stand in a bundle.
    private var publishedLibraries: [String] {
        library.map { entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? "\(parts[0])=\(PublishedPath.of(parts[1]))" : entry
        }
    }

    /// How the machine is probed before it is measured: as deeply as can be.
    func probing() throws -> ProbeOptions {
        var options = ProbeOptions(
            isDeep: true, includesIdentifiers: includeIdentifiers, libraries: try libraries(),
            inquirer: LibraryInfoCommand.inquirer)
        cloud.apply(to: &options)
        return options
    }

    /// The entries that --only leaves.
    private func chosen(_ suites: [Suite]) throws -> [Suite] {
        guard !only.isEmpty else { return suites }
        let left = suites.map { suite in
            var suite = suite
            suite.entries.removeAll { entry in
                !only.contains { entry.workload.name.contains($0) || entry.workload.title.contains($0) }
            }
            return suite
        }
        guard left.contains(where: { !$0.entries.isEmpty }) else {
            let names = suites.flatMap { $0.entries.map(\.workload.name) }
            let hint = Nearest.hint(for: only[0], among: Array(Set(names)))
            throw ValidationError(
                "--only \(only.joined(separator: ", ")): no workload of the suite has such a name\(hint)")
        }
        return left
    }

    /// What makes this plan again. Of files only the names: where they lay is nobody's business.
    private func arguments(_ named: [String], _ seed: UInt64) -> [String] {
        func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        return named.map(name) + ["--seed", "\(seed)"] + (processes.map { ["--processes", "\($0)"] } ?? [])
            + (timeLimit.map { ["--time-limit", $0] } ?? []) + only.flatMap { ["--only", $0] }
            + (noise.map { ["--noise", "\($0)"] } ?? []) + publishedLibraries.flatMap { ["--library", $0] }
            + (isa.map { ["--isa", $0] } ?? [])
    }
}
