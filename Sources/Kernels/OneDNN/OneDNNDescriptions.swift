import COneDNN
import Model

/// Layouts and operations, where majors 2 and 3 differ.
extension OneDNNContext {
    /// Plain row-major, or chosen by the library when the operation is described.
    enum Order { case plain, any }

    func layout(_ sizes: [Int], _ order: Order) throws(KernelError) -> OneDNNLayout {
        let dimensions = padded(sizes)
        let strides = padded(rowMajorStrides(sizes))
        let count = Int32(sizes.count)
        let type = Int32(ASSAY_DNNL_F32)
        let tag = Int32(ASSAY_DNNL_TAG_ANY)
        switch library.generation {
        case .two(let functions):
            let made = OneDNNLayout(allocated: alignedBytes(Int(ASSAY_DNNL2_LAYOUT_BYTES)))
            try library.require(
                order == .plain
                    ? functions.layoutByStrides(made.pointer, count, dimensions, type, strides)
                    : functions.layoutByTag(made.pointer, count, dimensions, type, tag), "describing \(sizes)")
            return made
        case .three(let functions):
            var handle: UnsafeMutableRawPointer?
            try library.require(
                order == .plain
                    ? functions.layoutByStrides(&handle, count, dimensions, type, strides)
                    : functions.layoutByTag(&handle, count, dimensions, type, tag), "describing \(sizes)")
            guard let handle else { throw .failed("oneDNN made no layout for \(sizes)") }
            return OneDNNLayout(handle: handle, destroy: functions.layoutDestroy)
        }
    }

    func matmul(
        _ source: borrowing OneDNNLayout, _ weights: borrowing OneDNNLayout, _ destination: borrowing OneDNNLayout
    ) throws(KernelError) -> OneDNNHandle {
        let (a, b, c) = (source.pointer, weights.pointer, destination.pointer)
        switch library.generation {
        case .two(let functions):
            return try describe2("describing a matmul", functions) { functions.matmul($0, a, b, nil, c) }
        case .three(let functions):
            return try description("describing a matmul") { functions.matmul($0, engine, a, b, nil, c, nil) }
        }
    }

    func convolution(
        _ shape: ConvolutionShape, _ source: borrowing OneDNNLayout, _ weights: borrowing OneDNNLayout,
        _ destination: borrowing OneDNNLayout
    ) throws(KernelError) -> OneDNNHandle {
        let (a, b, c) = (source.pointer, weights.pointer, destination.pointer)
        let strides = padded([shape.stride, shape.stride])
        let padding = padded([shape.padding, shape.padding])
        let inference = Int32(ASSAY_DNNL_FORWARD_INFERENCE)
        let direct = Int32(ASSAY_DNNL_CONVOLUTION_DIRECT)
        switch library.generation {
        case .two(let functions):
            return try describe2("describing a convolution", functions) {
                functions.convolution($0, inference, direct, a, b, nil, c, strides, padding, padding)
            }
        case .three(let functions):
            let dilations = padded([0, 0])
            return try description("describing a convolution") {
                functions.convolution(
                    $0, engine, inference, direct, a, b, nil, c, strides, dilations, padding, padding, nil)
            }
        }
    }

    func reorder(_ from: UnsafeRawPointer, _ to: UnsafeRawPointer) throws(KernelError) -> OneDNNHandle {
        try description("describing a reorder") { functions.reorderCreate($0, from, engine, to, engine, nil) }
    }

    /// Major 2 first fills an operation descriptor, then makes a primitive descriptor from it.
    private func describe2(
        _ attempt: String, _ functions: OneDNN2Functions, _ fill: (UnsafeMutableRawPointer) -> Int32
    ) throws(KernelError) -> OneDNNHandle {
        let operation = alignedBytes(Int(ASSAY_DNNL2_OPERATION_BYTES))
        defer { operation.deallocate() }
        try library.require(fill(operation), attempt)
        return try description(attempt) { functions.descriptionCreate($0, operation, nil, engine, nil) }
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

private func rowMajorStrides(_ sizes: [Int]) -> [Int] {
    var strides = sizes
    var stride = 1
    for axis in sizes.indices.reversed() {
        strides[axis] = stride
        stride *= sizes[axis]
    }
    return strides
}
