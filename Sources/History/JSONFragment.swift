import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Any piece of JSON, unread: so that a machine can be kept in pieces, most of which are the same from run to run, without
/// the history knowing what is in them.
enum JSONFragment: Codable, Equatable {
    case null
    case flag(Bool)
    case whole(Int64)
    case large(UInt64)
    case number(Double)
    case text(String)
    case list([JSONFragment])
    case object([String: JSONFragment])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .whole(value)
        } else if let value = try? container.decode(UInt64.self) {
            self = .large(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONFragment].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONFragment].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .large(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}

/// A piece of JSON under the hash of its text.
struct Part: Equatable {
    var hash: String
    var json: String

    init(json: String) {
        hash = Self.hash(json)
        self.json = json
    }

    init(_ value: some Encodable) throws(JSONProblem) {
        self.init(json: String(decoding: try JSON.line(value).dropLast(), as: UTF8.self))
    }

    static func hash(_ json: String) -> String { Digest.identity(of: json, digits: 32) }
}
