/// A place where two documents say something else.
public struct JSONDifference: Sendable, Equatable {
    /// Path of the innermost values that differ.
    public var path: String
    /// What stands there; `nil` where nothing does.
    public var here: JSONTree?
    public var there: JSONTree?
}

extension JSONTree {
    /// Where two documents say something else, with both values.
    ///
    /// A list of other length differs as a whole: what stands behind a gap would be compared with the wrong thing.
    public func differences(from other: JSONTree, _ path: String = "") -> [JSONDifference] {
        switch (self, other) {
        case (.object(let here), .object(let there)): Self.differences(here, there, path)
        case (.array(let here), .array(let there)) where here.count == there.count:
            zip(here, there).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, "\(path)[\(index)]")
            }
        default: self == other ? [] : [JSONDifference(path: path, here: self, there: other)]
        }
    }

    private static func differences(_ here: [Member], _ there: [Member], _ path: String) -> [JSONDifference] {
        let others = Dictionary(there.map { ($0.key, $0.value) }) { first, _ in first }
        let known = Set(here.map(\.key))
        func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
        var found: [JSONDifference] = []
        for member in here {
            if let other = others[member.key] {
                found += member.value.differences(from: other, place(member.key))
            } else {
                found.append(JSONDifference(path: place(member.key), here: member.value, there: nil))
            }
        }
        for member in there where !known.contains(member.key) {
            found.append(JSONDifference(path: place(member.key), here: nil, there: member.value))
        }
        return found
    }

    /// A short form for a sentence.
    public var summary: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): "\(number)"
        case .string(let text): "“\(text.prefix(80))\(text.count > 80 ? "…" : "")”"
        case .array(let elements): "a list of \(elements.count)"
        case .object(let members): "an object of \(members.count)"
        }
    }
}
