public import Model

/// What must be equal on two sides for their numbers to be held against each other, short enough to be carried along.
///
/// For who has two results and not their bundles: equal likeness is exactly what `Judge.compare` asks before it tests anything.
public struct Likeness: Codable, Sendable, Equatable {
    /// Of what was measured: size, data type, backend, scenario, threads and where they lay, memory, caches.
    public var planned: String
    /// Of who computed, in which version, with which instructions; absent where that was not told, and then it forbids nothing.
    public var implementation: String?

    public init(_ planned: Case, _ implementation: Implementation?) {
        self.planned = Digest.identity(of: Matching.marks(planned).joined(separator: "\n"))
        self.implementation = implementation.map {
            Digest.identity(of: Matching.marks($0).joined(separator: "\n"))
        }
    }

    /// Whether nothing forbids to compare the two.
    public func allows(_ other: Likeness) -> Bool {
        guard planned == other.planned else { return false }
        guard let implementation, let theirs = other.implementation else { return true }
        return implementation == theirs
    }
}
