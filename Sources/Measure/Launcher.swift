import Model
import Subprocess
import Synchronization
import SystemFiles

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a worker ended.
public enum WorkerExit: Sendable, Equatable {
    case exited(Int)
    case signalled(Int)
    /// It had not ended after its time and was killed.
    case hung
}

/// Starts a worker, hands it its job, and passes on what it tells.
public protocol WorkerLauncher: Sendable {
    /// - Parameters:
    ///   - patience: seconds of silence after which the worker is killed.
    ///   - receive: called for each event, in order; what it throws ends the worker and comes out of this call.
    /// - Returns: how it ended, and the last thing it wrote to standard error.
    func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
}

/// Real child processes: this executable again, with the hidden `worker` command.
public struct ProcessLauncher: WorkerLauncher {
    let executable: String
    let arguments: [String]

    public init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    public func launch(_ job: WorkerJob, patience: Double, receive: (WorkerEvent) throws -> Void) async throws
        -> (exit: WorkerExit, message: String)
    {
        let line = String(decoding: try JSON.line(job), as: UTF8.self)
        var options = PlatformOptions()
        // A group of its own: Ctrl-C on the terminal reaches the coordinator alone, which then ends the worker.
        options.processGroupID = 0
        let inherited = ProcessInfo.processInfo.environment.keys
        var changes = WorkerEnvironment.changes(
            for: job.planned, instructionSet: job.instructionSet, inherited: inherited)
        for (name, value) in job.environment ?? [:] { changes.updateValue(value, forKey: name) }
        let environment = Environment.inherit.updating(
            Dictionary(uniqueKeysWithValues: changes.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
        let patience = Patience(seconds: patience)
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: Arguments(arguments), environment: environment,
            platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            let timer = Task {
                try await patience.wait()
                try execution.send(signal: .kill)
                return true
            }
            defer { timer.cancel() }
            let words = Task { await Self.lastWords(execution.standardError) }
            // Standard input stays open: the worker takes its end for the coordinator's.
            _ = try await execution.standardInputWriter.write(line)
            for try await text in execution.standardOutput.strings() {
                patience.renew()
                guard let event = try? JSON.decode(WorkerEvent.self, from: Data(text.utf8)) else { continue }
                try receive(event)
            }
            timer.cancel()
            return (timedOut: (try? await timer.value) ?? false, message: await words.value)
        }
        let end = result.closureResult
        return (Self.exit(result.terminationStatus, timedOut: end.timedOut), end.message)
    }

    /// Hung only where our own signal ended it: a timer may fire while the worker ends by itself.
    private static func exit(_ status: TerminationStatus, timedOut: Bool) -> WorkerExit {
        switch status {
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): timedOut && signal == Signal.kill.rawValue ? .hung : .signalled(Int(signal))
        }
    }

    /// The last line that says something, short and without control characters. A library may write as much as it likes:
    /// all is read, the end is kept.
    private static func lastWords(_ stream: SubprocessOutputSequence) async -> String {
        var tail = ""
        do {
            for try await text in stream.strings() where !text.trimmed.isEmpty { tail = String(text.suffix(400)) }
        } catch {
            return plain(tail)
        }
        return plain(tail)
    }

    private static func plain(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200).map(Character.init))
    }
}

/// How long a worker may be silent. Counted in steps that were slept through, not by the clock: after a suspended
/// coordinator wakes, the worker gets its time as if nothing had been.
private final class Patience: Sendable {
    private static let step = 0.5
    private let steps: Int
    private let used = Atomic<Int>(0)

    init(seconds: Double) { steps = max(1, Int((min(seconds, 1e7) / Self.step).rounded(.up))) }

    func renew() { used.store(0, ordering: .relaxed) }

    /// Returns when all steps were used up in silence.
    func wait() async throws {
        while used.load(ordering: .relaxed) < steps {
            try await Task.sleep(nanoseconds: UInt64(Self.step * 1e9))
            used.add(1, ordering: .relaxed)
        }
    }
}
