import ArgumentParser
import History
import Model

extension HistoryCommand {
    struct BaselineCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "baseline", abstract: "Names for runs that later ones are held against.",
            discussion: """
                Several runs under one name tell how much runs of the same thing differ: check then allows for it.

                Examples:
                  assay history baseline set main 20261124-7e09a1
                  assay history baseline set release 20261101-aa01 20261102-bb02 20261103-cc03
                  assay history baseline remove main
                """, subcommands: [Set.self, List.self, Remove.self])

        struct Set: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Make runs the baseline of this name.",
                discussion: "Example: assay history baseline set main newest")

            @Argument(help: "The name: letters, digits, and . _ -")
            var name: String

            @Argument(help: "Runs by id, or enough of its start; newest for the newest run.")
            var runs: [String]

            @OptionGroup var history: DatabaseOption

            func validate() throws {
                guard HistoryStore.isName(name) else {
                    throw ValidationError("\(name): a name has letters, digits, . _ - and at most 64 of them.")
                }
            }

            func run() throws {
                let store = try history.writing()
                let ids = try runs.map { run in
                    guard run == "newest" else { return run }
                    guard let newest = try store.entries(last: 1).first else {
                        throw RecordError(.noSuchInput, path: store.path, problem: "holds no run")
                    }
                    return newest.id
                }
                try store.setBaseline(name, runs: ids)
                Console.out(HistoryText.line("baseline", "\(name): \(ids.joined(separator: ", "))"))
            }
        }

        struct List: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "All baselines with their runs.")

            @OptionGroup var history: DatabaseOption

            @Flag(help: "Print JSON.")
            var json = false

            func run() throws {
                let baselines = try history.reading().baselines()
                if json { return try Console.json(Baselines(baselines: baselines)) }
                if baselines.isEmpty { Console.out("no baselines; set one: assay history baseline set NAME RUN") }
                for baseline in baselines {
                    Console.out(HistoryText.line(baseline.name, baseline.runs.joined(separator: ", ")))
                }
            }

            private struct Baselines: Codable {
                var schema = "assay.baselines/1"
                var baselines: [Baseline]
            }
        }

        struct Remove: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Forget a name; its runs stay.")

            @Argument(help: "The name.")
            var name: String

            @OptionGroup var history: DatabaseOption

            func run() throws {
                let store = try history.writing()
                guard try store.removeBaseline(name) else {
                    throw RecordError(.noSuchInput, path: store.path, problem: "has no baseline \(name)")
                }
                Console.out(HistoryText.line("removed", name))
            }
        }
    }
}
