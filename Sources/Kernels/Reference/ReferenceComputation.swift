import Model

/// The reference backend as something that can be measured: slow, on one thread, and right.
final class ReferenceComputation<Problem: DenseProblem>: DenseComputation {
    let implementation: Implementation
    private let problem: Problem
    private let inputs: DenseInputs
    private let output: Tensor

    init(_ problem: Problem, _ inputs: DenseInputs, _ sets: OperandSets) throws(KernelError) {
        guard sets.count == 1 else { throw .unavailable("the reference backend computes from warm caches only") }
        implementation = .own("double precision")
        output = try Tensor(problem.types.result, count: problem.outputs)
        self.problem = problem
        self.inputs = inputs
    }

    var bytes: Int { output.bytes }

    func run(iterations: Int) {
        let rule = problem.rule
        for _ in 0..<iterations {
            for position in 0..<output.count { output[position] = rule.stored(problem.element(position, inputs).value) }
        }
    }

    func poison() { output.poison() }
    func result(set: Int) throws(KernelError) -> Tensor { output }
}
