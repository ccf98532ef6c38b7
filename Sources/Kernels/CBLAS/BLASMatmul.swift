import CBLAS
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// C = A · B through a CBLAS, row-major; a batch is one call after the other.
final class BLASMatmul: DenseComputation {
    let implementation: Implementation
    private let gemm: BLASGemm
    private let call: BLASCall
    private let a: Replicas
    private let b: Replicas
    private let c: Replicas
    private let output: Tensor
    private let batch: Int
    private var set = 0
    /// Bytes of one matrix of each operand.
    private let steps: (a: Int, b: Int, c: Int)

    init(
        _ problem: MatmulProblem, _ inputs: DenseInputs, _ sets: OperandSets, _ call: BLASCall, _ library: BLASLibrary
    ) throws(KernelError) {
        let (shape, types) = (problem.shape, problem.types)
        self.call = call
        steps = (
            shape.m * shape.k * types.left.bytes, shape.k * shape.n * types.right.bytes,
            shape.m * shape.n * types.result.bytes
        )
        batch = shape.batch
        gemm = call.gemm
        implementation = library.implementation
        output = try Tensor(types.result, count: problem.outputs)
        a = try Replicas(of: inputs.left, sets)
        b = try Replicas(of: inputs.right, sets)
        c = try Replicas(of: output, sets)
    }

    var bytes: Int { [a, b, c].reduce(output.bytes) { $0 + ($1.isView ? 0 : $1.total) } }

    func run(iterations: Int) {
        for _ in 0..<iterations {
            let (a, b, c) = (a[set], b[set], c[set])
            for image in 0..<batch { multiply(a + image * steps.a, b + image * steps.b, c + image * steps.c) }
            set = set + 1 == self.c.count ? 0 : set + 1
        }
    }

    @inline(__always)
    private func multiply(_ a: UnsafeMutableRawPointer, _ b: UnsafeMutableRawPointer, _ c: UnsafeMutableRawPointer) {
        let row = Int32(ASSAY_CBLAS_ROW_MAJOR)
        let (ta, tb, m, n, k) = (call.transposeA, call.transposeB, call.m, call.n, call.k)
        let (lda, ldb, ldc) = (call.lda, call.ldb, call.ldc)
        switch gemm {
        case .f32(let function):
            function(row, ta, tb, m, n, k, 1, a.as(), lda, b.as(), ldb, 0, c.as(), ldc)
        case .f64(let function):
            function(row, ta, tb, m, n, k, 1, a.as(), lda, b.as(), ldb, 0, c.as(), ldc)
        case .bf16(let function):
            function(row, ta, tb, m, n, k, 1, a.as(), lda, b.as(), ldb, 0, c.as(), ldc)
        case .int8(let function):
            var none: Int32 = 0
            let fixed = Int32(ASSAY_CBLAS_FIXED_OFFSET)
            function(row, ta, tb, fixed, m, n, k, 1, a, lda, 0, b, ldb, 0, 0, c.as(), ldc, &none)
        }
    }

    func poison() {
        c.fill(output.type.poison)
        set = 0
    }

    func result(set: Int) throws(KernelError) -> Tensor {
        if !c.isView { memcpy(output.start, c[set], output.bytes) }
        return output
    }
}

/// A function with its sizes and distances between rows, which are 32-bit.
struct BLASCall {
    let gemm: BLASGemm
    let m, n, k, lda, ldb, ldc, transposeA, transposeB: Int32

    init(_ problem: MatmulProblem, _ library: BLASLibrary) throws(KernelError) {
        let shape = problem.shape
        guard let m = Int32(exactly: shape.m), let n = Int32(exactly: shape.n), let k = Int32(exactly: shape.k) else {
            throw .unavailable("CBLAS takes 32-bit sizes: \(shape.m) × \(shape.n) × \(shape.k) do not fit")
        }
        gemm = try library.gemm(problem.types)
        let (plain, transposed) = (Int32(ASSAY_CBLAS_NO_TRANSPOSE), Int32(ASSAY_CBLAS_TRANSPOSE))
        (self.m, self.n, self.k) = (m, n, k)
        (lda, ldb, ldc) = (shape.transposeA ? m : k, shape.transposeB ? k : n, n)
        (transposeA, transposeB) = (shape.transposeA ? transposed : plain, shape.transposeB ? transposed : plain)
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func `as`<Element>() -> UnsafeMutablePointer<Element> { assumingMemoryBound(to: Element.self) }
}
