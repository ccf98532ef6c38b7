import COneDNN
import Model

/// Layouts and operations, where majors 2 and 3 differ.
extension OneDNNContext {
    /// As the caller has it, or chosen by the library when the operation is described.
    enum Order { case plain, any }

    func layout(_ form: OneDNNForm, _ order: Order) throws(KernelError) -> OneDNNLayout {
        let dimensions = padded(form.sizes)
        let strides = padded(form.strides)
        let count = Int32(form.sizes.count)
        let type = try form.type.oneDNN()
        let tag = Int32(ASSAY_DNNL_TAG_ANY)
        let attempt = "operand \(form.sizes) of \(form.type.rawValue)"
        switch library.generation {
        case .two(let functions):
            let made = OneDNNLayout(allocated: alignedBytes(Int(ASSAY_DNNL2_LAYOUT_BYTES)))
            try library.require(
                order == .plain
                    ? functions.layoutByStrides(made.pointer, count, dimensions, type, strides)
                    : functions.layoutByTag(made.pointer, count, dimensions, type, tag), attempt)
            return made
        case .three(let functions):
            var handle: UnsafeMutableRawPointer?
            try library.require(
                order == .plain
                    ? functions.layoutByStrides(&handle, count, dimensions, type, strides)
                    : functions.layoutByTag(&handle, count, dimensions, type, tag), attempt)
            guard let handle else { throw .failed("oneDNN made no layout: \(attempt)") }
            return OneDNNLayout(handle: handle, destroy: functions.layoutDestroy)
        }
    }

    /// What multiplies the result before it is stored: given now in major 2, announced now and given with the operands in 3.
    func attributes(scale: Float) throws(KernelError) -> OneDNNHandle {
        var attributes: OpaquePointer?
        try library.require(functions.attributesCreate(&attributes), "making attributes")
        guard let attributes else { throw .failed("oneDNN made no attributes") }
        let owner = OneDNNHandle(attributes, owner: self, destroy: functions.attributesDestroy)
        guard scale != 1 else { return owner }
        switch library.generation {
        case .two(let functions):
            try library.require(functions.setScales(attributes, 1, 0, [scale]), "a scale of the result")
        case .three(let functions):
            try library.require(functions.setScalesMask(attributes, OneDNNRole.source.argument, 0), "a scale")
        }
        return owner
    }

    func matmul(
        _ source: borrowing OneDNNLayout, _ weights: borrowing OneDNNLayout, _ destination: borrowing OneDNNLayout,
        _ attributes: borrowing OneDNNHandle, _ attempt: String
    ) throws(KernelError) -> OneDNNHandle {
        let (a, b, c, extra) = (source.pointer, weights.pointer, destination.pointer, UnsafeRawPointer(attributes.raw))
        switch library.generation {
        case .two(let functions):
            return try describe2(attempt, functions, extra) { functions.matmul($0, a, b, nil, c) }
        case .three(let functions):
            return try description(attempt) { functions.matmul($0, engine, a, b, nil, c, extra) }
        }
    }

    func convolution(
        _ shape: ConvolutionShape, source: borrowing OneDNNLayout, weights: borrowing OneDNNLayout,
        destination: borrowing OneDNNLayout, _ attributes: borrowing OneDNNHandle, _ attempt: String
    ) throws(KernelError) -> OneDNNHandle {
        let (a, b, c, extra) = (source.pointer, weights.pointer, destination.pointer, UnsafeRawPointer(attributes.raw))
        let strides = padded([shape.stride, shape.stride])
        let padding = padded([shape.padding, shape.padding])
        let inference = Int32(ASSAY_DNNL_FORWARD_INFERENCE)
        let direct = Int32(ASSAY_DNNL_CONVOLUTION_DIRECT)
        switch library.generation {
        case .two(let library):
            return try describe2(attempt, library, extra) {
                switch shape.direction {
                case .forward: library.forward($0, inference, direct, a, b, nil, c, strides, padding, padding)
                case .backwardData: library.backwardData($0, direct, a, b, c, strides, padding, padding)
                case .backwardWeights: library.backwardWeights($0, direct, a, b, nil, c, strides, padding, padding)
                }
            }
        case .three(let library):
            let dense = padded([0, 0])
            return try description(attempt) {
                switch shape.direction {
                case .forward:
                    library.forward(
                        $0, engine, inference, direct, a, b, nil, c, strides, dense, padding, padding, extra)
                case .backwardData:
                    library.backwardData($0, engine, direct, a, b, c, strides, dense, padding, padding, nil, extra)
                case .backwardWeights:
                    library.backwardWeights(
                        $0, engine, direct, a, b, nil, c, strides, dense, padding, padding, nil, extra)
                }
            }
        }
    }

    func reorder(_ from: UnsafeRawPointer, _ to: UnsafeRawPointer) throws(KernelError) -> OneDNNHandle {
        try description("reorder") { functions.reorderCreate($0, from, engine, to, engine, nil) }
    }

    /// Major 2 first fills an operation descriptor, then makes a primitive descriptor from it.
    private func describe2(
        _ attempt: String, _ functions: OneDNN2Functions, _ attributes: UnsafeRawPointer?,
        _ fill: (UnsafeMutableRawPointer) -> Int32
    ) throws(KernelError) -> OneDNNHandle {
        let operation = alignedBytes(Int(ASSAY_DNNL2_OPERATION_BYTES))
        defer { operation.deallocate() }
        try library.require(fill(operation), attempt)
        return try description(attempt) { functions.descriptionCreate($0, operation, attributes, engine, nil) }
    }
}

private func alignedBytes(_ count: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: Int(ASSAY_DNNL2_ALIGNMENT))
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    return memory
}

private func padded(_ numbers: [Int]) -> [Int64] {
    numbers.map(Int64.init) + Array(repeating: 0, count: Int(ASSAY_DNNL_MAX_DIMENSIONS) - numbers.count)
}
