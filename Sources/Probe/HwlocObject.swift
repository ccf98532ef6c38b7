import CHwloc
import SystemFiles

/// One object of a topology. Borrowed: it must not outlive the `HwlocTopology` that it came from, and nothing outside
/// this module ever sees one.
struct HwlocObject {
    let pointer: UnsafeMutablePointer<hwloc_obj>

    init?(_ pointer: UnsafeMutablePointer<hwloc_obj>?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    var type: hwloc_obj_type_t { pointer.pointee.type }
    /// The operating system's number, where it has one.
    var index: Int? {
        pointer.pointee.os_index == UInt32.max ? nil : Int(pointer.pointee.os_index)
    }
    var name: String? { HwlocText.clean(pointer.pointee.name) }
    var subtype: String? { HwlocText.clean(pointer.pointee.subtype) }
    var parent: HwlocObject? { HwlocObject(pointer.pointee.parent) }
    var attributes: UnsafeMutablePointer<hwloc_obj_attr_u>? { pointer.pointee.attr }
    var processingUnits: SetView { SetView(pointer.pointee.cpuset) }
    var nodes: SetView { SetView(pointer.pointee.nodeset) }

    /// Memory first, then what computes, then devices, then the rest: the order in which `lstopo` draws.
    var children: [HwlocObject] {
        siblings(pointer.pointee.memory_first_child) + siblings(pointer.pointee.first_child) + devices
            + siblings(pointer.pointee.misc_first_child)
    }
    var devices: [HwlocObject] { siblings(pointer.pointee.io_first_child) }

    /// The value of an info key that is asked for by name.
    ///
    /// Infos are never copied wholesale: among them are host names, serial numbers and addresses.
    func info(_ key: String) -> String? {
        HwlocText.clean(hwloc_obj_get_info_by_name(pointer, key))
    }

    /// The first of several keys that has a value.
    func info(_ keys: [String]) -> String? { keys.lazy.compactMap(info).first }

    private func siblings(_ first: UnsafeMutablePointer<hwloc_obj>?) -> [HwlocObject] {
        Array(
            sequence(first: HwlocObject(first)) { $0.flatMap { HwlocObject($0.pointer.pointee.next_sibling) } }
                .prefix { $0 != nil }.compactMap { $0 })
    }
}

/// Text that came through hwloc, from firmware, drivers or a file.
enum HwlocText {
    /// A C string that may be absent, empty or not UTF-8, and may hold control characters.
    static func clean(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        let text = String(cString: pointer).trimmed
        guard !text.isEmpty, text.utf8.count <= 256 else { return nil }
        return String(text.map { $0.unicodeScalars.allSatisfy { $0.value < 32 || $0.value == 127 } ? " " : $0 })
    }
}

/// A bitmap that belongs to an object.
struct SetView {
    private let handle: hwloc_const_bitmap_t?

    init(_ handle: hwloc_const_bitmap_t?) { self.handle = handle }

    /// 0 for an infinite set, which no real machine has.
    var count: Int { handle.map { max(0, Int(hwloc_bitmap_weight($0))) } ?? 0 }
    var first: Int? { handle.map { Int(hwloc_bitmap_first($0)) }.flatMap { $0 < 0 ? nil : $0 } }
    /// The kernel's list format, `0-3,8-11`.
    var list: String { handle.map(Bitmap.list) ?? "" }
    /// The first 65536 of them.
    var numbers: [Int] { handle.map(Bitmap.numbers) ?? [] }
}
