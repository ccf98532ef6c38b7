import ArgumentParser
import Dispatch

/// The story: parse, run the command, answer with the documented exit code.
@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Tells what a Linux machine really delivers, and publishes it as a hardware datasheet.",
        discussion: """
            Examples:
              assay doctor                         what can be measured here, and what would change that
              assay run                            measure this machine in a minute, write its datasheet
              assay run standard --output mine     more cases, more processes; into the directory mine
              assay run --resume --output mine     go on after an interruption
              assay datasheet mine --format html   render a bundle again
              assay compare main mine              every metric of two runs, with verdicts
              assay check mine --baseline main     the regression gate, for CI
              assay verify mine                    do the files match, do the numbers follow from the samples?

            Exit codes: 0 done · 1 findings · 3 check: inconclusive · 4 check: not comparable · 64 usage · 65 bad input \
            data · 66 no such input · 69 something needed is unavailable · 70 internal · 73 cannot create output · 74 input or output failed · 129, 130, 143 interrupted \
            by SIGHUP, SIGINT, SIGTERM.
            Results of models and scenarios are MLPerf-style; they are not MLPerf results.
            """,
        version: Version.line,
        subcommands: [
            DoctorCommand.self, ProbeCommand.self, ListCommand.self, RunCommand.self, NoiseCommand.self,
            DatasheetCommand.self, CompareCommand.self, CheckCommand.self, HistoryCommand.self, ReproduceCommand.self,
            VerifyCommand.self, SignCommand.self, LintCommand.self, ExportCommand.self, SiteCommand.self,
            WorkerCommand.self, LibraryInfoCommand.self, CanaryCommand.self, ChangePointsCommand.self,
        ])

    /// Not `async`: most commands need no concurrency, and starting it takes time before the first of them does anything.
    static func main() {
        SignalWatch.ignoreWriteSignals()
        do {
            if try runWithoutParser(Array(CommandLine.arguments.dropFirst())) { return }
            var command = try parseAsRoot()
            if let noise = command as? NoiseCommand { command = try noise.asRun() }
            if let run = command as? RunCommand {
                Waiting.run { try await run.execute() }
            } else if let compare = command as? CompareCommand {
                Waiting.run { try await compare.execute() }
            } else if let check = command as? CheckCommand {
                Waiting.run { try await check.execute() }
            } else if let reproduce = command as? ReproduceCommand {
                Waiting.run { try await reproduce.execute() }
            } else {
                try command.run()
            }
        } catch {
            Failure.end(error)
        }
    }
}

/// An asynchronous command, waited for by a main thread that has nothing else to do.
private enum Waiting {
    static func run(_ body: @escaping @Sendable () async throws -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                try await body()
            } catch {
                Failure.end(error)
            }
            done.signal()
        }
        done.wait()
    }
}

extension Assay {
    /// What has nothing to parse is not parsed: the parser takes 2 ms to start, a seventh of a probe, and every process of
    /// every case is a worker.
    private static func runWithoutParser(_ arguments: [String]) throws -> Bool {
        switch arguments {
        case ["worker"]: try WorkerCommand.work()
        case ["probe"]: try ProbeCommand.show(SysrootOption.options(sysroot: nil), json: false, color: true)
        case ["probe", "--json"]: try ProbeCommand.show(SysrootOption.options(sysroot: nil), json: true, color: true)
        default: return try ProbeCommand.runWithoutParser(arguments)
        }
        return true
    }
}

/// What this executable is.
enum Version {
    static let number = "0.1.0"
    static var line: String {
        "assay \(number), commit \(Stamp.commit.prefix(12))\(Stamp.modified ? " with changes" : "")"
    }
}
