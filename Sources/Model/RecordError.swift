/// What went wrong with a file of a run; the kind decides the exit code.
public struct RecordError: Error, Equatable, CustomStringConvertible {
    public enum Kind: Sendable {
        case noSuchInput, badInput, cannotCreate, inputOutput
    }
    public var kind: Kind
    public var path: String
    public var problem: String

    public init(_ kind: Kind, path: String, problem: String) {
        self.kind = kind
        self.path = path
        self.problem = problem
    }

    public var description: String { "\(path): \(problem)" }
}
