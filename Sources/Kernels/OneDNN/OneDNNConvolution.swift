import COneDNN
import Model

/// Forward convolution through oneDNN in the layouts that it chooses. Inputs are brought into them in set-up, so that
/// the timed part is the convolution alone, as inside a network.
final class OneDNNConvolution: Computation {
    let implementation: Implementation
    private let context: OneDNNContext
    private let description: OneDNNHandle
    private let plainResult: OneDNNLayout
    private let count: Int
    private let source: Buffer<UInt8>
    private let weights: Buffer<UInt8>
    private let result: Buffer<UInt8>
    private let execution: OneDNNExecution

    init(_ shape: ConvolutionShape, _ inputs: DenseInputs, _ context: OneDNNContext) throws(KernelError) {
        let input = [shape.batch, shape.channels, shape.height, shape.width]
        let filter = [shape.filters, shape.channels, shape.filterHeight, shape.filterWidth]
        let output = [shape.batch, shape.filters, shape.outputHeight, shape.outputWidth]
        description = try context.convolution(
            shape, context.layout(input, .any), context.layout(filter, .any), context.layout(output, .any))
        implementation = context.implementation(description)
        plainResult = try context.layout(output, .plain)
        count = output.reduce(1, *)
        let sourceLayout = try context.layout(Int(ASSAY_DNNL_QUERY_SOURCE), of: description)
        let weightsLayout = try context.layout(Int(ASSAY_DNNL_QUERY_WEIGHTS), of: description)
        let resultLayout = try context.layout(Int(ASSAY_DNNL_QUERY_DESTINATION), of: description)
        source = try Buffer(count: context.functions.layoutSize(sourceLayout))
        weights = try Buffer(count: context.functions.layoutSize(weightsLayout))
        result = try Buffer(count: context.functions.layoutSize(resultLayout))
        let plainInput = try context.layout(input, .plain)
        let plainFilter = try context.layout(filter, .plain)
        try context.copy(from: plainInput.pointer, inputs.left.start, to: sourceLayout, source.start)
        try context.copy(from: plainFilter.pointer, inputs.right.start, to: weightsLayout, weights.start)
        execution = try OneDNNExecution(
            context, context.primitive(description), source: context.memory(sourceLayout, source.start),
            weights: context.memory(weightsLayout, weights.start),
            destination: context.memory(resultLayout, result.start))
        self.context = context
    }

    var failure: String? { execution.failure }
    func run(iterations: Int) { execution.run(iterations: iterations) }

    /// All bits set is a NaN in every floating-point type.
    func poison() { result.elements.update(repeating: 0xFF) }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check {
        let plain = try Buffer<Float>(count: count)
        let layout = try context.layout(Int(ASSAY_DNNL_QUERY_DESTINATION), of: description)
        try context.copy(from: layout, result.start, to: plainResult.pointer, plain.start)
        return try body(plain.start)
    }
}
