import COneDNN
import Model

/// An operand as a caller with ordinary arrays has it: logical sizes, and the strides at which they lie in memory.
struct OneDNNForm {
    let sizes: [Int]
    let strides: [Int]
    let type: ElementType

    /// Row-major.
    init(_ sizes: [Int], _ type: ElementType) {
        var strides = sizes
        var stride = 1
        for axis in sizes.indices.reversed() {
            strides[axis] = stride
            stride *= sizes[axis]
        }
        self.init(sizes, strides: strides, type)
    }

    /// Matrices that lie in memory row-major, or as their transposes.
    init(_ batch: Int, _ rows: Int, _ columns: Int, transposed: Bool, _ type: ElementType) {
        let sizes = [rows, columns]
        let strides = transposed ? [1, rows] : [columns, 1]
        // One product is described as one: libraries have more ways for it than for a batch of one.
        self.init(
            batch == 1 ? sizes : [batch] + sizes, strides: batch == 1 ? strides : [rows * columns] + strides, type)
    }

    private init(_ sizes: [Int], strides: [Int], _ type: ElementType) {
        self.sizes = sizes
        self.strides = strides
        self.type = type
    }
}

extension ElementType {
    /// oneDNN's number for it.
    func oneDNN() throws(KernelError) -> Int32 {
        switch self {
        case .f16: Int32(ASSAY_DNNL_F16)
        case .bf16: Int32(ASSAY_DNNL_BF16)
        case .f32: Int32(ASSAY_DNNL_F32)
        case .s32: Int32(ASSAY_DNNL_S32)
        case .s8: Int32(ASSAY_DNNL_S8)
        case .u8: Int32(ASSAY_DNNL_U8)
        case .f64: throw .unavailable("oneDNN has no f64 on processors")
        }
    }
}

/// The parts that operands play: the number each is handed over by, and that its layout is asked for by.
enum OneDNNRole {
    case source, weights, destination
    case sourceGradient, weightsGradient, destinationGradient

    var argument: Int32 {
        switch self {
        case .source: Int32(ASSAY_DNNL_ARG_SOURCE)
        case .weights: Int32(ASSAY_DNNL_ARG_WEIGHTS)
        case .destination: Int32(ASSAY_DNNL_ARG_DESTINATION)
        case .sourceGradient: Int32(ASSAY_DNNL_ARG_DIFF_SOURCE)
        case .weightsGradient: Int32(ASSAY_DNNL_ARG_DIFF_WEIGHTS)
        case .destinationGradient: Int32(ASSAY_DNNL_ARG_DIFF_DESTINATION)
        }
    }

    var query: Int {
        switch self {
        case .source: Int(ASSAY_DNNL_QUERY_SOURCE)
        case .weights: Int(ASSAY_DNNL_QUERY_WEIGHTS)
        case .destination: Int(ASSAY_DNNL_QUERY_DESTINATION)
        case .sourceGradient: Int(ASSAY_DNNL_QUERY_DIFF_SOURCE)
        case .weightsGradient: Int(ASSAY_DNNL_QUERY_DIFF_WEIGHTS)
        case .destinationGradient: Int(ASSAY_DNNL_QUERY_DIFF_DESTINATION)
        }
    }
}
