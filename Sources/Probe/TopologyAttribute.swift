/// Which values an attribute of hwloc's XML may have.
enum TopologyAttribute {
    static func isWord(_ byte: UInt8) -> Bool {
        switch UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 {
        case true: true
        case false: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || isDigit(byte)
        }
    }

    static func isSound(_ key: String, _ value: ArraySlice<UInt8>) -> Bool {
        switch key {
        case "cpuset", "complete_cpuset", "online_cpuset", "allowed_cpuset", "nodeset", "complete_nodeset",
            "allowed_nodeset":
            // At most 65536 processing units, eight hexadecimal digits for 32 of them, each with `0x` and a comma.
            !value.isEmpty && value.count <= 11 * 2048 && value.allSatisfy(isSet)
        case "os_index", "gp_index", "cache_size", "cache_linesize", "local_memory", "depth", "size", "count",
            "length", "nbobjs", "kind", "relative_depth":
            !value.isEmpty && value.count <= 20 && value.allSatisfy(isDigit)
        default: true
        }
    }

    /// What an object lacks without which hwloc would follow a null pointer.
    static func missing(_ attributes: [String: ArraySlice<UInt8>]) -> String? {
        guard let type = attributes["type"] else { return "an object without type" }
        for (set, companion) in [("cpuset", "complete_cpuset"), ("nodeset", "complete_nodeset")]
        where attributes[set] != nil && attributes[companion] == nil {
            return "an object with \(set) but without \(companion)"
        }
        let numbered = type.elementsEqual("PU".utf8) || type.elementsEqual("NUMANode".utf8)
        return numbered && attributes["os_index"] == nil ? "a PU or NUMA node without os_index" : nil
    }

    private static func isSet(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "x") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
            || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
