/// A fact of a machine's configuration that moves results, in words.
public struct Fact: Codable, Sendable, Equatable, Hashable {
    public var subject: Subject
    public var name: String
    public var value: String

    public init(_ subject: Subject, _ name: String, _ value: String) {
        self.subject = subject
        self.name = name
        self.value = value
    }
}
