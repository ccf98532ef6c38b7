import Model

/// A backend's part of a matrix product or a convolution: everything but inputs and checking.
protocol DenseComputation: AnyObject {
    var implementation: Implementation { get }
    /// What a run met, where it can tell.
    var failure: String? { get }
    var reorder: ReorderCost? { get }
    /// Bytes allocated beside the plain inputs.
    var bytes: Int { get }
    func run(iterations: Int)
    /// Spoils what a run writes, and makes the next one the first again.
    func poison()
    /// What the iteration after `poison` with this set of operands wrote, in plain row-major order; the first has set 0.
    func result(set: Int) throws(KernelError) -> Tensor
}

extension DenseComputation {
    var failure: String? { nil }
    var reorder: ReorderCost? { nil }
}

/// A matrix product or a convolution, ready to run.
final class DenseWorkload<Problem: DenseProblem>: Runnable {
    let work: Work
    let problem: Problem
    let inputs: DenseInputs
    let computation: any DenseComputation
    private let seed: UInt64
    /// Called with the result before it is compared: for tests, which must be able to spoil it.
    var tamper: ((Tensor) -> Void)?

    init(_ problem: Problem, _ inputs: DenseInputs, work: Work, seed: UInt64, computation: any DenseComputation) {
        self.problem = problem
        self.inputs = inputs
        self.seed = seed
        self.computation = computation
        self.work = Work(
            flops: work.flops, bytes: work.bytes, lookups: work.lookups,
            footprint: inputs.left.bytes + inputs.right.bytes + computation.bytes)
    }

    var implementation: Implementation { computation.implementation }
    var failure: String? { computation.failure }
    var reorder: ReorderCost? { computation.reorder }

    func run(iterations: Int) { computation.run(iterations: iterations) }

    func check() -> Check {
        do throws(KernelError) {
            let result = try freshResult()
            tamper?(result)
            return try DenseCheck(problem: problem, inputs: inputs, seed: seed).compare(result)
        } catch {
            return .impossible(error.description)
        }
    }

    /// The result of one run that found nothing of an earlier one.
    func freshResult() throws(KernelError) -> Tensor {
        computation.poison()
        computation.run(iterations: 1)
        if let failure { throw .failed(failure) }
        return try computation.result(set: 0)
    }
}
