import CKernels
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Multiply-adds in registers, on all threads at once: the most f32 arithmetic this instruction set gives.
///
/// Every value changes its sign at each step and shrinks by e over an iteration, so that no step is trivial and none
/// leaves the normal numbers. Each iteration begins from the same values.
final class Peak: Runnable {
    let work: Work
    let implementation: Implementation
    private let variant: assay_peak_variant
    private let pool: WorkerPool
    private let initial: Buffer<Float>
    private let result: Buffer<Float>
    /// Values of one thread; a thread's results begin on a page of their own.
    private let lanes: Int
    private static let stride = 1024
    private static let scale: Float = -2 + 0x1p-16
    /// Different starting values; they repeat along the lanes.
    private static let patterns = 16
    /// Called with the result before it is compared: for tests, which must be able to spoil it.
    var tamper: ((UnsafeMutablePointer<Float>) -> Void)?

    init(pool: WorkerPool, instructionSet: String?) throws(KernelError) {
        let chosen = try Variant.choose(instructionSet) { isa in
            let variant = assay_peak_variant_for(isa)
            return variant.function == nil ? nil : variant
        }
        variant = chosen.function
        lanes = Int(variant.chains * variant.lanes)
        implementation = .own(chosen.name)
        initial = try Buffer(count: Self.stride)
        result = try Buffer(count: Self.stride * pool.threads)
        for i in 0..<lanes { initial.start[i] = Self.initial(i) }
        let flops = 2 * Double(lanes) * Double(Shape.peakSteps) * Double(pool.threads)
        work = Work(flops: flops, bytes: 0, lookups: 0, footprint: initial.bytes + result.bytes)
        self.pool = pool
    }

    private static func initial(_ lane: Int) -> Float { 1 + Float(lane % patterns) / 16 }

    func run(iterations: Int) {
        assay_peak_run(
            pool.pointer, variant, initial.start, result.start, Self.stride, Shape.peakSteps, Self.scale, iterations)
    }

    /// Every lane of every thread against a scalar model, bit for bit.
    func check() -> Check {
        result.poison()
        run(iterations: 1)
        tamper?(result.start)
        let expected = (0..<Self.patterns).map { modelled(Self.initial($0)) }
        var wrong = 0
        for thread in 0..<pool.threads {
            for lane in 0..<lanes where result.start[thread * Self.stride + lane] != expected[lane % Self.patterns] {
                wrong += 1
            }
        }
        return Check(
            error: Double(wrong), bound: 0, compared: pool.threads * lanes,
            coverage: "all lanes, exactly; the error counts them")
    }

    private func modelled(_ initial: Float) -> Float {
        var x = initial
        if variant.fused != 0 {
            for _ in 0..<Shape.peakSteps { x = fmaf(x, Self.scale, x) }
        } else {
            for _ in 0..<Shape.peakSteps { x = x * Self.scale + x }
        }
        return x
    }
}
