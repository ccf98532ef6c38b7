import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Copies of one operand at a regular distance, one for each set of operands that a cold case goes through.
final class Replicas {
    let count: Int
    let bytes: Int
    /// Whether this is the tensor's own memory, not a copy of it.
    let isView: Bool
    private let memory: Tensor
    /// The copies lie a page and a line apart beyond their size: the same places in pages would share the same few places in
    /// a cache.
    private let distance: Int

    init(bytes: Int, count: Int) throws(KernelError) {
        let page = 4096
        distance = count == 1 ? bytes : (bytes + page - 1) / page * page + 64
        let (total, overflow) = distance.multipliedReportingOverflow(by: count)
        guard !overflow else { throw .failed("\(count) sets of \(bytes) bytes do not fit in memory") }
        memory = try Tensor(.u8, count: total)
        isView = false
        self.bytes = bytes
        self.count = count
    }

    /// The tensor's own memory, as the only set.
    init(view tensor: Tensor) {
        memory = tensor
        isView = true
        bytes = tensor.bytes
        count = 1
        distance = bytes
    }

    /// The tensor itself where one set is enough, copies of what it holds where not.
    convenience init(of tensor: Tensor, _ sets: OperandSets) throws(KernelError) {
        if sets.count == 1 {
            self.init(view: tensor)
        } else {
            try self.init(bytes: tensor.bytes, count: sets.count)
            memcpy(self[0], tensor.start, tensor.bytes)
            spread()
        }
    }

    subscript(index: Int) -> UnsafeMutableRawPointer { memory.start + index * distance }
    var total: Int { memory.bytes }

    /// Makes all like the first.
    func spread() {
        for index in 1..<max(count, 1) { memcpy(self[index], self[0], bytes) }
    }

    func fill(_ byte: UInt8) { memset(memory.start, Int32(byte), memory.bytes) }
}

/// How many sets of operands the iterations go through in turn.
struct OperandSets {
    let count: Int
    /// A library needs handles for each; with more the operands are so small that a call costs more than its memory.
    static let most = 1 << 15

    init(_ planned: Case, bytes: Int) throws(KernelError) {
        guard planned.cache == .cold else {
            count = 1
            return
        }
        guard let rotated = planned.rotatedBytes, rotated > 0, bytes > 0 else {
            throw .failed("a cold case does not say through how many bytes it goes")
        }
        count = rotated / bytes + 2
        guard count <= Self.most else {
            throw .unavailable(
                "operands of \(bytes) bytes are too small to be kept out of the caches: \(Self.most) sets are the most")
        }
    }
}
