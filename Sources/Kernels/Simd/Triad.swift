import CKernels
import Model

/// STREAM triad in f64: a = b + 3·c.
///
/// b and c are uniform in [−1, 1) with 24 bits, so that every product and sum is exact: fused or not, any order, the
/// result must be equal to the last bit.
final class Triad: Runnable {
    let work: Work
    let implementation: Implementation
    private let a: Buffer<Double>
    private let b: Buffer<Double>
    private let c: Buffer<Double>
    private let pool: WorkerPool
    private let function: assay_triad_function
    private var job: assay_triad
    /// Called with the result before it is compared: for tests, which must be able to spoil it.
    var tamper: ((UnsafeMutablePointer<Double>) -> Void)?

    init(
        _ shape: BufferShape, work: Work, pool: WorkerPool, seed: UInt64, instructionSet: String?
    ) throws(KernelError) {
        let count = shape.bytes / MemoryLayout<Double>.stride
        guard count > 0 else { throw .failed("bytes: \(shape.bytes) is less than one element of 8 bytes") }
        // A ceiling is the highest rate there is. On Zen 4 the 256-bit loop is never slower than the 512-bit one and up to
        // 8 % faster on one thread; width gains nothing where memory limits.
        let variant = try Variant.choose(instructionSet, preferred: "avx2") { assay_triad_variant($0) }
        function = variant.function
        implementation = .own(variant.name)
        a = try Buffer(count: count)
        b = try Buffer(count: count)
        c = try Buffer(count: count)
        assay_triad_fill(pool.pointer, a.start, b.start, c.start, count, .nan, seed)
        job = assay_triad(a: a.start, b: b.start, c: c.start, scalar: 3, count: count)
        self.work = work
        self.pool = pool
    }

    func run(iterations: Int) { assay_triad_run(pool.pointer, function, &job, iterations) }

    func check() -> Check {
        a.elements.update(repeating: .nan)
        run(iterations: 1)
        tamper?(a.start)
        let (a, b, c) = (a.start, b.start, c.start)
        var wrong = 0
        for i in 0..<job.count where !(a[i] == b[i] + 3 * c[i]) { wrong += 1 }
        return Check(
            error: Double(wrong), bound: 0, compared: job.count, coverage: "all outputs, exactly; the error counts them"
        )
    }
}
