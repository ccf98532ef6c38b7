import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Threads for our own kernels, pinned for as long as this lives. Made, used and released by one thread, which is worker
/// 0 and gets its own processing units back at the end.
final class WorkerPool {
    let pointer: OpaquePointer
    let threads: Int
    /// More than any machine has; beyond it a number of threads is a slip of the pen.
    private static let most = 1 << 16

    /// `units`: operating system numbers in thread order; threads beyond them are not pinned.
    init(threads: Int, units: [Int]) throws(KernelError) {
        guard (1...Self.most).contains(threads), let count = Int32(exactly: threads) else {
            throw .failed("\(threads) is not a number of threads")
        }
        let numbers = units.prefix(threads).map { Int32(clamping: $0) }
        var pool: OpaquePointer?
        var failedUnit: Int32 = -1
        let error = assay_pool_create(&pool, count, numbers, Int32(numbers.count), &failedUnit)
        guard error == 0, let pool else {
            let reason = String(cString: strerror(error))
            throw .unavailable(
                failedUnit >= 0
                    ? "a thread cannot be bound to processing unit \(failedUnit): \(reason)"
                    : "\(threads) threads cannot be started: \(reason)")
        }
        pointer = pool
        self.threads = threads
    }

    deinit { assay_pool_destroy(pointer) }
}
