/// A case: workload × backend × scenario × placement. What is planned, and what is matched between runs.
public struct Case: Codable, Sendable, Equatable, Identifiable {
    /// Stable identity: twelve hexadecimal digits over the *declared* workload, backend, scenario and placement. It does
    /// not depend on the machine: what was declared as "all cores" or "4 × last-level cache" keeps its identity where
    /// these come to other numbers, and the judge sees the difference in `threads` and `shape`.
    public var id: String
    /// Name under which a person finds it: `matmul 1024³ f32`.
    public var workload: String
    public var kernel: Kernel
    public var shape: Shape
    public var dataType: DataType
    public var backend: Backend
    public var scenario: Scenario
    public var threads: Int
    public var placement: Placement
    public var cache: CacheState
    /// Bytes of operands that a cold case goes through before it comes back to the first; absent for a warm one.
    public var rotatedBytes: Int?
    /// How work arrives, in numbers; absent where iterations are sampled in batches.
    public var scenarioSettings: ScenarioSettings?

    public init(
        id: String, workload: String, kernel: Kernel, shape: Shape, dataType: DataType, backend: Backend,
        scenario: Scenario, threads: Int, placement: Placement, cache: CacheState = .warm, rotatedBytes: Int? = nil,
        scenarioSettings: ScenarioSettings? = nil
    ) {
        self.id = id
        self.workload = workload
        self.kernel = kernel
        self.shape = shape
        self.dataType = dataType
        self.backend = backend
        self.scenario = scenario
        self.threads = threads
        self.placement = placement
        self.cache = cache
        self.rotatedBytes = rotatedBytes
        self.scenarioSettings = scenarioSettings
    }
}

/// Where an iteration finds its operands.
public enum CacheState: String, Codable, Sendable, CaseIterable {
    /// Where the iteration before left them.
    case warm
    /// In memory: iterations go in turn through more operands than the last-level cache holds.
    case cold
}

public enum Kernel: String, Codable, Sendable, CaseIterable {
    case matmul, convolution, embedding
    /// Ceilings: what the machine can do at most, measured.
    case rowGather, streamCopy, streamScale, streamAdd, streamTriad, cacheRead, pointerChase, peakCompute
    /// Does nothing but what it is told: for tests of the harness itself, never part of a suite.
    case null
}

public enum DataType: String, Codable, Sendable, CaseIterable {
    case f64, f32, f16, bf16, int8

    /// Bytes of one element.
    public var bytes: Int {
        switch self {
        case .f64: 8
        case .f32: 4
        case .f16, .bf16: 2
        case .int8: 1
        }
    }
}

/// Who computes.
public enum Backend: String, Codable, Sendable, CaseIterable {
    case reference, simd, onednn, cblas, cuda
}

/// How work arrives.
public enum Scenario: String, Codable, Sendable, CaseIterable {
    case offline, singleStream, multiStream, server
}
