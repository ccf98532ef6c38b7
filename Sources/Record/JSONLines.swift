import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON values one a line, read one at a time. A last line without its line feed is torn and left out.
struct JSONLines {
    private let data: Data
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
        guard let end = data[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        line += 1
        defer { offset = end + 1 }
        do {
            return try JSON.decode(type, from: data[offset..<end])
        } catch {
            throw RecordError(.badInput, path: path, problem: "line \(line): \(error)")
        }
    }

    /// Everything that is left, in a file that is finished: there a torn line is a fault.
    mutating func rest<Value: Decodable>(_ type: Value.Type) throws(RecordError) -> [Value] {
        var values: [Value] = []
        while let value = try next(type) { values.append(value) }
        guard offset == data.endIndex else {
            throw RecordError(.badInput, path: path, problem: "line \(line + 1): is cut off")
        }
        return values
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
