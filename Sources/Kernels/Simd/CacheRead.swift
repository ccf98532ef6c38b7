import CKernels
import Model

/// Each thread reads a buffer of its own over and over, small enough to stay in a cache: the bandwidth of that cache.
final class CacheRead: Runnable {
    let work: Work
    let implementation: Implementation
    private let pool: WorkerPool
    private let function: assay_read_function
    private let buffers: Buffer<Float>
    private let folds: Buffer<UInt64>
    private let bytes: Int
    private let stride: Int
    private let passes: Int
    /// Called with the folds before they are compared: for tests, which must be able to spoil them.
    var tamper: ((UnsafeMutablePointer<UInt64>) -> Void)?

    init(_ shape: CacheShape, pool: WorkerPool, seed: UInt64, instructionSet: String?) throws(KernelError) {
        let step = Int(ASSAY_READ_STEP)
        bytes = shape.bytes / step * step
        guard bytes > 0 else { throw .failed("bytes: \(shape.bytes) is less than one step of \(step) bytes") }
        passes = shape.passes
        // Whole pages, so that no two threads touch the same.
        let page = 4096
        let (rounded, overflow) = bytes.addingReportingOverflow(page - 1)
        guard !overflow else { throw .failed("bytes: \(shape.bytes) do not fit in memory") }
        stride = rounded / page * page
        let variant = try Variant.choose(instructionSet) { assay_read_variant($0) }
        function = variant.function
        implementation = .own(variant.name)
        let (all, tooMany) = (stride / MemoryLayout<Float>.stride).multipliedReportingOverflow(by: pool.threads)
        guard !tooMany else { throw .failed("\(pool.threads) buffers of \(bytes) bytes do not fit in memory") }
        buffers = try Buffer(count: all)
        folds = try Buffer(count: pool.threads)
        // A thread fills its own buffer: row i falls to worker i.
        assay_pool_fill_f32(
            pool.pointer, buffers.start, pool.threads, stride / MemoryLayout<Float>.stride, seed, Input.left.first)
        work = Work(
            flops: 0, bytes: Double(bytes) * Double(passes) * Double(pool.threads), lookups: 0,
            footprint: buffers.bytes)
        self.pool = pool
    }

    func run(iterations: Int) { read(passes: passes, iterations: iterations, folding: 0) }

    private func read(passes: Int, iterations: Int, folding: Int32) {
        assay_read_run(
            pool.pointer, function, buffers.start, stride, bytes, passes, iterations, folding, folds.start)
    }

    /// One pass and three, read with the instruction more that makes something of the words.
    func check() -> Check {
        var wrong = 0
        for passes in [1, 3] {
            folds.elements.update(repeating: 0)
            read(passes: passes, iterations: 1, folding: 1)
            tamper?(folds.start)
            for thread in 0..<pool.threads where folds.start[thread] != expected(thread) { wrong += 1 }
        }
        return Check(
            error: Double(wrong), bound: 0, compared: pool.threads,
            coverage: "exclusive or over every buffer; the loop that is timed does without it")
    }

    private func expected(_ thread: Int) -> UInt64 {
        let start = UnsafeRawPointer(buffers.start) + thread * stride
        var all: UInt64 = 0
        for offset in Swift.stride(from: 0, to: bytes, by: 8) {
            all ^= start.load(fromByteOffset: offset, as: UInt64.self)
        }
        return all
    }
}
