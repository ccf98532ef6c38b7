import COneDNN
import Model

/// What oneDNN must know of a product or a convolution.
protocol OneDNNProblem: DenseProblem {
    var leftForm: OneDNNForm { get }
    var rightForm: OneDNNForm { get }
    var resultForm: OneDNNForm { get }
    var roles: (left: OneDNNRole, right: OneDNNRole, result: OneDNNRole) { get }
    /// What the library makes of it, which it refuses here if it has no implementation.
    func describe(_ context: OneDNNContext) throws(KernelError) -> OneDNNHandle
}

/// All three in plain order: what a caller with ordinary arrays gets.
extension MatmulProblem: OneDNNProblem {
    var leftForm: OneDNNForm {
        OneDNNForm(shape.batch, shape.m, shape.k, transposed: shape.transposeA, types.left)
    }
    var rightForm: OneDNNForm {
        OneDNNForm(shape.batch, shape.k, shape.n, transposed: shape.transposeB, types.right)
    }
    var resultForm: OneDNNForm { OneDNNForm(shape.batch, shape.m, shape.n, transposed: false, types.result) }
    var roles: (left: OneDNNRole, right: OneDNNRole, result: OneDNNRole) { (.source, .weights, .destination) }

    func describe(_ context: OneDNNContext) throws(KernelError) -> OneDNNHandle {
        let a = try context.layout(leftForm, .plain)
        let b = try context.layout(rightForm, .plain)
        let c = try context.layout(resultForm, .plain)
        let attributes = try context.attributes(scale: rule.scale)
        return try context.matmul(a, b, c, attributes, "matmul \(types)")
    }
}

/// In the layouts that the library chooses, as inside a network.
extension ConvolutionProblem: OneDNNProblem {
    var leftForm: OneDNNForm { OneDNNForm(left, types.left) }
    var rightForm: OneDNNForm { OneDNNForm(right, types.right) }
    var resultForm: OneDNNForm { OneDNNForm(result, types.result) }
    var roles: (left: OneDNNRole, right: OneDNNRole, result: OneDNNRole) {
        switch shape.direction {
        case .forward: (.source, .weights, .destination)
        case .backwardData: (.destinationGradient, .weights, .sourceGradient)
        case .backwardWeights: (.source, .destinationGradient, .weightsGradient)
        }
    }

    func describe(_ context: OneDNNContext) throws(KernelError) -> OneDNNHandle {
        let left = try context.layout(leftForm, .any)
        let right = try context.layout(rightForm, .any)
        let result = try context.layout(resultForm, .any)
        let attributes = try context.attributes(scale: rule.scale)
        let attempt = "convolution \(shape.direction.rawValue) \(types)"
        switch shape.direction {
        case .forward:
            return try context.convolution(
                shape, source: left, weights: right, destination: result, attributes, attempt)
        case .backwardData:
            return try context.convolution(
                shape, source: result, weights: right, destination: left, attributes, attempt)
        case .backwardWeights:
            return try context.convolution(
                shape, source: left, weights: result, destination: right, attributes, attempt)
        }
    }
}
