import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON values one a line, read one at a time. A last line without its line feed is torn and left out.
struct JSONLines {
    let data: Data
    private let path: String
    private var offset: Data.Index
    private(set) var line = 0

    init(data: Data, path: String) {
        self.data = data
        self.path = path
        offset = data.startIndex
    }

    /// Bytes of the lines read so far.
    var wholeBytes: Int { offset - data.startIndex }

    mutating func next<Value: Decodable>(_ type: Value.Type) throws(RecordError) -> Value? {
        guard let range = nextRange() else { return nil }
        return try decode(type, range)
    }

    /// Where the next whole line is, without its line feed.
    mutating func nextRange() -> Range<Data.Index>? {
        guard let end = data[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        line += 1
        defer { offset = end + 1 }
        return offset..<end
    }

    /// The line that was found last.
    func decode<Value: Decodable>(_ type: Value.Type, _ range: Range<Data.Index>) throws(RecordError) -> Value {
        do {
            return try JSON.decode(type, from: data[range])
        } catch {
            throw RecordError(.badInput, path: path, problem: "line \(line): \(error)")
        }
    }

    /// Everything that is left, in a file that is finished: there a torn line is a fault.
    mutating func rest<Value: Decodable>(_ type: Value.Type) throws(RecordError) -> [Value] {
        var values: [Value] = []
        while let value = try next(type) { values.append(value) }
        try end()
        return values
    }

    func end() throws(RecordError) {
        guard offset == data.endIndex else {
            throw RecordError(.badInput, path: path, problem: "line \(line + 1): is cut off")
        }
    }
}

/// `assay.bundle/1`: the name must be ours, the major version not newer than we know.
enum Schema {
    static func check(_ found: String, _ known: String, path: String) throws(RecordError) {
        guard found != known else { return }
        let foundParts = found.split(separator: "/")
        let knownParts = known.split(separator: "/")
        let shown = found.prefix(60)
        guard foundParts.count == 2, foundParts[0] == knownParts[0], let major = Int(foundParts[1]) else {
            throw RecordError(.badInput, path: path, problem: "schema is \(shown), not \(known)")
        }
        if let ours = Int(knownParts[1]), major > ours {
            throw RecordError(
                .badInput, path: path,
                problem: "schema \(shown) is newer than this Assay reads (\(known)); update Assay")
        }
    }
}
