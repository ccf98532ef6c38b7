/// A strict reader of tags: what it accepts is balanced, quoted and escaped. Void elements of HTML need no end.
public struct Markup {
    public struct Fault: Error, CustomStringConvertible {
        public let description: String
    }

    public struct Element: Sendable, Equatable {
        public var name: String
        public var attributes: [String: String]
    }

    private static let void: Set<String> = ["meta", "br", "hr", "img", "link", "input"]

    /// All start tags in order; throws where something is not well-formed.
    @discardableResult
    public static func check(_ text: String) throws -> [Element] {
        var reader = Reader(text: Array(text.unicodeScalars))
        return try reader.read()
    }

    private struct Reader {
        let text: [Unicode.Scalar]
        var at = 0
        var open: [String] = []
        var found: [Element] = []

        init(text: [Unicode.Scalar]) { self.text = text }

        mutating func read() throws -> [Element] {
            while at < text.count {
                if text[at] == "<" { try tag() } else { try character() }
            }
            guard open.isEmpty else { throw Fault(description: "never closed: \(open)") }
            return found
        }

        private mutating func character() throws {
            let isRaw = open.last == "style"
            if text[at] == "&", !isRaw {
                let entity = take { $0 != ";" && $0 != "<" && $0 != " " }
                guard entity.count > 1, at < text.count, text[at] == ";" else {
                    throw Fault(description: "bare & at \(context)")
                }
            }
            if text[at] == ">", !isRaw { throw Fault(description: "bare > at \(context)") }
            at += 1
        }

        private mutating func tag() throws {
            at += 1
            if at < text.count, text[at] == "!" {
                _ = take { $0 != ">" }
                at += 1
                return
            }
            let isEnd = at < text.count && text[at] == "/"
            if isEnd { at += 1 }
            let name = take { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
            guard !name.isEmpty else { throw Fault(description: "no tag at \(context)") }
            if isEnd {
                guard open.popLast() == name, at < text.count, text[at] == ">" else {
                    throw Fault(description: "</\(name)> at \(context)")
                }
                at += 1
                return
            }
            try start(name)
        }

        private mutating func start(_ name: String) throws {
            var attributes: [String: String] = [:]
            while true {
                _ = take { $0 == " " || $0 == "\n" }
                guard at < text.count else { throw Fault(description: "open tag \(name)") }
                if text[at] == "/" || text[at] == ">" { break }
                let key = take { $0 != "=" && $0 != ">" && $0 != " " }
                guard at + 1 < text.count, text[at] == "=", text[at + 1] == "\"" else {
                    throw Fault(description: "\(key) without quotes at \(context)")
                }
                at += 2
                let value = take { $0 != "\"" }
                guard !value.contains("<"), attributes.updateValue(value, forKey: key) == nil else {
                    throw Fault(description: "\(key) at \(context)")
                }
                at += 1
            }
            let isClosed = text[at] == "/"
            at += isClosed ? 2 : 1
            found.append(Element(name: name, attributes: attributes))
            if !isClosed, !Markup.void.contains(name) { open.append(name) }
        }

        private mutating func take(_ isPart: (Unicode.Scalar) -> Bool) -> String {
            var result = String.UnicodeScalarView()
            while at < text.count, isPart(text[at]) {
                result.append(text[at])
                at += 1
            }
            return String(result)
        }

        private var context: String {
            String(String.UnicodeScalarView(text[max(at - 40, 0)..<min(at + 40, text.count)]))
        }
    }
}
