import CKernels
import Model

/// One table, with the lookups that are made in it.
///
/// Values lie in [−1, 1), made by all threads at once: the thread that fills a row is the first to touch it. Indices are
/// uniform or follow Zipf's law by rejection-inversion; what is frequent is spread over the table by a fixed permutation.
final class EmbeddingTable {
    let rows: Buffer<UInt8>
    /// Sets of indices, one behind the other; offsets (one more than bags) and weights likewise.
    let indices: Buffer<Int64>
    let offsets: Buffer<Int64>
    /// Empty where there are none.
    let weights: Buffer<Float>
    let table: EmbeddingShape.Table
    let shape: EmbeddingShape
    let type: DataType
    private let number: Int

    /// Lookups of one set.
    var lookups: Int { table.bag * shape.batch }

    init(
        _ shape: EmbeddingShape, number: Int, _ type: DataType, sets: Int, _ pool: WorkerPool, seed: UInt64
    ) throws(KernelError) {
        self.shape = shape
        self.type = type
        self.number = number
        table = shape.tables[number]
        let lookups = table.bag * shape.batch
        rows = try Buffer(count: table.rows * shape.rowBytes(type))
        indices = try Buffer(count: sets * lookups)
        offsets = try Buffer(count: sets * (shape.batch + 1))
        weights = try Buffer(count: shape.isWeighted ? sets * lookups : 0)
        fillRows(pool, seed)
        fillLookups(sets, pool, seed)
    }

    /// Where the numbers of an input begin; each table has its own.
    private func first(_ input: Input) -> UInt64 { input.first + UInt64(number) << 48 }

    func fillRows(_ pool: WorkerPool, _ seed: UInt64) {
        assay_pool_fill_rows(
            pool.pointer, rows.start, table.rows, shape.dimension, type.rowType ?? 0, seed, first(.left))
    }

    /// A row as it was before anything was added to it.
    func original(_ row: Int, _ seed: UInt64, into values: UnsafeMutablePointer<Float>) {
        assay_fill_rows(values, row, 1, shape.dimension, Int32(ASSAY_ROWS_F32.rawValue), seed, first(.left))
    }

    private func fillLookups(_ sets: Int, _ pool: WorkerPool, _ seed: UInt64) {
        let bound = UInt64(table.rows)
        if let exponent = shape.exponent {
            var zipf = assay_zipf_make(bound, exponent)
            assay_pool_fill_indices(pool.pointer, indices.start, indices.count, &zipf, bound, seed, first(.right))
        } else {
            assay_pool_fill_indices(pool.pointer, indices.start, indices.count, nil, bound, seed, first(.right))
        }
        for set in 0..<sets {
            assay_fill_offsets(
                offsets.start + set * (shape.batch + 1), shape.batch, table.bag, shape.bags == .variable ? 1 : 0, seed,
                first(.offsets) + UInt64(set * shape.batch))
        }
        if shape.isWeighted { assay_fill_weights(weights.start, weights.count, seed, first(.weights)) }
    }

    /// What a kernel is told, writing to `output`.
    func job(_ output: UnsafeMutablePointer<Float>) -> assay_embedding {
        assay_embedding(
            table: rows.start, indices: indices.start, offsets: offsets.start,
            weights: shape.isWeighted ? UnsafePointer(weights.start) : nil, output: output,
            dimension: shape.dimension, batch: shape.batch)
    }

    /// Calls `body` with the exact sums of each bag of a set in turn; they are valid only during the call.
    func forEachBag(
        set: Int, _ body: (_ bag: Int, _ sums: UnsafePointer<Exact>) -> Void
    ) throws(KernelError) {
        let sums = try Buffer<Exact>(count: shape.dimension)
        let exact = Rows(rows.start, type, shape: shape)
        let starts = offsets.start + set * (shape.batch + 1)
        for bag in 0..<shape.batch {
            sums.elements.update(repeating: Exact())
            for lookup in Int(starts[bag])..<Int(starts[bag + 1]) {
                let place = set * lookups + lookup
                let weight = shape.isWeighted ? Double(weights.start[place]) : 1
                exact.add(Int(indices.start[place]), weight: weight, to: sums.start)
            }
            body(bag, sums.start)
        }
    }
}
