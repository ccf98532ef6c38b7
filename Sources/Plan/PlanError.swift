/// What is wrong with a suite, where, and what would be right.
public struct PlanError: Error, Equatable, CustomStringConvertible {
    public enum Kind: Sendable { case badInput, noSuchInput }
    public var kind: Kind
    /// File, or the name of an embedded suite.
    public var file: String
    /// 1-based; `nil` where the whole file is meant.
    public var line: Int?
    /// `cases[2].threads[0]`; empty for the whole.
    public var key: String
    public var problem: String

    public init(_ kind: Kind, file: String, line: Int? = nil, key: String = "", problem: String) {
        self.kind = kind
        self.file = file
        self.line = line
        self.key = key
        self.problem = problem
    }

    public var description: String {
        let place = file + (line.map { ":\($0)" } ?? "")
        return place + ": " + (key.isEmpty ? "" : key + ": ") + problem
    }
}
