import COneDNN

/// A primitive with its operands, ready to be executed again and again.
final class OneDNNExecution {
    private let context: OneDNNContext
    private let primitive: OneDNNHandle
    private let source: OneDNNHandle
    private let weights: OneDNNHandle?
    private let destination: OneDNNHandle
    private let arguments: Buffer<dnnl_exec_arg_t>
    private(set) var status: Int32 = 0

    init(
        _ context: OneDNNContext, _ primitive: consuming OneDNNHandle, source: consuming OneDNNHandle,
        weights: consuming OneDNNHandle?, destination: consuming OneDNNHandle
    ) throws(KernelError) {
        arguments = try Buffer(count: 3)
        arguments.start[0] = dnnl_exec_arg_t(arg: Int32(ASSAY_DNNL_ARG_SOURCE), memory: source.raw)
        arguments.start[1] = dnnl_exec_arg_t(arg: Int32(ASSAY_DNNL_ARG_DESTINATION), memory: destination.raw)
        if let held = weights {
            arguments.start[2] = dnnl_exec_arg_t(arg: Int32(ASSAY_DNNL_ARG_WEIGHTS), memory: held.raw)
            self.weights = consume held
            count = 3
        } else {
            self.weights = nil
            count = 2
        }
        self.context = context
        self.primitive = primitive
        self.source = source
        self.destination = destination
    }

    private let count: Int32

    /// The timed part: executions in order, and one wait for all of them.
    func run(iterations: Int) {
        let execute = context.functions.primitiveExecute
        let (handle, stream, list) = (primitive.raw, context.stream, arguments.start)
        for _ in 0..<iterations { status |= execute(handle, stream, count, list) }
        status |= context.functions.streamWait(stream)
    }

    /// What the library refused, if it did.
    var failure: String? {
        status == 0 ? nil : "oneDNN \(context.library.version) answers status \(status) to an execution"
    }
}

extension OneDNNContext {
    /// Copies between two layouts, in set-up or after timing.
    func copy(
        from: UnsafeRawPointer, _ source: UnsafeMutableRawPointer, to: UnsafeRawPointer,
        _ destination: UnsafeMutableRawPointer
    ) throws(KernelError) {
        let execution = try OneDNNExecution(
            self, primitive(reorder(from, to)), source: memory(from, source), weights: nil,
            destination: memory(to, destination))
        execution.run(iterations: 1)
        if let failure = execution.failure { throw .failed(failure) }
    }
}
