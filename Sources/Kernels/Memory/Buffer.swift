import CKernels

/// Zeroed memory for `count` elements: aligned to a page at least, on huge pages where it is large and they are allowed,
/// first touched by whoever fills it.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    let start: UnsafeMutablePointer<Element>
    let count: Int

    init(count: Int) throws(KernelError) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, bytes >= 0 else { throw .failed("\(count) elements do not fit in memory") }
        guard let memory = assay_buffer_map(bytes) else {
            throw .unavailable("no memory for \(bytes) bytes")
        }
        start = memory.bindMemory(to: Element.self, capacity: count)
        self.count = count
    }

    deinit { assay_buffer_unmap(start, count * MemoryLayout<Element>.stride) }

    var elements: UnsafeMutableBufferPointer<Element> { .init(start: start, count: count) }
    var bytes: Int { count * MemoryLayout<Element>.stride }
}

extension Buffer where Element == Float {
    /// So that a result that was never written cannot look like one.
    func poison() { elements.update(repeating: .nan) }
}
