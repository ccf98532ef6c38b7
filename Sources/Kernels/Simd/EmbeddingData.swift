import CKernels
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tables, indices and outputs of an embedding lookup.
///
/// There are as many sets of indices as it takes for their rows to be more than the caches hold, and iterations go through
/// them in turn, so that none finds its rows cached by the one before.
final class EmbeddingData {
    let shape: EmbeddingShape
    let type: DataType
    let tables: [EmbeddingTable]
    /// [tables, batch, dimension]; forward the sums, backward the gradients.
    let output: Buffer<Float>
    /// Sets of indices.
    let sets: Int

    init(_ shape: EmbeddingShape, _ type: DataType = .f32, _ pool: WorkerPool, seed: UInt64) throws(KernelError) {
        self.shape = shape
        self.type = type
        let lookups = shape.tables.reduce(0) { $0 + $1.bag } * shape.batch
        sets = Self.sets(lookups: lookups, rowBytes: shape.rowBytes(type))
        output = try Buffer(count: shape.tables.count * shape.batch * shape.dimension)
        var tables: [EmbeddingTable] = []
        for number in shape.tables.indices {
            tables.append(try EmbeddingTable(shape, number: number, type, sets: sets, pool, seed: seed))
        }
        self.tables = tables
    }

    /// Rows worth four times the last-level cache, at least 256 MiB; but never more than 32 MiB of indices, so that narrow
    /// rows do not take more memory for them than a worker may.
    static func sets(lookups: Int, rowBytes: Int) -> Int {
        let cache = max(4 * sysconf(Int32(_SC_LEVEL3_CACHE_SIZE)), 256 << 20)
        let wanted = (cache / rowBytes + lookups - 1) / lookups
        let affordable = (32 << 20) / MemoryLayout<Int64>.stride / lookups
        return max(1, min(wanted, affordable))
    }

    /// Where the outputs of a table begin.
    func output(_ table: Int) -> UnsafeMutablePointer<Float> { output.start + table * shape.batch * shape.dimension }

    /// On which pages the tables lie.
    var pages: PageUse? {
        var use = PageUse(bytes: 0, hugeBytes: 0)
        for table in tables {
            guard let part = table.rows.pages else { return nil }
            use.bytes += part.bytes
            use.hugeBytes += part.hugeBytes
        }
        return use
    }

    /// Every output of the first set against the reference.
    func check(_ result: UnsafePointer<Float>) throws(KernelError) -> Check {
        var deviation = Deviation()
        for (number, table) in tables.enumerated() {
            let sums = result + number * shape.batch * shape.dimension
            try table.forEachBag(set: 0) { bag, exact in
                let row = sums + bag * shape.dimension
                for column in 0..<shape.dimension { deviation.compare(Double(row[column]), exact[column]) }
            }
        }
        return deviation.check(bound: ErrorBound.element(terms: terms, .f32), coverage: "all outputs")
    }

    /// Roundings that a sum of the largest bag may have met, one more for a weight. Whatever the rows are made of, sums are in
    /// f32; rows of int8 are two terms each, and their factors are rounded.
    private var terms: Int {
        let bag = (shape.tables.map(\.bag).max() ?? 1) * (shape.bags == .variable ? 2 : 1)
        return type == .int8 ? 2 * bag + 2 : shape.isWeighted ? bag + 1 : bag
    }
}
