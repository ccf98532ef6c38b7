import CKernels
import Model

/// Zeroed memory for `count` elements: aligned to a page at least, on huge pages where it is large and they are allowed,
/// first touched by whoever fills it.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    let start: UnsafeMutablePointer<Element>
    let count: Int

    /// - Parameter pages: which ones it should lie on; what it got is told by `pages`, once it was touched.
    init(count: Int, pages: assay_pages = ASSAY_PAGES_HUGE) throws(KernelError) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, bytes >= 0 else { throw .failed("\(count) elements do not fit in memory") }
        guard let memory = assay_buffer_map_on(bytes, pages) else {
            throw .unavailable("no memory for \(bytes) bytes")
        }
        start = memory.bindMemory(to: Element.self, capacity: count)
        self.count = count
    }

    deinit { assay_buffer_unmap(start, count * MemoryLayout<Element>.stride) }

    var elements: UnsafeMutableBufferPointer<Element> { .init(start: start, count: count) }
    var bytes: Int { count * MemoryLayout<Element>.stride }

    /// Where it really lies, as the kernel tells; `nil` where it does not.
    var pages: PageUse? {
        var (resident, huge) = (0, 0)
        guard assay_buffer_pages(start, bytes, &resident, &huge) == 0 else { return nil }
        return PageUse(bytes: resident, hugeBytes: huge)
    }
}

extension Buffer where Element == Float {
    /// So that a result that was never written cannot look like one.
    func poison() { elements.update(repeating: .nan) }
}
