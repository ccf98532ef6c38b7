/// A fact, or why it is not known. There is no third state: an "unknown" without a reason cannot be written.
///
/// JSON: the bare value, or `{"unknown": "why"}`.
public enum Reported<Value> {
    case known(Value)
    case unknown(String)

    public var value: Value? {
        if case .known(let value) = self { value } else { nil }
    }

    /// Why there is no value; `nil` where there is one.
    public var reason: String? {
        if case .unknown(let reason) = self { reason } else { nil }
    }

    public func map<Other>(_ transform: (Value) -> Other) -> Reported<Other> {
        switch self {
        case .known(let value): .known(transform(value))
        case .unknown(let reason): .unknown(reason)
        }
    }

    /// A fact of a group, or why the group is unknown.
    public func flat<Part>(_ part: (Value) -> Reported<Part>) -> Reported<Part> {
        switch self {
        case .known(let value): part(value)
        case .unknown(let reason): .unknown(reason)
        }
    }

    public init(_ value: Value?, else reason: String) {
        if let value { self = .known(value) } else { self = .unknown(reason) }
    }
}

extension Reported: Sendable where Value: Sendable {}
extension Reported: Equatable where Value: Equatable {}
extension Reported: Hashable where Value: Hashable {}

extension Reported: Codable where Value: Codable {
    private struct Unknown: Codable { var unknown: String }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let unknown = try? container.decode(Unknown.self) {
            self = .unknown(unknown.unknown)
        } else {
            self = .known(try container.decode(Value.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .known(let value): try container.encode(value)
        case .unknown(let reason): try container.encode(Unknown(unknown: reason))
        }
    }
}
