import CHwloc

#if canImport(Glibc)
    import Glibc
#endif

/// Owns an `hwloc_bitmap_t`.
struct Bitmap: ~Copyable {
    let handle: hwloc_bitmap_t

    /// `nil` only when memory is exhausted.
    init?() {
        guard let handle = hwloc_bitmap_alloc() else { return nil }
        self.handle = handle
    }

    /// The set of these numbers; `nil` when one of them cannot be in a set.
    init?(_ numbers: [Int]) {
        guard numbers.allSatisfy((0..<Self.limit).contains), let handle = hwloc_bitmap_alloc() else { return nil }
        for number in numbers where hwloc_bitmap_set(handle, UInt32(number)) != 0 {
            hwloc_bitmap_free(handle)
            return nil
        }
        self.handle = handle
    }

    /// More processing units than any kernel supports; keeps a wrong number from allocating a huge set.
    static let limit = 1 << 16

    deinit { hwloc_bitmap_free(handle) }

    var view: SetView { SetView(handle) }

    var numbers: [Int] { Self.numbers(handle) }

    static func numbers(_ set: hwloc_const_bitmap_t) -> [Int] {
        var numbers: [Int] = []
        var next = hwloc_bitmap_first(set)
        while next >= 0, numbers.count < limit {
            numbers.append(Int(next))
            next = hwloc_bitmap_next(set, next)
        }
        return numbers
    }

    /// The kernel's list format, `0-3,8-11`.
    static func list(_ set: hwloc_const_bitmap_t) -> String {
        var text: UnsafeMutablePointer<CChar>?
        guard hwloc_bitmap_list_asprintf(&text, set) >= 0, let text else { return "" }
        defer { free(text) }
        return String(cString: text)
    }
}
