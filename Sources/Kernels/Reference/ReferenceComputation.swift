import Model

/// The reference backend as something that can be measured: slow, on one thread, and right.
final class ReferenceComputation: Computation {
    let implementation = Implementation.own("double precision")
    private let result: Buffer<Float>
    private let compute: (UnsafeMutablePointer<Float>) -> Void

    init(count: Int, compute: @escaping (UnsafeMutablePointer<Float>) -> Void) throws(KernelError) {
        result = try Buffer(count: count)
        self.compute = compute
    }

    func run(iterations: Int) {
        for _ in 0..<iterations { compute(result.start) }
    }

    func poison() { result.poison() }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(result.start) }
}
