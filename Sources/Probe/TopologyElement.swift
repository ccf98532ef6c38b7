/// One element of hwloc's XML while its attributes are read: which values they may have, and which must be there.
struct TopologyElement {
    /// Whether it is one of the topology's objects.
    let isObject: Bool
    private let isRoot: Bool
    private var seen: TopologyAttribute = []
    private var isRepeated = false
    private var isUnit = false
    /// Whether it is a NUMA node.
    private(set) var isNode = false
    /// Whether all other objects may be below it: hwloc 1.x had systems of machines, and left the machine out where told so.
    private(set) var mayBeRoot = false
    /// Digits of `os_index`.
    private var number: TopologyText?
    /// Of the root element.
    private(set) var version: TopologyText?

    init(_ name: TopologyText) {
        isObject = name.elementsEqual("object".utf8)
        isRoot = name.elementsEqual("topology".utf8)
    }

    /// Takes an attribute in; `false` where hwloc would stumble over its value.
    mutating func take(_ key: TopologyText, _ value: TopologyText) -> Bool {
        let attribute = TopologyAttribute.named(key)
        if isRoot, attribute.contains(.version) { version = value }
        if isObject { note(attribute, value) }
        if attribute.contains(.set) { return Self.isSet(value) }
        guard attribute.contains(.number) else { return true }
        // hwloc multiplies this number by itself to know how much memory it needs.
        return Self.isNumber(value) && (!attribute.contains(.squared) || value.count <= 4)
    }

    private mutating func note(_ attribute: TopologyAttribute, _ value: TopologyText) {
        let key = attribute.subtracting(.traits)
        isRepeated = isRepeated || !seen.isDisjoint(with: key)
        seen.formUnion(key)
        if attribute.contains(.index) { number = value }
        if attribute.contains(.type) {
            isUnit = Self.begins(value, "pu")
            isNode = Self.begins(value, "numa") || Self.begins(value, "node")
            mayBeRoot = isNode || Self.begins(value, "machine") || Self.begins(value, "system")
        }
    }

    /// hwloc reads names of types in upper or lower case, and some of them cut short.
    private static func begins(_ value: TopologyText, _ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard value.count >= count else { return false }
        return (0..<count).allSatisfy { value[value.startIndex + $0] | 0x20 == name.utf8Start[$0] }
    }

    /// Whether it says which NUMA nodes are near: what the root of a topology with nodes must say.
    var hasNodes: Bool { seen.contains(.nodeset) }

    /// What is wrong with an object as a whole: what hwloc would follow a null pointer without, and numbers that it would
    /// make a bitmap of half a gigabyte for.
    var fault: String? {
        guard isObject else { return nil }
        guard seen.contains(.type) else { return "an object without type" }
        // Numbers that were taken for one type would be pointers of another.
        guard !isRepeated else { return "an object with an attribute twice" }
        if seen.contains(.cpuset) != seen.contains(.completeCpuset) {
            return "an object with one of cpuset and complete_cpuset but without the other"
        }
        if seen.contains(.nodeset) != seen.contains(.completeNodeset) {
            return "an object with one of nodeset and complete_nodeset but without the other"
        }
        // What hwloc 1.x wrote for each object, and hwloc 2 takes for granted where it finds one of them.
        if seen.contains(.onlineCpuset) {
            guard seen.contains(.allowedCpuset) else {
                return "an object with online_cpuset but without allowed_cpuset"
            }
            if seen.contains(.nodeset), !seen.contains(.allowedNodeset) {
                return "an object with online_cpuset and nodeset but without allowed_nodeset"
            }
        }
        guard isUnit || isNode else { return nil }
        guard seen.contains(.index) else { return "a PU or NUMA node without os_index" }
        guard seen.contains(.cpuset) else { return "a PU or NUMA node without cpuset" }
        let isSmall = number.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map { $0 < Bitmap.limit } ?? false
        return isSmall ? nil : "a PU or NUMA node with an os_index of \(Bitmap.limit) or more"
    }

    static func isWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || isDigit(byte)
    }

    /// Of an attribute's name. No digits: hwloc has none in them.
    static func isOfName(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_")
    }

    /// Whether hwloc knows the escape whose `&` comes before `rest`: those that it writes itself.
    static func isEscape(_ rest: TopologyText) -> Bool { escapes.contains { rest.starts(with: $0) } }

    private static let escapes = ["#10;", "#13;", "#9;", "quot;", "lt;", "gt;", "amp;"].map { Array($0.utf8) }

    private static func isNumber(_ value: TopologyText) -> Bool {
        !value.isEmpty && value.count <= 20 && value.allSatisfy(isDigit)
    }

    /// At most 65536 processing units: eight hexadecimal digits for 32 of them, each with `0x` or left out where it is zero,
    /// commas between, and `0xf...f` in front of an endless one. hwloc counts the commas and ends the process where
    /// they do not add up.
    private static func isSet(_ value: TopologyText) -> Bool {
        guard !value.isEmpty, value.count <= 11 * 2048, value.first != comma else { return false }
        var index = value.startIndex
        if value.starts(with: endless) {
            index += endless.count
            guard index < value.endIndex else { return true }
            guard value[index] == comma else { return false }
            index += 1
        }
        // Where the part begins in which `index` is.
        var start = index
        while index < value.endIndex {
            let byte = value[index]
            if byte == comma {
                guard index == start || index - start > prefix.count else { return false }
                start = index + 1
            } else {
                let offset = index - start
                guard offset < prefix.count ? byte == prefix[offset] : offset < prefix.count + 8 && isHexadecimal(byte)
                else { return false }
            }
            index += 1
        }
        return index == start || index - start > prefix.count
    }

    private static let comma = UInt8(ascii: ",")
    private static let endless = Array("0xf...f".utf8)
    private static let prefix = Array("0x".utf8)

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
