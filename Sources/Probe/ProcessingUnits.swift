import CHwloc
import Model
import SystemFiles

extension HwlocTopology {
    /// What the topology itself tells: all that it knows of, and what is left of them.
    borrowing func processingUnitSets() -> ProcessingUnitSets {
        var sets = ProcessingUnitSets.unknown(HwlocDescription.unread)
        sets.complete = .known(SetView(hwloc_topology_get_complete_cpuset(handle)).list)
        sets.allowed = .known(SetView(hwloc_topology_get_allowed_cpuset(handle)).list)
        return sets
    }
}

extension ProcessingUnitSets {
    private static let folder = "/sys/devices/system/cpu"

    /// With what the kernel tells of each state.
    mutating func complete(_ files: SystemFiles) {
        online = Self.list("online", files)
        present = Self.list("present", files)
        possible = Self.list("possible", files)
        offline = Self.difference(present.value == nil ? complete : present, online)
        disallowed = Self.difference(online, allowed)
    }

    /// A list as the kernel writes it, or why there is none.
    private static func list(_ name: String, _ files: SystemFiles) -> Reported<String> {
        let path = "\(folder)/\(name)"
        switch files.line(path) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let text): return Reported(Bitmap(list: text)?.view.list, else: "\(path): not a list of numbers")
        }
    }

    /// Those of `all` that are not in `some`.
    private static func difference(_ all: Reported<String>, _ some: Reported<String>) -> Reported<String> {
        guard let list = all.value else { return all }
        guard let other = some.value else { return some }
        guard let set = Bitmap(list: list), let minus = Bitmap(list: other),
            hwloc_bitmap_andnot(set.handle, set.handle, minus.handle) == 0
        else { return .unknown("no memory for a set") }
        return .known(set.view.list)
    }
}

extension Bitmap {
    /// The set that a list such as `0-3,8` names; `nil` where it is none, or names more than any machine has.
    ///
    /// Read here and not by hwloc, which would make room for any number.
    init?(list: String) {
        var ranges: [ClosedRange<UInt32>] = []
        for part in list.utf8.split(separator: UInt8(ascii: ",")) {
            let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map {
                UInt32(Substring($0))
            }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
                last < Self.limit
            else { return nil }
            ranges.append(first...last)
        }
        guard let handle = hwloc_bitmap_alloc() else { return nil }
        for range in ranges
        where hwloc_bitmap_set_range(handle, range.lowerBound, Int32(range.upperBound)) != 0 {
            hwloc_bitmap_free(handle)
            return nil
        }
        self.handle = handle
    }
}
