import Model

/// C = A · B through oneDNN, all three in plain row-major order: what a caller with ordinary arrays gets.
final class OneDNNMatmul: Computation {
    let implementation: Implementation
    private let inputs: DenseInputs
    private let result: Buffer<Float>
    private let execution: OneDNNExecution

    init(_ shape: MatmulShape, _ inputs: DenseInputs, _ context: OneDNNContext) throws(KernelError) {
        let a = try context.layout([shape.m, shape.k], .plain)
        let b = try context.layout([shape.k, shape.n], .plain)
        let c = try context.layout([shape.m, shape.n], .plain)
        let description = try context.matmul(a, b, c)
        implementation = context.implementation(description)
        result = try Buffer(count: shape.m * shape.n)
        execution = try OneDNNExecution(
            context, context.primitive(description), source: context.memory(a.pointer, inputs.left.start),
            weights: context.memory(b.pointer, inputs.right.start),
            destination: context.memory(c.pointer, result.start))
        self.inputs = inputs
    }

    var failure: String? { execution.failure }
    func run(iterations: Int) { execution.run(iterations: iterations) }
    func poison() { result.poison() }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(result.start) }
}
