import COneDNN
import Model

/// An engine and a stream of a loaded oneDNN, and the making of everything that belongs to them.
final class OneDNNContext {
    let library: OneDNNLibrary
    private let engineHandle: OneDNNHandle
    private let streamHandle: OneDNNHandle

    /// Sets the number of threads for the calling thread, before anything is made: the library plans for it.
    init(options: KernelOptions, threads: Int) throws(KernelError) {
        library = try OneDNNLibrary(options: options)
        if let instructionSet = options.instructionSet { try library.limit(to: instructionSet) }
        try library.setThreads(threads)
        var engine: OpaquePointer?
        try library.require(
            library.functions.engineCreate(&engine, Int32(ASSAY_DNNL_ENGINE_CPU), 0), "making a CPU engine")
        guard let engine else { throw .failed("oneDNN made no engine") }
        engineHandle = OneDNNHandle(engine, owner: nil, destroy: library.functions.engineDestroy)
        var stream: OpaquePointer?
        try library.require(
            library.functions.streamCreate(&stream, engine, UInt32(ASSAY_DNNL_STREAM_IN_ORDER)), "making a stream")
        guard let stream else { throw .failed("oneDNN made no stream") }
        streamHandle = OneDNNHandle(stream, owner: nil, destroy: library.functions.streamDestroy)
    }

    var functions: OneDNNFunctions { library.functions }
    var engine: OpaquePointer { engineHandle.raw }
    var stream: OpaquePointer { streamHandle.raw }

    /// A view of `data` in `layout`, which is copied.
    func memory(_ layout: UnsafeRawPointer, _ data: UnsafeMutableRawPointer) throws(KernelError) -> OneDNNHandle {
        var memory: OpaquePointer?
        try library.require(functions.memoryCreate(&memory, layout, engine, data), "making a memory object")
        guard let memory else { throw .failed("oneDNN made no memory object") }
        return OneDNNHandle(memory, owner: self, destroy: functions.memoryDestroy)
    }

    /// Owns what a `…primitive_desc_create` wrote to `description`.
    func description(
        _ attempt: String, _ create: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(KernelError) -> OneDNNHandle {
        var description: OpaquePointer?
        try library.require(create(&description), attempt)
        guard let description else { throw .failed("oneDNN made no description: \(attempt)") }
        return OneDNNHandle(description, owner: self, destroy: functions.descriptionDestroy)
    }

    func primitive(_ description: borrowing OneDNNHandle) throws(KernelError) -> OneDNNHandle {
        var primitive: OpaquePointer?
        try library.require(functions.primitiveCreate(&primitive, description.raw), "making a primitive")
        guard let primitive else { throw .failed("oneDNN made no primitive") }
        return OneDNNHandle(primitive, owner: self, destroy: functions.primitiveDestroy)
    }

    /// The layout that a primitive wants for one of its operands; lives as long as `description`.
    func layout(_ what: Int, of description: borrowing OneDNNHandle) throws(KernelError) -> UnsafeRawPointer {
        guard let layout = functions.queryLayout(description.raw, Int32(what), 0) else {
            throw .failed("oneDNN names no layout for operand \(what)")
        }
        return layout
    }

    /// What the library chose, in its own words.
    func implementation(_ description: borrowing OneDNNHandle) -> Implementation {
        var text: UnsafePointer<CChar>?
        let status = functions.query(description.raw, Int32(ASSAY_DNNL_QUERY_IMPLEMENTATION), 0, &text)
        return implementation(named: status == 0 ? text.map { String(cString: $0) } ?? "unknown" : "unknown")
    }

    /// With the instruction set that the library may use at most, where the name tells none.
    func implementation(named name: String) -> Implementation {
        var reported = name
        // `brg:avx512_core` says it all, `gemm:jit` only half.
        if !["sse", "avx", "amx", "asimd", "sve"].contains(where: reported.contains), let most = library.instructionSet
        {
            reported += " up to \(most)"
        }
        return Implementation(library: "oneDNN", version: library.version, path: library.path, reported: reported)
    }
}
