import CKernels
import Model

/// The backward pass of an embedding lookup: gradients added to the rows that each bag was made of, in f32.
///
/// A row belongs to one thread, which adds in the order of the lookups, so that the result is the same, to the last bit, on
/// any number of threads. Iteration after iteration adds the same gradients: values grow, slowly and never out of range.
final class Scatter: Runnable {
    let work: Work
    let implementation: Implementation
    private let data: EmbeddingData
    private let pool: WorkerPool
    private let function: assay_scatter_function
    private let jobs: Buffer<assay_scatter>
    private let seed: UInt64
    private var set = 0
    private var isFresh = true
    /// Called with the first table's rows before they are compared: for tests, which must be able to spoil them.
    var tamper: ((UnsafeMutablePointer<Float>) -> Void)?

    init(
        _ data: EmbeddingData, work: Work, _ pool: WorkerPool, seed: UInt64, instructionSet: String?
    ) throws(KernelError) {
        let variant = try Variant.choose(instructionSet) { assay_scatter_variant($0) }
        function = variant.function
        implementation = .own(variant.name)
        jobs = try Buffer(count: data.tables.count)
        assay_fill_f32(data.output.start, data.output.count, seed, Input.gradients.first)
        for (number, table) in data.tables.enumerated() {
            let job = table.job(data.output(number))
            jobs.start[number] = assay_scatter(
                table: UnsafeMutableRawPointer(table.rows.start).assumingMemoryBound(to: Float.self),
                indices: job.indices, offsets: job.offsets, weights: job.weights, gradients: data.output(number),
                dimension: job.dimension, batch: job.batch)
        }
        self.data = data
        self.work = work
        self.pool = pool
        self.seed = seed
    }

    func run(iterations: Int) {
        isFresh = false
        set = assay_scatter_run(pool.pointer, function, jobs.start, jobs.count, data.sets, set, iterations)
    }

    var pages: PageUse? { data.pages }

    /// One iteration over fresh tables; then every row that was added to against the reference, and its neighbours, which
    /// must be untouched.
    func check() -> Check {
        if !isFresh {
            for table in data.tables { table.fillRows(pool, seed) }
        }
        set = 0
        run(iterations: 1)
        if let first = data.tables.first {
            tamper?(UnsafeMutableRawPointer(first.rows.start).assumingMemoryBound(to: Float.self))
        }
        do throws(KernelError) {
            var deviation = Deviation()
            var most = 0
            for (number, table) in data.tables.enumerated() {
                let adds = ScatterCheck(table, gradients: data.output(number), seed: seed)
                most = max(most, try adds.compare(&deviation))
            }
            return deviation.check(
                bound: ErrorBound.element(terms: most + 2, .f32), coverage: "all rows added to, and their neighbours")
        } catch {
            return .impossible(error.description)
        }
    }
}

/// What one iteration must have added to a table.
struct ScatterCheck {
    private let table: EmbeddingTable
    private let gradients: UnsafePointer<Float>
    private let seed: UInt64
    /// Lookups of the first set with their bags, by row.
    private let adds: [(row: Int, lookup: Int, bag: Int)]

    init(_ table: EmbeddingTable, gradients: UnsafePointer<Float>, seed: UInt64) {
        self.table = table
        self.gradients = gradients
        self.seed = seed
        var adds: [(row: Int, lookup: Int, bag: Int)] = []
        for bag in 0..<table.shape.batch {
            for lookup in Int(table.offsets.start[bag])..<Int(table.offsets.start[bag + 1]) {
                adds.append((Int(table.indices.start[lookup]), lookup, bag))
            }
        }
        self.adds = adds.sorted { ($0.row, $0.lookup) < ($1.row, $1.lookup) }
    }

    /// Compares row by row; returns the largest number of gradients that a row was given.
    func compare(_ deviation: inout Deviation) throws(KernelError) -> Int {
        let dimension = table.shape.dimension
        let sums = try Buffer<Exact>(count: dimension)
        let values = try Buffer<Float>(count: dimension)
        var most = 0
        var next = 0
        var before = -1
        while next < adds.count {
            let row = adds[next].row
            let start = next
            begin(row, sums.start, values.start)
            while next < adds.count, adds[next].row == row {
                let weight = table.shape.isWeighted ? Double(table.weights.start[adds[next].lookup]) : 1
                let gradient = gradients + adds[next].bag * dimension
                for column in 0..<dimension { sums.start[column].add(weight * Double(gradient[column])) }
                next += 1
            }
            compare(row, sums.start, &deviation)
            most = max(most, next - start)
            if row - 1 > before { untouched(row - 1, sums.start, values.start, &deviation) }
            let following = next < adds.count ? adds[next].row : table.table.rows
            if row + 1 < following { untouched(row + 1, sums.start, values.start, &deviation) }
            before = row
        }
        return most
    }

    private func begin(_ row: Int, _ sums: UnsafeMutablePointer<Exact>, _ values: UnsafeMutablePointer<Float>) {
        table.original(row, seed, into: values)
        for column in 0..<table.shape.dimension {
            sums[column] = Exact()
            sums[column].add(Double(values[column]))
        }
    }

    private func compare(_ row: Int, _ sums: UnsafePointer<Exact>, _ deviation: inout Deviation) {
        let bytes = UnsafeRawPointer(table.rows.start) + row * table.shape.rowBytes(.f32)
        for column in 0..<table.shape.dimension {
            deviation.compare(Double(bytes.load(fromByteOffset: 4 * column, as: Float.self)), sums[column])
        }
    }

    /// A neighbour that nothing was added to: exactly as it was.
    private func untouched(
        _ row: Int, _ sums: UnsafeMutablePointer<Exact>, _ values: UnsafeMutablePointer<Float>,
        _ deviation: inout Deviation
    ) {
        begin(row, sums, values)
        let bytes = UnsafeRawPointer(table.rows.start) + row * table.shape.rowBytes(.f32)
        for column in 0..<table.shape.dimension {
            let same = bytes.load(fromByteOffset: 4 * column, as: Float.self) == values[column]
            deviation.include(same ? 0 : .infinity)
        }
    }
}
