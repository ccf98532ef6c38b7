/// What hwloc does with an attribute of its XML, by the attribute's name.
///
/// A large file has tens of thousands of attributes, so a name is looked up once, among those of its length, as bytes.
struct TopologyAttribute: OptionSet {
    let rawValue: Int

    /// Its value is a set of processing units or nodes, a number, a number that hwloc multiplies by itself.
    static let set = TopologyAttribute(rawValue: 1)
    static let number = TopologyAttribute(rawValue: 2)
    static let squared = TopologyAttribute(rawValue: 4)
    /// What is said of a value, and not which attribute it is.
    static let traits: TopologyAttribute = [.set, .number, .squared]

    /// Of objects: what hwloc would follow a null pointer without, or takes for granted where it finds another.
    static let type = TopologyAttribute(rawValue: 8)
    static let index = TopologyAttribute(rawValue: 16)
    static let cpuset = TopologyAttribute(rawValue: 32)
    static let completeCpuset = TopologyAttribute(rawValue: 64)
    static let nodeset = TopologyAttribute(rawValue: 128)
    static let completeNodeset = TopologyAttribute(rawValue: 256)
    static let onlineCpuset = TopologyAttribute(rawValue: 512)
    static let allowedCpuset = TopologyAttribute(rawValue: 1024)
    static let allowedNodeset = TopologyAttribute(rawValue: 2048)

    /// Of the root.
    static let version = TopologyAttribute(rawValue: 4096)

    /// Empty where any value will do.
    static func named(_ name: TopologyText) -> TopologyAttribute {
        guard name.count < byLength.count else { return [] }
        return byLength[name.count].first { name.elementsEqual($0.name) }?.traits ?? []
    }

    private static let byLength: [[(name: [UInt8], traits: TopologyAttribute)]] = {
        let numbers = [
            "gp_index", "cache_size", "cache_linesize", "local_memory", "depth", "size", "count", "length", "kind",
            "relative_depth", "flags", "target_obj_gp_index", "initiator_obj_gp_index",
        ]
        let all: [(String, TopologyAttribute)] =
            [
                ("type", .type), ("version", .version), ("os_index", [.number, .index]),
                ("nbobjs", [.number, .squared]), ("initiator_cpuset", .set), ("cpuset", [.set, .cpuset]),
                ("complete_cpuset", [.set, .completeCpuset]), ("nodeset", [.set, .nodeset]),
                ("complete_nodeset", [.set, .completeNodeset]), ("online_cpuset", [.set, .onlineCpuset]),
                ("allowed_cpuset", [.set, .allowedCpuset]), ("allowed_nodeset", [.set, .allowedNodeset]),
            ] + numbers.map { ($0, .number) }
        let longest = all.map(\.0.utf8.count).max() ?? 0
        return (0...longest).map { length in
            all.filter { $0.0.utf8.count == length }.map { (Array($0.0.utf8), $0.1) }
        }
    }()
}
