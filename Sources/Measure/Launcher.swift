import Model
import Subprocess

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
    ///   - patience: seconds after which the worker is killed.
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
        let changes = WorkerEnvironment.changes(for: job.planned, inherited: inherited)
        let environment = Environment.inherit.updating(
            Dictionary(uniqueKeysWithValues: changes.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: Arguments(arguments), environment: environment,
            platformOptions: options, input: .inputWriter, output: .sequence, error: .string(limit: 1 << 16)
        ) { execution in
            let timer = Task {
                try await Task.sleep(nanoseconds: UInt64(patience * 1e9))
                try execution.send(signal: .kill)
                return true
            }
            defer { timer.cancel() }
            // Standard input stays open: the worker takes its end for the coordinator's.
            _ = try await execution.standardInputWriter.write(line)
            for try await text in execution.standardOutput.strings() {
                guard let event = try? JSON.decode(WorkerEvent.self, from: Data(text.utf8)) else { continue }
                try receive(event)
            }
            timer.cancel()
            return (try? await timer.value) ?? false
        }
        return (Self.exit(result.terminationStatus, killed: result.closureResult), Self.lastLine(result.standardError))
    }

    private static func exit(_ status: TerminationStatus, killed: Bool) -> WorkerExit {
        if killed { return .hung }
        return switch status {
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signalled(Int(signal))
        }
    }

    /// The last line that says something, short and without control characters.
    private static func lastLine(_ text: String?) -> String {
        let line = text?.split(separator: "\n").last ?? ""
        return String(line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(200).map(Character.init))
    }
}
