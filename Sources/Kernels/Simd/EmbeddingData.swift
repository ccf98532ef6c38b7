import CKernels
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Table, indices and output of an embedding lookup.
///
/// The table's values are uniform in [−1, 1), made by all threads at once: the thread that fills a row is the first to
/// touch it. There are as many sets of indices as it takes for their rows to be more than the caches hold, and iterations
/// go through them in turn, so that none finds its rows cached by the one before.
final class EmbeddingData {
    let shape: EmbeddingShape
    let table: Buffer<Float>
    let indices: Buffer<Int64>
    let output: Buffer<Float>
    /// Sets of `batch` × `bag` indices.
    let sets: Int

    init(_ shape: EmbeddingShape, _ pool: WorkerPool, seed: UInt64) throws(KernelError) {
        self.shape = shape
        let lookups = shape.batch * shape.bag
        sets = Self.sets(lookups: lookups, rowBytes: shape.dimension * MemoryLayout<Float>.stride)
        table = try Buffer(count: shape.rows * shape.dimension)
        indices = try Buffer(count: sets * lookups)
        output = try Buffer(count: shape.batch * shape.dimension)
        assay_pool_fill_f32(
            pool.pointer, table.start, shape.rows, shape.dimension, seed, Input.left.first)
        assay_fill_indices(indices.start, indices.count, seed, Input.right.first, UInt64(shape.rows))
    }

    /// Rows worth four times the last-level cache, at least 256 MiB; but never more than 32 MiB of indices, so that narrow
    /// rows do not take more memory for them than a worker may.
    static func sets(lookups: Int, rowBytes: Int) -> Int {
        let cache = max(4 * sysconf(Int32(_SC_LEVEL3_CACHE_SIZE)), 256 << 20)
        let wanted = (cache / rowBytes + lookups - 1) / lookups
        let affordable = (32 << 20) / MemoryLayout<Int64>.stride / lookups
        return max(1, min(wanted, affordable))
    }

    /// Every output of the first set against the reference.
    func check(_ result: UnsafePointer<Float>) throws(KernelError) -> Check {
        let reference = EmbeddingReference(shape: shape, table: table.start)
        var deviation = Deviation()
        try reference.forEachBag(indices.start) { bag, sums in
            let row = result + bag * shape.dimension
            for column in 0..<shape.dimension { deviation.compare(Double(row[column]), sums[column]) }
        }
        return deviation.check(bound: ErrorBound.element(terms: shape.bag, .f32), coverage: "all outputs")
    }
}
