/// Writes any `Encodable` as JSON with sorted keys.
///
/// Beside Foundation's encoder because of how it starts: for every type that it meets, that one asks the runtime whether
/// the type conforms to this or that, which means a search through all conformances of the executable, thousands of them.
/// It took a tenth of the time of a probe. Here nothing is asked that the compiler does not know. Reading is Foundation's.
struct JSONWriter {
    enum Style { case indented, line }

    /// UTF-8 with a line feed at the end. Throws what the value's own `encode(to:)` throws, and `JSONProblem` for a number that JSON cannot hold.
    static func bytes(_ value: some Encodable, _ style: Style) throws -> [UInt8] {
        let slot = JSONSlot()
        try slot.encode(value, path: .root)
        var writer = JSONWriter(style: style, sink: nil)
        writer.bytes.reserveCapacity(style == .line ? 1 << 9 : 1 << 15)
        writer.write(slot.node, depth: 0)
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }

    /// The same in pieces, for a process that prints one thing and ends: no more memory is touched than a piece takes, and what
    /// was built is not taken down again. Nothing is handed out before it is certain that all of it can be.
    static func pour(_ value: some Encodable, _ style: Style, into sink: ([UInt8]) -> Void) throws {
        let slot = JSONSlot()
        try slot.encode(value, path: .root)
        withoutActuallyEscaping(sink) { sink in
            var writer = JSONWriter(style: style, sink: sink)
            writer.bytes.reserveCapacity(2 * Self.piece)
            writer.write(slot.node, depth: 0)
            writer.bytes.append(UInt8(ascii: "\n"))
            sink(writer.bytes)
        }
        _ = Unmanaged.passRetained(slot)
    }

    private static let piece = 1 << 15

    private let style: Style
    private let sink: (([UInt8]) -> Void)?
    private var bytes: [UInt8] = []

    private init(style: Style, sink: (([UInt8]) -> Void)?) {
        self.style = style
        self.sink = sink
    }

    private mutating func pourPiece() {
        guard let sink, bytes.count >= Self.piece else { return }
        sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ node: JSONNode, depth: Int) {
        switch node {
        case .scalar(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): write(text)
        case .array(let array):
            writeAll(array.elements, "[", "]", depth) { $0.write($1.node, depth: depth + 1) }
        case .empty: writeAll([JSONSlot](), "{", "}", depth) { _, _ in }
        case .object(let object):
            writeAll(object.members.sorted { $0.key < $1.key }, "{", "}", depth) { writer, member in
                writer.write(member.key)
                writer.bytes.append(contentsOf: writer.style == .indented ? " : ".utf8 : ":".utf8)
                writer.write(member.value.node, depth: depth + 1)
            }
        }
    }

    private mutating func writeAll<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ depth: Int,
        _ body: (inout JSONWriter, Element) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        newLine(depth + 1)
        for (place, element) in elements.enumerated() {
            if place > 0 {
                bytes.append(UInt8(ascii: ","))
                newLine(depth + 1)
            }
            body(&self, element)
            pourPiece()
        }
        // An empty one gets an empty line and no indent, as Foundation's encoder writes it; nothing was poured since.
        if elements.isEmpty, style == .indented { bytes.removeLast(2 * (depth + 1)) }
        newLine(depth)
        bytes.append(UInt8(ascii: close))
    }

    private mutating func newLine(_ depth: Int) {
        guard style == .indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        var left = 2 * depth
        while left > 0 {
            let count = min(left, Self.blanks.count)
            bytes.append(contentsOf: Self.blanks[..<count])
            left -= count
        }
    }

    private static let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 64)

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            writeEscaped(text)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x0c: bytes.append(contentsOf: "\\f".utf8)
            case 0x0a: bytes.append(contentsOf: "\\n".utf8)
            case 0x0d: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            default: bytes.append(byte)
            }
        }
    }
}

/// A piece of JSON while it grows.
enum JSONNode {
    /// Never filled: an empty object, as an `encode(to:)` that asks for nothing means.
    case empty
    /// Written as it stands: a number, `true`, `null`.
    case scalar(String)
    case string(String)
    case array(JSONArray)
    case object(JSONObject)
}

final class JSONArray {
    var elements: [JSONSlot] = []
}

final class JSONObject {
    var members: [(key: String, value: JSONSlot)] = []

    /// Room for most at once.
    init() { members.reserveCapacity(8) }
}

/// A place for one value.
final class JSONSlot {
    var node = JSONNode.empty
}
