import CKernels
import Model

/// The four kernels of STREAM.
enum StreamKernel: UInt32, CaseIterable {
    case copy, scale, add, triad

    var usesThird: Bool { self == .add || self == .triad }

    func value(_ b: Double, _ c: Double) -> Double {
        switch self {
        case .copy: b
        case .scale: 3 * b
        case .add: b + c
        case .triad: b + 3 * c
        }
    }
}

/// STREAM in f64: a = b, 3·b, b + c or b + 3·c.
///
/// b and c are uniform in [−1, 1) with 24 bits, so that every product and sum is exact: fused or not, any order, the
/// result must be equal to the last bit.
final class StreamArrays: Runnable {
    let work: Work
    let implementation: Implementation
    private let kernel: StreamKernel
    private let a: Buffer<Double>
    private let b: Buffer<Double>
    private let c: Buffer<Double>
    private let pool: WorkerPool
    private let function: assay_stream_function
    private var job: assay_stream
    /// Called with the result before it is compared: for tests, which must be able to spoil it.
    var tamper: ((UnsafeMutablePointer<Double>) -> Void)?

    init(
        _ kernel: StreamKernel, _ shape: BufferShape, work: Work, pool: WorkerPool, seed: UInt64,
        instructionSet: String?
    ) throws(KernelError) {
        let count = shape.bytes / MemoryLayout<Double>.stride
        guard count > 0 else { throw .failed("bytes: \(shape.bytes) is less than one element of 8 bytes") }
        // A ceiling is the highest rate there is. On Zen 4 the 256-bit loop is never slower than the 512-bit one and up to
        // 8 % faster on one thread; width gains nothing where memory limits.
        let variant = try Variant.choose(instructionSet, preferred: "avx2") {
            assay_stream_variant($0, Int32(kernel.rawValue))
        }
        function = variant.function
        implementation = .own(variant.name)
        a = try Buffer(count: count)
        b = try Buffer(count: count)
        c = try Buffer(count: kernel.usesThird ? count : 0)
        let third: UnsafeMutablePointer<Double>? = kernel.usesThird ? c.start : nil
        assay_stream_fill(pool.pointer, a.start, b.start, third, count, .nan, seed)
        job = assay_stream(a: a.start, b: b.start, c: third, scalar: 3, count: count)
        self.kernel = kernel
        self.work = work
        self.pool = pool
    }

    func run(iterations: Int) { assay_stream_run(pool.pointer, function, &job, iterations) }

    var pages: PageUse? { a.pages }

    func check() -> Check {
        a.elements.update(repeating: .nan)
        run(iterations: 1)
        tamper?(a.start)
        var wrong = 0
        for i in 0..<job.count {
            let expected = kernel.value(b.start[i], kernel.usesThird ? c.start[i] : 0)
            if !(a.start[i] == expected) { wrong += 1 }
        }
        return Check(
            error: Double(wrong), bound: 0, compared: job.count, coverage: "all outputs, exactly; the error counts them"
        )
    }
}
