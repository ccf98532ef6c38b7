import COneDNN

/// Owner of one of oneDNN's handles (`dnnl_engine_t`, `dnnl_stream_t`, `dnnl_memory_t`, `dnnl_primitive_desc_t`,
/// `dnnl_primitive_t`): destroyed exactly once, and before what it was made from.
struct OneDNNHandle: ~Copyable {
    let raw: OpaquePointer
    private let destroy: @convention(c) (OpaquePointer?) -> Int32
    /// Keeps the engine alive until this handle is gone.
    private let owner: AnyObject?

    init(_ raw: OpaquePointer, owner: AnyObject?, destroy: @escaping @convention(c) (OpaquePointer?) -> Int32) {
        self.raw = raw
        self.owner = owner
        self.destroy = destroy
    }

    deinit { _ = destroy(raw) }
}

/// Owner of a memory descriptor (`dnnl_memory_desc_t`): a structure in our own memory in major 2, a handle in major 3.
struct OneDNNLayout: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private let destroy: assay_dnnl_memory_desc_destroy?

    /// Major 2.
    init(allocated pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
        destroy = nil
    }

    /// Major 3.
    init(handle pointer: UnsafeMutableRawPointer, destroy: @escaping assay_dnnl_memory_desc_destroy) {
        self.pointer = pointer
        self.destroy = destroy
    }

    deinit {
        if let destroy { _ = destroy(pointer) } else { pointer.deallocate() }
    }
}
