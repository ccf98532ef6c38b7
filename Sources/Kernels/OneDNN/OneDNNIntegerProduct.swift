import COneDNN
import DynamicLibrary
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A product of matrices of integers by the library's BLAS-like function, `dnnl_gemm_s8s8s32` or `dnnl_gemm_u8s8s32`.
///
/// The library has two ways for such a product and does not choose between them: on large matrices this one can be an eighth
/// faster than its primitive, on small ones it is several times slower. Which it is here is tried once, where it counts.
final class OneDNNIntegerProduct {
    private enum Function {
        case signed(assay_dnnl_gemm_s8s8s32)
        case unsigned(assay_dnnl_gemm_u8s8s32)
    }

    /// Where the operands of one set lie, in plain order.
    struct Places {
        let left, right, result: UnsafeMutableRawPointer
    }

    /// What must be gained for it to be taken: less is no more than noise.
    private static let gain = 0.05

    private let function: Function
    private let shape: MatmulShape
    private let places: [Places]
    private var set = 0
    private(set) var status: Int32 = 0

    /// `nil` where the problem is another, or the library has no such function.
    init?(_ problem: some OneDNNProblem, _ library: OneDNNLibrary, _ places: [Places]) {
        guard let problem = problem as? MatmulProblem, problem.shape.batch == 1, problem.rule.scale == 1,
            problem.types.right == .s8, problem.types.result == .s32, !places.isEmpty
        else { return nil }
        switch problem.types.left {
        case .s8:
            guard let found = library.library.optional("dnnl_gemm_s8s8s32", as: assay_dnnl_gemm_s8s8s32.self) else {
                return nil
            }
            function = .signed(found)
        case .u8:
            guard let found = library.library.optional("dnnl_gemm_u8s8s32", as: assay_dnnl_gemm_u8s8s32.self) else {
                return nil
            }
            function = .unsigned(found)
        default: return nil
        }
        shape = problem.shape
        self.places = places
    }

    var name: String {
        switch function {
        case .signed: "gemm_s8s8s32"
        case .unsigned: "gemm_u8s8s32"
        }
    }

    /// The timed part: one product after the other, with each set of operands in turn.
    func run(iterations: Int) {
        let (m, n, k) = (Int64(shape.m), Int64(shape.n), Int64(shape.k))
        let (left, right) = (shape.transposeA, shape.transposeB)
        let (lda, ldb) = (left ? m : k, right ? k : n)
        let (a, b) = (CChar(left ? 84 : 78), CChar(right ? 84 : 78))  // T or N
        var zero: Int32 = 0
        var current = set
        for _ in 0..<iterations {
            let place = places[current]
            let weights = place.right.assumingMemoryBound(to: Int8.self)
            let result = place.result.assumingMemoryBound(to: Int32.self)
            switch function {
            case .signed(let multiply):
                let source = place.left.assumingMemoryBound(to: Int8.self)
                // F: one offset for the whole result, here none.
                status |= multiply(a, b, 70, m, n, k, 1, source, lda, 0, weights, ldb, 0, 0, result, n, &zero)
            case .unsigned(let multiply):
                let source = place.left.assumingMemoryBound(to: UInt8.self)
                status |= multiply(a, b, 70, m, n, k, 1, source, lda, 0, weights, ldb, 0, 0, result, n, &zero)
            }
            current = current + 1 == places.count ? 0 : current + 1
        }
        set = current
    }

    func rewind() { set = 0 }

    /// Whether it gives what the primitive gives, to the bit, in clearly less time.
    func isBetter(than primitive: OneDNNExecution) -> Bool {
        let bytes = shape.m * shape.n * MemoryLayout<Int32>.size
        let result = places[0].result
        primitive.rewind()
        primitive.run(iterations: 1)
        let expected = UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: 64)
        defer { expected.deallocate() }
        memcpy(expected, result, bytes)
        memset(result, 0xff, bytes)
        rewind()
        run(iterations: 1)
        defer {
            rewind()
            primitive.rewind()
        }
        guard status == 0, primitive.failure == nil, memcmp(expected, result, bytes) == 0 else { return false }
        var (own, other) = (Double.infinity, Double.infinity)
        for _ in 0..<2 {
            other = min(other, Self.seconds { primitive.run(iterations: 1) })
            own = min(own, Self.seconds { run(iterations: 1) })
        }
        return own < (1 - Self.gain) * other
    }

    private static func seconds(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC_RAW, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        let start = now()
        body()
        return now() - start
    }
}
