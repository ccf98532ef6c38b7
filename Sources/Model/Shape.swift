/// Sizes of one workload, by kernel. JSON: one flat object, its keys told apart by `Case.kernel`.
public enum Shape: Sendable, Equatable, Hashable {
    case matmul(MatmulShape)
    case convolution(ConvolutionShape)
    case embedding(EmbeddingShape)
    /// The rows that an embedding lookup of the same shape would read, and nothing done with them.
    case rowGather(EmbeddingShape)
    case streamCopy(BufferShape)
    case streamScale(BufferShape)
    case streamAdd(BufferShape)
    case streamTriad(BufferShape)
    case cacheRead(CacheShape)
    case pointerChase(BufferShape)
    /// Registers only: there is no size.
    case peak(PeakShape)
    /// What a null workload is told to do: sleep, spin, crash. For tests.
    case null(NullShape)
}

/// C[m×n] = A[m×k] · B[k×n], row-major, `batch` times side by side.
public struct MatmulShape: Sendable, Hashable {
    public var m: Int
    public var n: Int
    public var k: Int
    /// Products of this size, each with matrices of its own.
    public var batch: Int
    /// A lies in memory as k × m.
    public var transposeA: Bool
    /// B lies in memory as n × k.
    public var transposeB: Bool
    /// Of A in int8, where it is not the usual one.
    public var sourceType: ElementType?
    /// Of C, where it is not the usual one.
    public var resultType: ElementType?

    public init(
        m: Int, n: Int, k: Int, batch: Int = 1, transposeA: Bool = false, transposeB: Bool = false,
        sourceType: ElementType? = nil, resultType: ElementType? = nil
    ) {
        self.m = m
        self.n = n
        self.k = k
        self.batch = batch
        self.transposeA = transposeA
        self.transposeB = transposeB
        self.sourceType = sourceType
        self.resultType = resultType
    }
}

/// Convolution: source [batch, channels, height, width], weights [filters, channels, filterHeight, filterWidth], destination
/// [batch, filters, outputHeight, outputWidth]. Its direction says which of the three is computed from the other two.
public struct ConvolutionShape: Sendable, Hashable {
    public enum Direction: String, Codable, Sendable, CaseIterable {
        /// The destination, as in inference.
        case forward
        /// The gradient of the source.
        case backwardData
        /// The gradient of the weights.
        case backwardWeights
    }
    public var batch: Int
    public var channels: Int
    public var height: Int
    public var width: Int
    public var filters: Int
    public var filterHeight: Int
    public var filterWidth: Int
    public var stride: Int
    public var padding: Int
    public var direction: Direction
    /// Of the source in int8, where it is not the usual one.
    public var sourceType: ElementType?
    /// Of what is computed, where it is not the usual one.
    public var resultType: ElementType?

    public init(
        batch: Int, channels: Int, height: Int, width: Int, filters: Int, filterHeight: Int, filterWidth: Int,
        stride: Int, padding: Int, direction: Direction = .forward, sourceType: ElementType? = nil,
        resultType: ElementType? = nil
    ) {
        self.batch = batch
        self.channels = channels
        self.height = height
        self.width = width
        self.filters = filters
        self.filterHeight = filterHeight
        self.filterWidth = filterWidth
        self.stride = stride
        self.padding = padding
        self.direction = direction
        self.sourceType = sourceType
        self.resultType = resultType
    }

    /// ⌊(height + 2·padding − filterHeight) / stride⌋ + 1; 0 where the filter does not fit.
    public var outputHeight: Int { Self.output(height, filterHeight, stride, padding) }
    public var outputWidth: Int { Self.output(width, filterWidth, stride, padding) }

    private static func output(_ size: Int, _ filter: Int, _ stride: Int, _ padding: Int) -> Int {
        let room = size + 2 * padding - filter
        return room < 0 || stride < 1 ? 0 : room / stride + 1
    }
}

/// What a null workload does; each iteration takes `nanoseconds`.
public struct NullShape: Codable, Sendable, Hashable {
    public enum Fault: String, Codable, Sendable, CaseIterable {
        case none, wrong, crash, hang, allocate, exit
    }
    public var nanoseconds: Int
    public var fault: Fault

    public init(nanoseconds: Int, fault: Fault) {
        self.nanoseconds = nanoseconds
        self.fault = fault
    }
}
