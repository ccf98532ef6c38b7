/// One element of hwloc's XML while its attributes are read: which values they may have, and which must be there.
///
/// A large file has tens of thousands of attributes, so names are compared as bytes and nothing is kept but flags.
struct TopologyElement {
    /// Whether it is one of the topology's objects.
    let isObject: Bool
    private let isRoot: Bool
    private var seen: Seen = []
    private var isNumbered = false
    /// Digits of `os_index`.
    private var number: ArraySlice<UInt8> = []
    /// Of the root element.
    private(set) var version: ArraySlice<UInt8>?

    private struct Seen: OptionSet {
        let rawValue: Int
        static let type = Seen(rawValue: 1)
        static let number = Seen(rawValue: 2)
        static let cpuset = Seen(rawValue: 4)
        static let completeCpuset = Seen(rawValue: 8)
        static let nodeset = Seen(rawValue: 16)
        static let completeNodeset = Seen(rawValue: 32)
        static let onlineCpuset = Seen(rawValue: 64)
        static let allowedCpuset = Seen(rawValue: 128)
        static let allowedNodeset = Seen(rawValue: 256)
    }

    init(_ name: ArraySlice<UInt8> = []) {
        isObject = name.elementsEqual("object".utf8)
        isRoot = name.elementsEqual("topology".utf8)
    }

    /// Takes an attribute in; `false` where hwloc would stumble over its value.
    mutating func take(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Bool {
        if isRoot, key.elementsEqual("version".utf8) { version = value }
        if isObject { note(key, value) }
        if Self.sets.contains(where: { Self.same(key, $0) }) { return Self.isSet(value) }
        guard Self.numbers.contains(where: { Self.same(key, $0) }) else { return true }
        // hwloc multiplies this number by itself to know how much memory it needs.
        return Self.isNumber(value) && (!Self.same(key, Self.squared) || value.count <= 4)
    }

    private mutating func note(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        guard let flag = Self.noted.first(where: { Self.same(key, $0.0) })?.1 else { return }
        seen.insert(flag)
        if flag == .number { number = value }
        if flag == .type {
            isNumbered = value.elementsEqual("PU".utf8) || value.elementsEqual("NUMANode".utf8)
        }
    }

    /// What is wrong with an object as a whole: what hwloc would follow a null pointer without, and numbers that it would
    /// make a bitmap of half a gigabyte for.
    var fault: String? {
        guard isObject else { return nil }
        guard seen.contains(.type) else { return "an object without type" }
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
        guard isNumbered else { return nil }
        guard seen.contains(.number) else { return "a PU or NUMA node without os_index" }
        guard seen.contains(.cpuset) else { return "a PU or NUMA node without cpuset" }
        let isSmall = Int(String(decoding: number, as: UTF8.self)).map { $0 < Bitmap.limit } ?? false
        return isSmall ? nil : "a PU or NUMA node with an os_index of \(Bitmap.limit) or more"
    }

    private static let noted: [([UInt8], Seen)] = [
        (bytes("type"), .type), (bytes("os_index"), .number), (bytes("cpuset"), .cpuset),
        (bytes("complete_cpuset"), .completeCpuset), (bytes("nodeset"), .nodeset),
        (bytes("complete_nodeset"), .completeNodeset), (bytes("online_cpuset"), .onlineCpuset),
        (bytes("allowed_cpuset"), .allowedCpuset), (bytes("allowed_nodeset"), .allowedNodeset),
    ]

    private static let sets = [
        "cpuset", "complete_cpuset", "online_cpuset", "allowed_cpuset", "nodeset", "complete_nodeset",
        "allowed_nodeset",
        "initiator_cpuset",
    ].map(bytes)

    private static let numbers = [
        "os_index", "gp_index", "cache_size", "cache_linesize", "local_memory", "depth", "size", "count", "length",
        "kind",
        "relative_depth", "flags", "target_obj_gp_index", "initiator_obj_gp_index", "nbobjs",
    ].map(bytes)

    private static let squared = bytes("nbobjs")

    /// The last byte tells most names apart.
    private static func same(_ key: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
        key.count == name.count && key.last == name.last && key.elementsEqual(name)
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func isWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || isDigit(byte)
    }

    /// Of an attribute's name.
    static func isOfName(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_") || isDigit(byte)
    }

    private static func isNumber(_ value: ArraySlice<UInt8>) -> Bool {
        !value.isEmpty && value.count <= 20 && value.allSatisfy(isDigit)
    }

    /// At most 65536 processing units: eight hexadecimal digits for 32 of them, each with `0x` or left out where it is zero,
    /// commas between, and `0xf...f` in front of an endless one. hwloc counts the commas and ends the process where
    /// they do not add up.
    private static func isSet(_ value: ArraySlice<UInt8>) -> Bool {
        guard !value.isEmpty, value.count <= 11 * 2048, value.first != comma else { return false }
        var rest = value
        if rest.starts(with: endless) {
            rest = rest.dropFirst(endless.count)
            guard let next = rest.popFirst() else { return true }
            guard next == comma else { return false }
        }
        return rest.split(separator: comma, omittingEmptySubsequences: false).allSatisfy(isPart)
    }

    private static let comma = UInt8(ascii: ",")
    private static let endless = bytes("0xf...f")

    private static func isPart(_ part: ArraySlice<UInt8>) -> Bool {
        if part.isEmpty { return true }
        let digits = part.dropFirst(2)
        return part.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) && (1...8).contains(digits.count)
            && digits.allSatisfy { isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
