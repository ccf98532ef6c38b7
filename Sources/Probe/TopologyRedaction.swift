/// Takes identifiers out of hwloc's XML.
///
/// From the text and not from the topology: hwloc 2 has no way to remove an info, and none at all from a kind of core.
/// Infos are kept by name, so that one nobody has thought of is dropped rather than published.
struct TopologyRedaction {
    private let xml: [UInt8]
    private var result: [UInt8] = []

    static func redacted(_ xml: [UInt8]) -> [UInt8] {
        var redaction = TopologyRedaction(xml: xml)
        redaction.run()
        return redaction.result
    }

    private init(xml: [UInt8]) { self.xml = xml }

    private mutating func run() {
        result.reserveCapacity(xml.count)
        var position = 0
        while let start = xml[position...].firstIndex(of: UInt8(ascii: "<")) {
            let end = endOfTag(start)
            keep(xml[start..<end], after: xml[position..<start])
            position = end
        }
        result += xml[position...]
    }

    /// After the `>` that closes the tag: one in quotes belongs to a value.
    private func endOfTag(_ start: Int) -> Int {
        var isQuoted = false
        for index in start..<xml.count {
            if xml[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if xml[index] == UInt8(ascii: ">"), !isQuoted { return index + 1 }
        }
        return xml.count
    }

    /// Adds the tag as it may be shown, and what stands before it; nothing where it may not.
    private mutating func keep(_ tag: ArraySlice<UInt8>, after between: ArraySlice<UInt8>) {
        if tag.starts(with: Self.info), attribute("name", tag).map({ SafeInfos.contains(text($0)) }) != true { return }
        result += between
        guard tag.starts(with: Self.object), let name = attribute("name", tag) else {
            result += tag
            return
        }
        addNamed(tag, name)
    }

    private static let info = Array("<info ".utf8)
    private static let object = Array("<object ".utf8)

    /// Names stay where hardware or kernel gave them: for devices, without the address that some are named after. The
    /// name of a `Misc` object is a process's, a memory module's, or whatever someone put there.
    private mutating func addNamed(_ tag: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) {
        let type = attribute("type", tag).map(text) ?? ""
        if ["OSDev", "PCIDev", "Bridge"].contains(type) {
            result += tag[..<name.startIndex]
            result += DeviceName.withoutAddress(text(name)).utf8
            result += tag[name.endIndex...]
        } else {
            // Without the blank before it and the quote after it.
            result += tag[..<(name.startIndex - " name=\"".utf8.count)]
            result += tag[(name.endIndex + 1)...]
        }
    }

    /// The value of an attribute, still escaped.
    private func attribute(_ key: StaticString, _ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var index = tag.startIndex
        while let open = tag[index...].firstIndex(of: UInt8(ascii: "\"")) {
            let start = open + 1
            guard let end = tag[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            if isNamed(key, tag[index..<open]) { return tag[start..<end] }
            index = end + 1
        }
        return nil
    }

    /// Whether what stands before a quote ends in ` key=`.
    private func isNamed(_ key: StaticString, _ before: ArraySlice<UInt8>) -> Bool {
        let count = key.utf8CodeUnitCount
        guard before.count >= count + 2, before.last == UInt8(ascii: "="),
            before[before.endIndex - count - 2] == UInt8(ascii: " ")
        else { return false }
        let start = before.endIndex - 1 - count
        return (0..<count).allSatisfy { before[start + $0] == key.utf8Start[$0] }
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
