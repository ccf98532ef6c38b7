/// What one iteration of a workload does, counted, not estimated.
public struct Work: Codable, Sendable, Equatable {
    /// Floating-point (or integer) operations; a multiply-add counts as two.
    public var flops: Double
    /// Bytes that must cross between memory and core at least once: operands read and results written.
    public var bytes: Double
    /// Rows gathered (embedding, random rows) or loads chased (latency); 0 elsewhere.
    public var lookups: Double
    /// Bytes that are allocated at most: operands, results, indices, and copies in the layout that a library wants.
    public var footprint: Int

    public init(flops: Double, bytes: Double, lookups: Double, footprint: Int) {
        self.flops = flops
        self.bytes = bytes
        self.lookups = lookups
        self.footprint = footprint
    }
}

/// Why a shape cannot be worked on.
public enum ShapeError: Error, Equatable, CustomStringConvertible {
    /// A size is zero, negative or contradicts another; `key` names it.
    case invalid(key: String, problem: String)
    /// The number of bytes or operations does not fit in 63 bits.
    case overflow

    public var description: String {
        switch self {
        case .invalid(let key, let problem): "\(key): \(problem)"
        case .overflow: "the sizes multiply to more than 2^63 bytes or operations"
        }
    }
}

extension Shape {
    /// Loads a pointer chase makes, and multiply-adds per chain a peak loop makes, in one iteration: enough for the
    /// call around it to vanish, few enough to time in batches.
    public static let chaseLoads = 1 << 16
    public static let peakSteps = 1 << 16

    /// Operations, bytes and memory of one iteration with elements of `type`.
    ///
    /// Every product is checked before anything is allocated. A peak loop's operations depend on the variant that runs
    /// (chains × lanes), those of cache reads on the number of threads: its `Runnable` states them.
    public func work(_ type: DataType) throws(ShapeError) -> Work {
        switch self {
        case .matmul(let s):
            try positive(("m", s.m), ("n", s.n), ("k", s.k), ("batch", s.batch))
            let bytes = try operandBytes(
                type, left: product(s.batch, s.m, s.k), right: product(s.batch, s.k, s.n),
                result: product(s.batch, s.m, s.n))
            return try counted(flops: product(2, s.batch, s.m, s.n, s.k), bytes: bytes)
        case .convolution(let s):
            return try convolutionWork(s, type)
        case .embedding(let s): return try s.work(type)
        case .rowGather(let s): return try s.gatherWork(type)
        case .streamCopy(let s), .streamScale(let s): return try s.streamWork(type, arrays: 2, flops: isCopy ? 0 : 1)
        case .streamAdd(let s): return try s.streamWork(type, arrays: 3, flops: 1)
        case .streamTriad(let s): return try s.streamWork(type, arrays: 3, flops: 2)
        case .cacheRead(let s): return try s.work()
        case .pointerChase(let s): return try s.chaseWork()
        case .peak, .null: return Work(flops: 0, bytes: 0, lookups: 0, footprint: 0)
        }
    }

    private var isCopy: Bool { if case .streamCopy = self { true } else { false } }

    private func convolutionWork(_ s: ConvolutionShape, _ type: DataType) throws(ShapeError) -> Work {
        try positive(
            ("batch", s.batch), ("channels", s.channels), ("height", s.height), ("width", s.width),
            ("filters", s.filters), ("filterHeight", s.filterHeight), ("filterWidth", s.filterWidth),
            ("stride", s.stride))
        guard s.padding >= 0 else { throw .invalid(key: "padding", problem: "\(s.padding) is negative") }
        _ = try sum(s.height, product(2, s.padding))
        _ = try sum(s.width, product(2, s.padding))
        guard s.outputHeight > 0, s.outputWidth > 0 else {
            throw .invalid(key: "filterHeight", problem: "the filter is larger than the padded input")
        }
        let outputs = try product(s.batch, s.filters, s.outputHeight, s.outputWidth)
        let taps = try product(s.channels, s.filterHeight, s.filterWidth)
        let source = try product(s.batch, s.channels, s.height, s.width)
        let weights = try product(s.filters, taps)
        let bytes =
            switch s.direction {
            case .forward: try operandBytes(type, left: source, right: weights, result: outputs)
            case .backwardData: try operandBytes(type, left: outputs, right: weights, result: source)
            case .backwardWeights: try operandBytes(type, left: source, right: outputs, result: weights)
            }
        // Operations of all directions are counted alike: every product of the forward one is there once in each.
        // Twice: the library's own layout lies beside the plain one, which the check needs.
        return Work(
            flops: Double(try product(2, outputs, taps)), bytes: Double(bytes), lookups: 0,
            footprint: try product(2, bytes))
    }

    private func operandBytes(_ type: DataType, left: Int, right: Int, result: Int) throws(ShapeError) -> Int {
        guard let types = try operandTypes(type) else { return 0 }
        return try sum(
            product(left, types.left.bytes), product(right, types.right.bytes), product(result, types.result.bytes))
    }

    private func counted(flops: Int, bytes: Int) -> Work {
        Work(flops: Double(flops), bytes: Double(bytes), lookups: 0, footprint: bytes)
    }
}

func positive(_ sizes: (key: String, value: Int)...) throws(ShapeError) {
    for size in sizes where size.value < 1 {
        throw .invalid(key: size.key, problem: "\(size.value) is not a positive whole number")
    }
}

func product(_ factors: Int...) throws(ShapeError) -> Int {
    var result = 1
    for factor in factors {
        let (value, overflow) = result.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw .overflow }
        result = value
    }
    return result
}

func sum(_ terms: Int...) throws(ShapeError) -> Int {
    var result = 0
    for term in terms {
        let (value, overflow) = result.addingReportingOverflow(term)
        guard !overflow else { throw .overflow }
        result = value
    }
    return result
}
