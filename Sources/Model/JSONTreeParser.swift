#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads JSON (RFC 8259) into a tree, with the line of what is wrong.
struct JSONTreeParser {
    private let bytes: [UInt8]
    private var at = 0
    private var values = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONProblem) -> JSONTree {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw problem("something follows the end of the document") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONTree {
        guard depth <= JSONTree.maximumDepth else { throw problem("nested deeper than \(JSONTree.maximumDepth)") }
        values += 1
        guard values <= JSONTree.maximumValues else { throw problem("more than \(JSONTree.maximumValues) values") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case 0: throw problem("ends where a value is expected")
        default: throw problem("no value begins here")
        }
    }

    private mutating func object(_ depth: Int) throws(JSONProblem) -> JSONTree {
        at += 1
        var members: [JSONTree.Member] = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw problem("a key in quotes is expected") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw problem("a colon is expected after the key \(key.prefix(40))") }
            members.append(JSONTree.Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw problem("a comma or } is expected") }
        }
    }

    private mutating func array(_ depth: Int) throws(JSONProblem) -> JSONTree {
        at += 1
        var elements: [JSONTree] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw problem("a comma or ] is expected") }
        }
    }

    private mutating func number() throws(JSONProblem) -> JSONTree {
        let start = at
        while at < bytes.count, "+-0123456789.eE".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw problem("\(text.prefix(40)) is no number") }
        return .number(value)
    }

    private mutating func word(_ word: String, _ value: JSONTree) throws(JSONProblem) -> JSONTree {
        guard bytes[at...].starts(with: word.utf8) else { throw problem("no value begins here") }
        at += word.utf8.count
        return value
    }

    private mutating func string() throws(JSONProblem) -> String {
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw problem("a control character stands in a text")
            default: text.append(byte)
            }
        }
        throw problem("a text does not end")
    }

    private mutating func escape() throws(JSONProblem) -> [UInt8] {
        let byte = peek
        at += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw problem("an unknown escape stands in a text")
        }
    }

    /// `u0041`, or two of them where the first is half of a pair. A half alone is shown as U+FFFD.
    private mutating func scalar() throws(JSONProblem) -> Unicode.Scalar {
        let first = try four()
        if (0xD800..<0xDC00).contains(first), bytes[min(at, bytes.count)...].starts(with: "\\u".utf8) {
            let mark = at
            at += 2
            let second = try four()
            if (0xDC00..<0xE000).contains(second) {
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + second - 0xDC00) ?? "\u{FFFD}"
            }
            at = mark
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func four() throws(JSONProblem) -> UInt32 {
        guard at + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw problem("\\u is not followed by four hexadecimal digits") }
        at += 4
        return value
    }

    private var peek: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || (0x09...0x0d).contains(bytes[at]) { at += 1 }
    }

    private func problem(_ text: String) -> JSONProblem {
        let line = bytes[..<min(at, bytes.count)].count { $0 == 0x0a } + 1
        return JSONProblem(place: "line \(line)", problem: text)
    }
}
