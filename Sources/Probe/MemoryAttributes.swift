import CHwloc
import Model

extension HwlocTopology {
    /// What is known of nodes beyond size and place. `Capacity` and `Locality` are left out: they repeat `NUMANode`.
    borrowing func memoryAttributes(_ nodes: [HwlocObject]) -> [MemoryAttribute] {
        var attributes: [MemoryAttribute] = []
        let repeated = [UInt32(HWLOC_MEMATTR_ID_CAPACITY.rawValue), UInt32(HWLOC_MEMATTR_ID_LOCALITY.rawValue)]
        for id in 0..<Self.mostAttributes where !repeated.contains(id) {
            var name: UnsafePointer<CChar>?
            // Numbers are given out in order, so the first that is not there is the end.
            guard hwloc_memattr_get_name(handle, id, &name) == 0 else { break }
            var flags: UInt = 0
            guard let name = HwlocText.clean(name), hwloc_memattr_get_flags(handle, id, &flags) == 0 else { continue }
            let unit = Unit(id)
            let values = nodes.flatMap { found(id, flags, $0) }.map { node, initiator, value in
                MemoryAttribute.Value(node: node, initiator: initiator, value: Double(value) * unit.factor)
            }
            guard !values.isEmpty else { continue }
            attributes.append(
                MemoryAttribute(name: name, unit: unit.name, higherIsBetter: Self.direction(flags), values: values))
        }
        return attributes
    }

    private static let mostAttributes: UInt32 = 64
    private static let mostInitiators: UInt32 = 4096

    private typealias Found = (node: Int, initiator: String?, value: UInt64)

    private borrowing func found(_ id: UInt32, _ flags: UInt, _ node: HwlocObject) -> [Found] {
        guard let index = node.index else { return [] }
        guard flags & UInt(HWLOC_MEMATTR_FLAG_NEED_INITIATOR.rawValue) != 0 else {
            var value: UInt64 = 0
            let found = hwloc_memattr_get_value(handle, id, node.pointer, nil, 0, &value) == 0
            return found ? [(index, nil, value)] : []
        }
        var count: UInt32 = 0
        guard hwloc_memattr_get_initiators(handle, id, node.pointer, 0, &count, nil, nil) == 0, count > 0 else {
            return []
        }
        var room = min(count, Self.mostInitiators)
        var places = [hwloc_location](repeating: hwloc_location(), count: Int(room))
        var values = [UInt64](repeating: 0, count: Int(room))
        guard hwloc_memattr_get_initiators(handle, id, node.pointer, 0, &room, &places, &values) == 0 else { return [] }
        return zip(places, values).prefix(Int(room)).map { (index, Self.name($0), $1) }
    }

    /// Processing units, or the name of an object that has none.
    private static func name(_ place: hwloc_location) -> String {
        if place.type == HWLOC_LOCATION_TYPE_CPUSET { return SetView(place.location.cpuset).list }
        guard let object = HwlocObject(place.location.object) else { return "unknown" }
        let list = object.processingUnits.list
        return list.isEmpty ? TopologyObject(object).text : list
    }

    private static func direction(_ flags: UInt) -> Bool? {
        if flags & UInt(HWLOC_MEMATTR_FLAG_HIGHER_FIRST.rawValue) != 0 { return true }
        return flags & UInt(HWLOC_MEMATTR_FLAG_LOWER_FIRST.rawValue) != 0 ? false : nil
    }

    /// hwloc documents bandwidths in MiB/s and latencies in ns; a user's attribute is in whatever the user thought of.
    private struct Unit {
        let name: MemoryAttribute.Unit
        let factor: Double

        init(_ id: UInt32) {
            switch id {
            case UInt32(HWLOC_MEMATTR_ID_BANDWIDTH.rawValue), UInt32(HWLOC_MEMATTR_ID_READ_BANDWIDTH.rawValue),
                UInt32(HWLOC_MEMATTR_ID_WRITE_BANDWIDTH.rawValue):
                (name, factor) = (.bytesPerSecond, 0x1p20)
            case UInt32(HWLOC_MEMATTR_ID_LATENCY.rawValue), UInt32(HWLOC_MEMATTR_ID_READ_LATENCY.rawValue),
                UInt32(HWLOC_MEMATTR_ID_WRITE_LATENCY.rawValue):
                (name, factor) = (.seconds, 1e-9)
            default: (name, factor) = (.unknown, 1)
            }
        }
    }
}
