extension JSONTree {
    /// Where two documents say something else: paths of the innermost values that differ, with both.
    ///
    /// A list or an object of other length differs as a whole: what stands behind a gap would be compared with the wrong thing.
    public func differences(from other: JSONTree, _ path: String = "") -> [(path: String, here: JSONTree?, there: JSONTree?)] {
        switch (self, other) {
        case (.object(let here), .object(let there)):
            let there = Dictionary(there.map { ($0.key, $0.value) }) { first, _ in first }
            let known = Set(here.map(\.key))
            func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
            return here.flatMap { member in
                there[member.key].map { member.value.differences(from: $0, place(member.key)) }
                    ?? [(place(member.key), member.value, nil)]
            } + there.keys.filter { !known.contains($0) }.sorted().map { (place($0), nil, there[$0]) }
        case (.array(let here), .array(let there)) where here.count == there.count:
            return zip(here, there).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, "\(path)[\(index)]")
            }
        default: return self == other ? [] : [(path, self, other)]
        }
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
