import Model

/// What a ceiling must have in common with a kernel to be the kernel's ceiling: threads, where they and the memory are, and
/// for some the data type or the rows.
struct CeilingKey: Hashable {
    private let kernel: Kernel
    private let threads: Int
    private let node: Int?
    private let memory: Placement.MemoryPolicy
    private let isSpread: Bool
    private let type: DataType?
    private let rows: Rows?

    /// Which rows are read at random; a batch of another size reads them as fast.
    private struct Rows: Hashable {
        let bytes: Int
        let tables: [EmbeddingShape.Table]
        let distribution: EmbeddingShape.Distribution
        let exponent: Double?

        init(_ shape: EmbeddingShape, _ type: DataType) {
            bytes = shape.rowBytes(type)
            // With one table every bag reads the same rows; with several they decide how often each table is asked.
            let isAlone = shape.tables.count == 1
            tables = shape.tables.map { EmbeddingShape.Table(rows: $0.rows, bag: isAlone ? 1 : $0.bag) }
            distribution = shape.distribution
            exponent = shape.exponent
        }
    }

    private init(_ kernel: Kernel, _ planned: Case, type: DataType?, rows: Rows?) {
        self.kernel = kernel
        threads = planned.threads
        node = planned.placement.node
        memory = planned.placement.memory
        isSpread = planned.placement.policy.isSpread
        self.type = type
        self.rows = rows
    }

    /// The ceiling of this kind that a kernel planned so may have.
    init(_ kernel: Kernel, _ planned: Case, type: DataType? = nil) {
        self.init(kernel, planned, type: type, rows: nil)
    }

    /// Under which a measured ceiling is kept; `nil` for what is none, or binds nothing.
    init?(ceiling planned: Case) {
        switch planned.shape {
        case .peak: self.init(.peakCompute, planned, type: planned.dataType)
        case .streamTriad: self.init(.streamTriad, planned)
        case .cacheRead: self.init(.cacheRead, planned)
        case .rowGather(let shape):
            self.init(.rowGather, planned, type: nil, rows: Rows(shape, planned.dataType))
        default: return nil
        }
    }

    /// Random rows for an embedding lookup; `nil` for anything else.
    init?(gatherFor planned: Case) {
        guard case .embedding(let shape) = planned.shape, shape.direction == .forward else { return nil }
        self.init(.rowGather, planned, type: nil, rows: Rows(shape, planned.dataType))
    }
}
