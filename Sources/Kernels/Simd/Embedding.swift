import CKernels
import Model

/// Embedding lookup by our own kernels, on all threads.
final class SimdEmbedding: Computation {
    let implementation: Implementation
    private let data: EmbeddingData
    private let pool: WorkerPool
    private let function: assay_embedding_function
    private let jobs: Buffer<assay_embedding>
    private var set = 0

    init(_ data: EmbeddingData, _ pool: WorkerPool, instructionSet: String?) throws(KernelError) {
        let type = data.type.rowType ?? -1
        let variant = try Variant.choose(instructionSet) { assay_embedding_variant($0, type) }
        function = variant.function
        implementation = .own(variant.name)
        jobs = try Buffer(count: data.tables.count)
        for (number, table) in data.tables.enumerated() { jobs.start[number] = table.job(data.output(number)) }
        self.data = data
        self.pool = pool
    }

    func run(iterations: Int) {
        set = assay_embedding_run(pool.pointer, function, jobs.start, jobs.count, data.sets, set, iterations)
    }

    /// The run that follows is over the first set again.
    func poison() {
        data.output.poison()
        set = 0
    }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(data.output.start) }

    var pages: PageUse? { data.pages }
}

/// Embedding lookup by the reference, in double precision.
final class ReferenceEmbedding: Computation {
    let implementation = Implementation.own("double precision")
    private let data: EmbeddingData
    private(set) var failure: String?
    private var set = 0

    init(_ data: EmbeddingData) { self.data = data }

    func run(iterations: Int) {
        let dimension = data.shape.dimension
        for _ in 0..<iterations {
            do throws(KernelError) {
                for (number, table) in data.tables.enumerated() {
                    let output = data.output(number)
                    try table.forEachBag(set: set) { bag, sums in
                        let row = output + bag * dimension
                        for column in 0..<dimension { row[column] = Float(sums[column].value) }
                    }
                }
            } catch {
                failure = error.description
            }
            set = (set + 1) % data.sets
        }
    }

    func poison() {
        data.output.poison()
        set = 0
    }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(data.output.start) }
}
