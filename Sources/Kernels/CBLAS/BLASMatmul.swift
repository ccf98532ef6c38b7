import CBLAS
import Model

/// C = A · B through `cblas_sgemm`, row-major.
final class BLASMatmul: Computation {
    let implementation: Implementation
    private let sgemm: assay_cblas_sgemm
    private let m: Int32
    private let n: Int32
    private let k: Int32
    private let inputs: DenseInputs
    private let result: Buffer<Float>

    init(_ shape: MatmulShape, _ inputs: DenseInputs, _ library: BLASLibrary) throws(KernelError) {
        guard let m = Int32(exactly: shape.m), let n = Int32(exactly: shape.n), let k = Int32(exactly: shape.k) else {
            throw .unavailable("CBLAS takes 32-bit sizes: \(shape.m) × \(shape.n) × \(shape.k) do not fit")
        }
        (self.m, self.n, self.k) = (m, n, k)
        sgemm = library.sgemm
        implementation = library.implementation
        result = try Buffer(count: shape.m * shape.n)
        self.inputs = inputs
    }

    func run(iterations: Int) {
        let (row, plain) = (Int32(ASSAY_CBLAS_ROW_MAJOR), Int32(ASSAY_CBLAS_NO_TRANSPOSE))
        let (a, b, c) = (inputs.left.start, inputs.right.start, result.start)
        for _ in 0..<iterations { sgemm(row, plain, plain, m, n, k, 1, a, k, b, n, 0, c, n) }
    }

    func poison() { result.poison() }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(result.start) }
}
