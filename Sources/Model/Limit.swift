/// How far something may go. That there is no bound is a fact of its own, neither a number nor something unknown.
///
/// JSON: the bare value, or `"unlimited"`.
public enum Limit<Value> {
    case unlimited
    case at(Value)

    /// `nil` where there is no bound.
    public var value: Value? {
        if case .at(let value) = self { value } else { nil }
    }
}

extension Limit: Sendable where Value: Sendable {}
extension Limit: Equatable where Value: Equatable {}
extension Limit: Hashable where Value: Hashable {}

extension Limit: Codable where Value: Codable {
    private static var word: String { "unlimited" }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self), text == Self.word {
            self = .unlimited
        } else {
            self = .at(try container.decode(Value.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .unlimited: try container.encode(Self.word)
        case .at(let value): try container.encode(value)
        }
    }
}

extension Reported {
    /// The number that binds; `nil` where there is none, or none is known.
    public func bound<Bound>() -> Bound? where Value == Limit<Bound> { value?.value }
}
