import CKernels
import Model

/// The rows of an embedding lookup read at random, by the same indices, and nothing done with them: what the memory gives a
/// lookup at most.
final class RowGather: Runnable {
    let work: Work
    let implementation: Implementation
    private let data: EmbeddingData
    private let pool: WorkerPool
    private let function: assay_gather_function
    private let jobs: Buffer<assay_gather>
    private var set = 0
    private var fold: UInt64 = 0
    /// Called with the fold before it is compared: for tests, which must be able to spoil it.
    var tamper: ((inout UInt64) -> Void)?

    init(_ data: EmbeddingData, work: Work, _ pool: WorkerPool, instructionSet: String?) throws(KernelError) {
        let variant = try Variant.choose(instructionSet) { assay_gather_variant($0) }
        function = variant.function
        implementation = .own(variant.name)
        jobs = try Buffer(count: data.tables.count)
        for (number, table) in data.tables.enumerated() {
            jobs.start[number] = assay_gather(
                table: table.rows.start, indices: table.indices.start, lookups: table.lookups,
                bytes: data.shape.rowBytes(data.type))
        }
        self.data = data
        self.work = work
        self.pool = pool
    }

    func run(iterations: Int) { run(iterations: iterations, folding: 0) }

    private func run(iterations: Int, folding: Int32) {
        set = assay_gather_run(
            pool.pointer, function, jobs.start, jobs.count, data.sets, set, iterations, folding, &fold)
    }

    var pages: PageUse? { data.pages }

    /// The first set, read with the instruction more that makes something of the rows.
    func check() -> Check {
        set = 0
        run(iterations: 1, folding: 1)
        tamper?(&fold)
        var expected: UInt64 = 0
        var lookups = 0
        for table in data.tables {
            let rows = Rows(table.rows.start, data.type, shape: data.shape)
            for lookup in 0..<table.lookups { expected ^= rows.fold(Int(table.indices.start[lookup])) }
            lookups += table.lookups
        }
        return Check(
            error: expected == fold ? 0 : 1, bound: 0, compared: lookups,
            coverage: "exclusive or over all rows read; the loop that is timed does without it")
    }
}
