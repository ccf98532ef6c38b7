/// Takes identifiers out of hwloc's XML.
///
/// From the text and not from the topology: hwloc 2 has no way to remove an info, and none at all from a kind of core.
/// Infos are kept by name, so that one nobody has thought of is dropped rather than published.
struct TopologyRedaction {
    private let xml: [UInt8]
    private var result: [UInt8] = []

    static func redacted(_ xml: String) -> String {
        var redaction = TopologyRedaction(xml: Array(xml.utf8))
        redaction.run()
        return String(decoding: redaction.result, as: UTF8.self)
    }

    private init(xml: [UInt8]) { self.xml = xml }

    private mutating func run() {
        result.reserveCapacity(xml.count)
        var position = 0
        while let start = xml[position...].firstIndex(of: UInt8(ascii: "<")) {
            let end = endOfTag(start)
            let between = xml[position..<start]
            position = end
            guard let tag = kept(xml[start..<end]) else { continue }
            result += between
            result += tag
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

    /// The tag as it may be shown; `nil` where it may not.
    private func kept(_ tag: ArraySlice<UInt8>) -> [UInt8]? {
        if tag.starts(with: "<info ".utf8) {
            return attribute("name", tag).map { SafeInfos.contains(text($0)) } == true ? Array(tag) : nil
        }
        return tag.starts(with: "<object ".utf8) ? named(tag) : Array(tag)
    }

    /// Names stay where hardware or kernel gave them: for devices, without the address that some are named after. The
    /// name of a `Misc` object is a process's, a memory module's, or whatever someone put there.
    private func named(_ tag: ArraySlice<UInt8>) -> [UInt8] {
        guard let name = attribute("name", tag) else { return Array(tag) }
        let type = attribute("type", tag).map(text) ?? ""
        guard ["OSDev", "PCIDev", "Bridge"].contains(type) else {
            // With the blank before it and the quote after it.
            return Array(tag[..<(name.startIndex - " name=\"".utf8.count)] + tag[(name.endIndex + 1)...])
        }
        return tag[..<name.startIndex] + Array(DeviceName.withoutAddress(text(name)).utf8) + tag[name.endIndex...]
    }

    /// The value of an attribute, still escaped.
    private func attribute(_ key: String, _ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let mark = Array(" \(key)=\"".utf8)
        var index = tag.startIndex
        var isQuoted = false
        while index < tag.endIndex {
            if !isQuoted, tag[index] == mark[0], tag[index...].starts(with: mark) {
                let start = index + mark.count
                return tag[start...].firstIndex(of: UInt8(ascii: "\"")).map { tag[start..<$0] }
            }
            if tag[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            index += 1
        }
        return nil
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
