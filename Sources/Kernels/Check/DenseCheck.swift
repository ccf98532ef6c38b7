import Model

/// Compares a result with the reference: sampled outputs one by one, and all of them through projections.
struct DenseCheck<Problem: DenseProblem> {
    let problem: Problem
    let inputs: DenseInputs
    let seed: UInt64

    func compare(_ result: Tensor) throws(KernelError) -> Check {
        let rule = problem.rule
        var deviation = Deviation()
        // Where no sum over all outputs can be compared, more of them are looked at one by one.
        let random = rule.isLinear ? SamplePositions.random : 16 * SamplePositions.random
        for position in SamplePositions.flat(problem.result, random: random, seed: seed) {
            var exact = problem.element(position, inputs)
            exact.value = rule.stored(exact.value)
            deviation.compare(result[position], exact, storing: rule.storing)
        }
        guard rule.isLinear else { return deviation.check(bound: rule.bound, coverage: "sampled outputs, exactly") }
        var projection = Projection(deviation, rule)
        try problem.project(result, inputs, seed: seed, into: &projection)
        return projection.deviation.check(
            bound: rule.bound,
            coverage: "sampled outputs, and random projections over all outputs" + (rule.isExact ? ", exactly" : ""))
    }
}
