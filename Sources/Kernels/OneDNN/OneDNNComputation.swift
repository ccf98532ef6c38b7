import COneDNN
import Model

/// A product or a convolution through oneDNN. Inputs are brought into the layouts that it chose in set-up, so that the timed
/// part is the operation alone; what that cost is told beside it.
final class OneDNNComputation: DenseComputation {
    let implementation: Implementation
    let reorder: ReorderCost?
    private let context: OneDNNContext
    private let output: OneDNNOperand
    private let inputBytes: Int
    private let execution: OneDNNExecution
    /// In its place where it is faster.
    private let product: OneDNNIntegerProduct?
    /// Of major 3, which wants the scale with the operands.
    private let scale: Tensor?

    init(
        _ problem: some OneDNNProblem, _ inputs: DenseInputs, _ sets: OperandSets, _ context: OneDNNContext,
        _ description: consuming OneDNNHandle
    ) throws(KernelError) {
        let roles = problem.roles
        let left = try OneDNNOperand(
            context, problem.leftForm, context.layout(roles.left.query, of: description), inputs.left,
            count: sets.count, isResult: false)
        let right = try OneDNNOperand(
            context, problem.rightForm, context.layout(roles.right.query, of: description), inputs.right,
            count: sets.count, isResult: false)
        let output = try OneDNNOperand(
            context, problem.resultForm, context.layout(roles.result.query, of: description),
            Tensor(problem.types.result, count: problem.outputs), count: sets.count, isResult: true)
        var arguments = [roles.left.argument, roles.right.argument, roles.result.argument]
        var memories = (0..<sets.count).map { [left.sets[$0], right.sets[$0], output.sets[$0]] }
        if case .three = context.library.generation, problem.rule.scale != 1 {
            let factor = try Tensor(.f32, count: 1)
            factor[0] = Double(problem.rule.scale)
            let layout = try context.layout(OneDNNForm([1], .f32), .plain)
            let memory = OneDNNMemory(try context.memory(layout.pointer, factor.start))
            arguments.append(Int32(ASSAY_DNNL_ARG_SCALES) | OneDNNRole.source.argument)
            memories = memories.map { $0 + [memory] }
            scale = factor
        } else {
            scale = nil
        }
        let execution = try OneDNNExecution(context, context.primitive(description), arguments, memories)
        let places = (0..<sets.count).compactMap { set -> OneDNNIntegerProduct.Places? in
            guard let a = left.place(set), let b = right.place(set), let c = output.place(set) else { return nil }
            return OneDNNIntegerProduct.Places(left: a, right: b, result: c)
        }
        product = OneDNNIntegerProduct(problem, context.library, places.count == sets.count ? places : [])
            .flatMap { $0.isBetter(than: execution) ? $0 : nil }
        implementation = product.map { context.implementation(named: $0.name) } ?? context.implementation(description)
        self.execution = execution
        inputBytes = left.bytes + right.bytes
        var cost = ReorderCost()
        for (role, operand) in [(roles.left, left), (roles.right, right), (roles.result, output)] {
            cost[role] = operand.reorderSeconds
        }
        reorder = cost == ReorderCost() ? nil : cost
        kept = [left, right]
        self.output = output
        self.context = context
    }

    /// The inputs, whose memory the execution reads.
    private let kept: [OneDNNOperand]

    var failure: String? {
        if let status = product?.status, status != 0 {
            return "oneDNN \(context.library.version) answers status \(status) to a product of integers"
        }
        return execution.failure
    }
    var bytes: Int { inputBytes + output.bytes + output.plain.bytes }
    func run(iterations: Int) {
        if let product { product.run(iterations: iterations) } else { execution.run(iterations: iterations) }
    }

    func poison() {
        output.poison()
        execution.rewind()
        product?.rewind()
    }

    func result(set: Int) throws(KernelError) -> Tensor { try output.fetch(set) }
}

extension ReorderCost {
    fileprivate subscript(role: OneDNNRole) -> Double? {
        get {
            switch role {
            case .source, .sourceGradient: source
            case .weights, .weightsGradient: weights
            case .destination, .destinationGradient: destination
            }
        }
        set {
            switch role {
            case .source, .sourceGradient: source = newValue
            case .weights, .weightsGradient: weights = newValue
            case .destination, .destinationGradient: destination = newValue
            }
        }
    }
}
