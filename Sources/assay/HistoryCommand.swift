import ArgumentParser
import History
import Judge
import Model
import Record

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was measured before.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Keep runs, list them, show how metrics went, name baselines.",
        discussion: """
            Runs add themselves when they are done, unless --no-history is given. Baselines and runs may be named wherever \
            compare and check take a bundle.

            Examples:
              assay history list
              assay history trend matmul --format svg --output charts
              assay history baseline set main 20261124-7e09a1
              assay check mine --baseline main
              assay history prune --keep 500
              assay history export > all.jsonl
            """,
        subcommands: [
            Add.self, List.self, Show.self, TrendCommand.self, BaselineCommand.self, Prune.self, Export.self,
            Import.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add bundles; a run that is there already is replaced.",
            discussion: """
                A bundle whose hashes or numbers do not hold is refused, unless --unverified is given.

                Examples:
                  assay history add Reports/local/*
                """,
            aliases: ["record"])

        @Argument(help: "Bundles: their directories.")
        var bundles: [String]

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Add bundles whose hashes or numbers do not hold too; the output says which.")
        var unverified = false

        @Flag(help: "Print what was added as JSON.")
        var json = false

        func run() throws {
            let store = try history.writing()
            var added: [Added] = []
            for bundle in bundles {
                let recording = try Publisher.judged(bundle, unverified: unverified)
                let addition = try store.add(HistoryRun(recording))
                let word = addition == .added ? "added" : "replaced"
                let doubt = Publisher.doubt(recording, bundle).first
                added.append(Added(bundle: bundle, id: recording.bundle.id, addition: word, unverified: doubt))
                if !json { Console.out(HistoryText.line(word, recording.bundle.id + (doubt.map { "; \($0)" } ?? ""))) }
            }
            if json { try Console.json(Additions(runs: added)) }
        }

        private struct Additions: Codable {
            var schema = "assay.history-additions/1"
            var runs: [Added]
        }

        private struct Added: Codable {
            var bundle: String
            var id: String
            var addition: String
            /// What does not hold of it; absent where all does.
            var unverified: String?
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The runs, newest first.", discussion: "Example: assay history list --suite quick --last 20")

        @Option(help: "Only runs of this machine, by its key.")
        var machine: String?

        @Option(help: "Only runs of this suite.")
        var suite: String?

        @Option(help: "The newest so many.")
        var last: Int = 50

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            if last < 1 { throw ValidationError("--last \(last): 1 or more.") }
        }

        func run() throws {
            let entries = try history.reading().entries(machine: machine, suite: suite, last: last)
            if json { return try Console.json(Entries(runs: entries)) }
            Console.out(HistoryText.table(entries))
        }

        private struct Entries: Codable {
            var schema = HistoryEntry.schema
            var runs: [HistoryEntry]
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One run: what it measured.", discussion: "Example: assay history show 20261124-7e09a1")

        @Argument(help: "The run's id, or enough of its start.")
        var name: String

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Print JSON: the run as a comparison sees it.")
        var json = false

        func run() throws {
            let run = try history.reading().run(name)
            if json { return try Console.json(Shown(run: run.values)) }
            Console.out(HistoryText.description(run))
        }

        private struct Shown: Encodable {
            var schema = "assay.history-run/1"
            var run: RunValues
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove old runs; baselines stay.",
            discussion: """
                Examples:
                  assay history prune --keep 500
                  assay history prune --older-than 180d --dry-run
                  assay history prune --run 20261124-7e09a1
                """)

        @Option(help: "Keep this many of each machine and suite, the newest.")
        var keep: Int?

        @Option(help: "Only runs older than this: 180d, 12h.")
        var olderThan: String?

        @Option(help: "Only runs of this machine, by its key.")
        var machine: String?

        @Option(name: .customLong("run"), help: "Only this run.")
        var only: String?

        @Flag(help: "Only say which runs would be removed.")
        var dryRun = false

        @OptionGroup var history: DatabaseOption

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            if keep == nil, olderThan == nil, only == nil {
                throw ValidationError("Which runs? --keep COUNT, --older-than TIME, or --run ID.")
            }
            if let keep, keep < 0 { throw ValidationError("--keep \(keep): 0 or more.") }
            if let olderThan, HistoryText.age(olderThan) == nil {
                throw ValidationError("--older-than \(olderThan): a time such as 180d, 12h or 30m is needed.")
            }
        }

        func run() throws {
            let before = olderThan.flatMap(HistoryText.age).map { Date().addingTimeInterval(-$0) }
            let pruning = HistoryStore.Pruning(keep: keep, before: before, machine: machine, run: only)
            let removed = try history.writing().prune(pruning, isTrial: dryRun)
            if json { return try Console.json(Pruned(isTrial: dryRun, removed: removed)) }
            for id in removed { Console.out(HistoryText.line(dryRun ? "would go" : "removed", id)) }
            if removed.isEmpty { Console.out("nothing to remove") }
        }

        private struct Pruned: Codable {
            var schema = "assay.history-pruning/1"
            var isTrial: Bool
            var removed: [String]
        }
    }
}
