import ArgumentParser
import Model
import Plan

/// Measure, write a bundle and its datasheet.
struct RunCommand: AsyncParsableCommand {
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
            """)

    @Argument(help: "Suites by name, or YAML files. The rules of the first hold for all.")
    var suites: [String] = ["quick"]

    @Option(name: .shortAndLong, help: "Directory for the bundle. It must not hold a run already.")
    var output: String?

    @Flag(help: "Go on with the run in --output, or with the newest unfinished one under Reports/local.")
    var resume = false

    @Option(help: "End measuring after this time: 90s, 15m, 1h. What was measured is published.")
    var timeLimit: String?

    @Option(help: "Decides order and inputs. A run with the same seed and plan is the same run.")
    var seed: UInt64?

    @Option(help: "Processes per case instead of the suite's number.")
    var processes: Int?

    @Option(help: "Only cases whose name contains this text. Repeatable.")
    var only: [String] = []

    @Option(help: "Library file for a backend: onednn=PATH, cblas=PATH. Repeatable.")
    var library: [String] = []

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
        if let processes, !(1...1000).contains(processes) {
            throw ValidationError("--processes \(processes): 1 to 1000.")
        }
        for entry in library where entry.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--library \(entry): BACKEND=PATH is needed, for example onednn=/opt/libdnnl.so.3.")
        }
    }

    func run() async throws {
        let session = resume ? try Session.resume(output) : try Session.start(self)
        try await session.run(colours: color, json: json, log: RunLog(verbose: verbose))
    }

    /// The plan that these arguments ask for.
    func plan(for machine: Machine) throws -> Plan {
        let seed = seed ?? UInt64.random(in: 1...0xFFFF)
        var plan = Planner.plan(try SuiteSource.suites(suites), on: machine, seed: seed)
        if let timeLimit { plan.rules.timeLimit = TimeText.seconds(timeLimit) }
        if let processes { plan.rules.processes = processes }
        if !only.isEmpty {
            plan.cases.removeAll { planned in !only.contains { planned.workload.contains($0) } }
            plan.skipped.removeAll { skip in !only.contains { skip.planned.workload.contains($0) } }
            guard !plan.cases.isEmpty || !plan.skipped.isEmpty else {
                throw ValidationError("--only \(only.joined(separator: ", ")): no case of the suite has such a name.")
            }
        }
        for entry in library {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard let backend = Backend(rawValue: parts[0]) else {
                let hint = Nearest.hint(for: parts[0], among: Backend.allCases.map(\.rawValue))
                throw ValidationError("--library \(entry): unknown backend\(hint)")
            }
            plan.libraries[backend.rawValue] = parts[1]
        }
        return plan
    }
}
