#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One way to write and read JSON: keys sorted, so that the same value is the same bytes; times RFC 3339.
public enum JSON {
    /// Indented, for people and for files that are compared.
    public static func document(_ value: some Encodable) throws(JSONProblem) -> Data {
        Data(try bytes(value, .indented))
    }

    /// The same as bytes, for who writes them somewhere.
    public static func text(_ value: some Encodable) throws(JSONProblem) -> [UInt8] { try bytes(value, .indented) }

    /// The same in pieces, in a process that ends with it.
    public static func pour(_ value: some Encodable, into sink: ([UInt8]) -> Void) throws(JSONProblem) {
        do {
            try JSONWriter.pour(value, .indented, into: sink)
        } catch let problem as JSONProblem {
            throw problem
        } catch {
            throw JSONProblem(place: "", problem: "\(error)")
        }
    }

    /// One line with its line feed.
    public static func line(_ value: some Encodable) throws(JSONProblem) -> Data {
        Data(try bytes(value, .line))
    }

    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws(JSONProblem) -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw JSONProblem(error)
        } catch {
            throw JSONProblem(place: "", problem: "\(error)")
        }
    }

    /// For who reads bytes and has no other need of Foundation.
    public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(JSONProblem) -> Value {
        try decode(type, from: Data(bytes))
    }

    private static func bytes(_ value: some Encodable, _ style: JSONWriter.Style) throws(JSONProblem) -> [UInt8] {
        do {
            return try JSONWriter.bytes(value, style)
        } catch let problem as JSONProblem {
            throw problem
        } catch {
            throw JSONProblem(place: "", problem: "\(error)")
        }
    }
}

/// What is wrong with a piece of JSON, and where.
public struct JSONProblem: Error, Equatable, CustomStringConvertible {
    /// Path of keys: `measurements[3].case.shape.m`; empty for the whole.
    public var place: String
    public var problem: String

    public init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(place: Self.path(context.codingPath + [key]), problem: "missing")
        case .typeMismatch(let type, let context):
            self.init(place: Self.path(context.codingPath), problem: "is not \(Self.name(type))")
        case .valueNotFound(let type, let context):
            self.init(place: Self.path(context.codingPath), problem: "is null where \(Self.name(type)) is needed")
        case .dataCorrupted(let context):
            let cause = context.underlyingError.map { ": \($0)" } ?? ""
            let problem = context.codingPath.isEmpty ? "not JSON that can be read" + cause : context.debugDescription
            self.init(place: Self.path(context.codingPath), problem: problem)
        @unknown default:
            self.init(place: "", problem: "\(error)")
        }
    }

    /// What JSON calls it.
    private static func name(_ type: any Any.Type) -> String {
        let name = "\(type)"
        if name.hasPrefix("Dictionary") { return "an object" }
        if name.hasPrefix("Array") { return "a list" }
        switch name {
        case "String": return "a text"
        case "Bool": return "true or false"
        case "Double", "Float": return "a number"
        case "Int", "UInt64", "Int64": return "a whole number that fits"
        default: return "a \(name)"
        }
    }

    static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue {
                "\(path)[\(index)]"
            } else {
                path + (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    public var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}
