/// A piece of the file. Of plain memory, whose pieces cost nothing to hand around, and only as long as the file is there;
/// debug builds, and so the tests, check every access.
typealias TopologyText = Slice<UnsafeBufferPointer<UInt8>>

/// Goes once through the text of an hwloc XML file and says what is wrong with it.
struct TopologyScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var open: [TopologyText] = []
    private var objects = 0
    /// Whether the first object, which all others are below, says which nodes there are.
    private var hasNodes = false
    /// What the element that is being read has shown so far.
    private var element: TopologyElement
    /// The `version` of the root element; hwloc 1.x wrote none.
    private var version: String?

    /// Deeper than any machine; hwloc descends recursively.
    private static let deepest = 128

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        element = TopologyElement(bytes[0..<0])
    }

    /// The first fault with its line, or `nil`; and the version that the root names.
    static func look(_ bytes: [UInt8]) -> (fault: String?, version: String?) {
        bytes.withUnsafeBufferPointer {
            var scanner = TopologyScanner($0)
            let fault = scanner.fault()
            return (fault, scanner.version)
        }
    }

    private mutating func fault() -> String? {
        var rooted = false
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            guard !bytes[position..<start].contains(0) else { return place("a NUL byte") }
            guard holdsText || bytes[position..<start].allSatisfy(Self.isBlank) else {
                return place("text where only blanks may be")
            }
            position = start + 1
            if isNext("?") || isNext("!") {
                guard !isNext("!--") else { return place("a comment, which hwloc does not write") }
                guard skip(past: ">") else { return place("the file ends inside a declaration") }
                continue
            }
            guard !(rooted && open.isEmpty) else { return place("more after the end of the topology") }
            rooted = true
            if let fault = isNext("/") ? endTag() : startTag() { return place(fault) }
        }
        guard rooted else { return "no XML in it" }
        guard open.isEmpty else { return place("the file ends before <\(text(open[open.count - 1]))> is closed") }
        return objects > 0 ? nil : "it describes no objects"
    }

    private mutating func endTag() -> String? {
        position += 1
        let name = word()
        guard let expected = open.popLast(), expected.elementsEqual(name) else {
            return "</\(text(name))> closes nothing"
        }
        return skip(past: ">") ? nil : "the file ends inside a tag"
    }

    private mutating func startTag() -> String? {
        let name = word()
        guard !name.isEmpty else { return "a tag without a name" }
        if open.isEmpty, !name.elementsEqual("topology".utf8), !name.elementsEqual("root".utf8) {
            return "its root is <\(text(name))>, not <topology>"
        }
        guard open.count < Self.deepest else { return "nested more than \(Self.deepest) deep" }
        element = TopologyElement(name)
        while true {
            skipBlanks()
            guard position < bytes.count else { return "the file ends inside <\(text(name))>" }
            if isNext("/>") {
                position += 2
                return closeElement()
            }
            if isNext(">") {
                position += 1
                open.append(name)
                return closeElement()
            }
            if let fault = attribute() { return fault }
        }
    }

    private mutating func closeElement() -> String? {
        if let found = element.version { version = text(found) }
        if element.isObject {
            objects += 1
            if objects == 1 {
                hasNodes = element.hasNodes
                guard element.mayBeRoot else { return element.fault ?? "its first object is no machine" }
            }
        }
        if let fault = element.fault { return fault }
        // hwloc notes each node in the set of the first object, whether that has one or not.
        return element.isNode && !hasNodes ? "a NUMA node below an object without nodeset" : nil
    }

    /// Whether what is open may have text in it: neither the topology nor its objects do.
    private var holdsText: Bool {
        guard let last = open.last else { return false }
        return !["topology", "root", "object"].contains { last.elementsEqual($0.utf8) }
    }

    private mutating func attribute() -> String? {
        let key = word()
        // hwloc stops at a name with anything else in it, and does without what follows.
        guard key.allSatisfy(TopologyElement.isOfName) else { return "an attribute called \(text(key.prefix(32)))" }
        guard !key.isEmpty, isNext("=\"") else { return "an attribute that is not name=\"value\"" }
        position += 2
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if let fault = stumblingBlock(bytes[position]) { return "\(text(key)): \(fault)" }
            position += 1
        }
        guard position < bytes.count else { return "a quote is never closed" }
        let value = bytes[start..<position]
        position += 1
        return element.take(key, value) ? nil : "\(text(key)) is \"\(text(value.prefix(32)))\""
    }

    /// What in a value makes hwloc do without what follows it, the attributes behind it too.
    private func stumblingBlock(_ byte: UInt8) -> String? {
        switch byte {
        case 0, UInt8(ascii: "<"): "a quote is not closed"
        // hwloc takes the first one for the end of the tag, in quotes or not.
        case UInt8(ascii: ">"): "a > that is not escaped"
        case UInt8(ascii: "&") where !TopologyElement.isEscape(bytes[(position + 1)...]):
            "an escape that hwloc does not know"
        default: nil
        }
    }

    private mutating func word() -> TopologyText {
        let start = position
        while position < bytes.count, TopologyElement.isWord(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    private mutating func skipBlanks() {
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    }

    /// Blank, tab or line feed: hwloc takes no others for white space.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 }

    private mutating func skip(past mark: Unicode.Scalar) -> Bool {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: mark)) else { return false }
        position = end + 1
        return true
    }

    private func isNext(_ mark: StaticString) -> Bool {
        let count = mark.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != mark.utf8Start[index] { return false }
        return true
    }

    private func place(_ problem: String) -> String {
        "line \(1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }): \(problem)"
    }

    private func text(_ bytes: TopologyText) -> String {
        String(decoding: bytes.map { $0 < 32 || $0 > 126 ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }
}
