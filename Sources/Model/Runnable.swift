/// A workload made ready to run: what `Kernels` hands to `Measure`, which knows nothing else of it.
///
/// A class, because it owns buffers and handles; used from one thread only, so never Sendable. Set-up happens in the
/// initialiser of the concrete type and may take its time; `run` is the timed part.
public protocol Runnable: AnyObject {
    /// What one iteration does.
    var work: Work { get }
    /// Who really computes: library, version, the implementation it chose.
    var implementation: Implementation { get }
    /// Compares the result with the reference backend's. Called once, before anything is timed, and may run the
    /// workload. The outcome is a value: judging it is the caller's part.
    func check() -> Check
    /// Runs `iterations` iterations. Timed: no allocation, no lock, no log, no Task.
    func run(iterations: Int)
    /// What went wrong in a run, where the computation can tell; asked outside the timed part, after it. A library may
    /// refuse work that it accepted before, and the time that took is no result.
    var failure: String? { get }
    /// On which pages its operands really lie; asked once, when it is ready. `nil` where that is not known or of no matter.
    var pages: PageUse? { get }
    /// What it costs to bring operands into the layout that the library chose; `nil` where it took them as they lie. Not
    /// part of what `run` does.
    var reorder: ReorderCost? { get }
}

extension Runnable {
    public var failure: String? { nil }
    public var pages: PageUse? { nil }
    public var reorder: ReorderCost? { nil }
}

/// Memory as the kernel says it was given, not as it was asked for.
public struct PageUse: Codable, Sendable, Equatable {
    /// Bytes of operands that have been touched.
    public var bytes: Int
    /// Those of them on huge pages.
    public var hugeBytes: Int

    public init(bytes: Int, hugeBytes: Int) {
        self.bytes = bytes
        self.hugeBytes = hugeBytes
    }
}

/// Seconds to bring each operand from plain row-major order into the layout that a library chose, and the one that is the
/// result back; absent for an operand that needs no reorder.
public struct ReorderCost: Codable, Sendable, Equatable {
    public var source: Double?
    public var weights: Double?
    public var destination: Double?

    public init(source: Double? = nil, weights: Double? = nil, destination: Double? = nil) {
        self.source = source
        self.weights = weights
        self.destination = destination
    }
}

/// Who really computed.
public struct Implementation: Codable, Sendable, Equatable, Hashable {
    /// `oneDNN`, `OpenBLAS`, `Assay`.
    public var library: String
    public var version: String
    /// The file that was loaded; absent for our own kernels.
    public var path: String?
    /// What the library says it chose: `brg:avx512_core`, `SkylakeX`; for our own kernels the variant: `avx512f`.
    public var reported: String

    public init(library: String, version: String, path: String?, reported: String) {
        self.library = library
        self.version = version
        self.path = path
        self.reported = reported
    }
}

/// A comparison with the reference.
public struct Check: Codable, Sendable, Equatable {
    /// Largest error found, as a share of the bound's scale: |computed − reference| ÷ (Σ|terms|) over the compared outputs.
    public var error: Double
    /// What the data type and the number of terms allow.
    public var bound: Double
    /// Outputs compared one by one.
    public var compared: Int
    /// How the rest is covered: `all outputs`, `random projection over all outputs`, …
    public var coverage: String

    public init(error: Double, bound: Double, compared: Int, coverage: String) {
        self.error = error
        self.bound = bound
        self.compared = compared
        self.coverage = coverage
    }

    /// Whether the result may be published. An error that is not a number never passes.
    public var passes: Bool { error <= bound }
}
