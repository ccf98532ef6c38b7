/// Any JSON as it was written: members in their order, numbers with their text.
///
/// For who looks at a document without knowing all of its schema: a linter of files edited by hand, a comparison of two
/// documents key by key. Depth and size are bounded, because whoever wrote the file may be hostile.
public indirect enum JSONTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: JSONTree

        public init(key: String, value: JSONTree) {
            self.key = key
            self.value = value
        }
    }

    /// Deepest nesting that is read.
    public static let maximumDepth = 128
    /// Most values that are read.
    public static let maximumValues = 8_000_000

    /// - Throws: `JSONProblem` with the line.
    public init(parsing bytes: [UInt8]) throws(JSONProblem) {
        var parser = JSONTreeParser(bytes)
        self = try parser.document()
    }
}

extension JSONTree {
    /// The member named `key` of an object.
    public subscript(_ key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    public var text: String? { if case .string(let text) = self { text } else { nil } }
    public var number: Double? { if case .number(let number) = self { number } else { nil } }
    public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    public var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    public var isNull: Bool { self == .null }

    /// Every value with its path (`measurements[3].case.id`), parents first, in the order of the file.
    public func walk(_ path: String = "", _ visit: (String, JSONTree) -> Void) {
        visit(path, self)
        switch self {
        case .array(let elements):
            for (index, element) in elements.enumerated() { element.walk("\(path)[\(index)]", visit) }
        case .object(let members):
            for member in members { member.value.walk(path.isEmpty ? member.key : "\(path).\(member.key)", visit) }
        default: break
        }
    }
}
