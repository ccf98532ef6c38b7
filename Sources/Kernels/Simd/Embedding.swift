import CKernels
import Model

/// Embedding lookup by our own kernels, on all threads.
final class SimdEmbedding: Computation {
    let implementation: Implementation
    private let data: EmbeddingData
    private let pool: WorkerPool
    private let function: assay_embedding_function
    private var job: assay_embedding
    private var set = 0

    init(_ data: EmbeddingData, _ pool: WorkerPool, instructionSet: String?) throws(KernelError) {
        let variant = try Variant.choose(instructionSet) { assay_embedding_variant($0) }
        function = variant.function
        implementation = .own(variant.name)
        job = assay_embedding(
            table: data.table.start, indices: data.indices.start, output: data.output.start,
            dimension: data.shape.dimension, bag: data.shape.bag, batch: data.shape.batch)
        self.data = data
        self.pool = pool
    }

    func run(iterations: Int) {
        set = assay_embedding_run(pool.pointer, function, &job, data.sets, set, iterations)
    }

    /// The run that follows is over the first set again.
    func poison() {
        data.output.poison()
        set = 0
    }

    func withResult(
        _ body: (UnsafeMutablePointer<Float>) throws(KernelError) -> Check
    ) throws(KernelError) -> Check { try body(data.output.start) }
}

/// Embedding lookup by the reference.
final class ReferenceEmbedding: Computation {
    let implementation = Implementation.own("double precision")
    private let data: EmbeddingData
    private(set) var failure: String?
    private var set = 0

    init(_ data: EmbeddingData) { self.data = data }

    func run(iterations: Int) {
        let shape = data.shape
        let reference = EmbeddingReference(shape: shape, table: data.table.start)
        for _ in 0..<iterations {
            do throws(KernelError) {
                try reference.forEachBag(data.indices.start + set * shape.batch * shape.bag) { bag, sums in
                    let row = data.output.start + bag * shape.dimension
                    for column in 0..<shape.dimension { row[column] = Float(sums[column].value) }
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
