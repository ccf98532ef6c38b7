import ArgumentParser
import Model
import Plan
import Probe

#if canImport(Glibc)
    import Glibc
#endif

/// Exit codes that scripts depend on (sysexits.h), and which error gets which.
enum Failure: Int32 {
    case badInput = 65
    case noSuchInput = 66
    case unavailable = 69
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74

    /// Prints the error and ends the process with its code. Help, version and usage errors are the parser's own.
    static func end(_ error: any Error) -> Never {
        guard let (code, text) = translate(error) else { Assay.exit(withError: error) }
        Console.error(text)
        exit(code.rawValue)
    }

    private static func translate(_ error: any Error) -> (Failure, String)? {
        switch error {
        case let error as PlanError: (error.kind == .noSuchInput ? .noSuchInput : .badInput, "\(error)")
        case let error as RecordError: (code(error.kind), "\(error)")
        case let error as Unavailable: (.unavailable, "\(error)")
        case let error as ProbeError: (code(error), "\(error)")
        case is ExitCode, is CleanExit, is ValidationError: nil
        default: String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") ? nil : (.internalError, "\(error)")
        }
    }

    private static func code(_ kind: RecordError.Kind) -> Failure {
        switch kind {
        case .noSuchInput: .noSuchInput
        case .badInput: .badInput
        case .cannotCreate: .cannotCreate
        case .inputOutput: .inputOutput
        }
    }

    private static func code(_ error: ProbeError) -> Failure {
        switch error {
        case .noSuchFile: .noSuchInput
        case .notReadable: .inputOutput
        case .notTopology, .unsupportedVersion, .notMachine: .badInput
        case .failed: .internalError
        }
    }
}
