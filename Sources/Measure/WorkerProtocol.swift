public import Model

/// What a worker is told: one line of JSON on its standard input, which then stays open. Its end means that the
/// coordinator is gone, and the worker goes too.
public struct WorkerJob: Codable, Sendable, Equatable {
    public var planned: Case
    public var seed: UInt64
    public var rules: Rules
    /// Seconds, from the coordinator's measurement.
    public var clockReadCost: Double
    /// Library files by backend.
    public var libraries: [String: String]

    public init(planned: Case, seed: UInt64, rules: Rules, clockReadCost: Double, libraries: [String: String] = [:]) {
        self.planned = planned
        self.seed = seed
        self.rules = rules
        self.clockReadCost = clockReadCost
        self.libraries = libraries
    }
}

/// What a worker tells: lines of JSON on its standard output, in this order, none of them inside a timed region.
public enum WorkerEvent: Codable, Sendable, Equatable {
    case ready(WorkerSetUp)
    case checked(check: Check)
    case samples(timings: [Timing])
    case finished(sampling: Sampling, usage: WorkerUsage)
    case skipped(reason: String)
    case failed(reason: String)
}

public struct WorkerSetUp: Codable, Sendable, Equatable {
    public var work: Work
    public var implementation: Implementation
    /// Seconds from the start of the process.
    public var seconds: Double
    /// Where binding was refused, `notes` says why.
    public var boundTo: [Int]?
    public var notes: [String]
    /// On which pages the operands lie, where that matters.
    public var pages: PageUse?

    public init(
        work: Work, implementation: Implementation, seconds: Double, boundTo: [Int]?, notes: [String],
        pages: PageUse? = nil
    ) {
        self.work = work
        self.implementation = implementation
        self.seconds = seconds
        self.boundTo = boundTo
        self.notes = notes
        self.pages = pages
    }
}

/// What the process used, from getrusage.
public struct WorkerUsage: Codable, Sendable, Equatable {
    /// User and system time of all its threads, seconds.
    public var cpuSeconds: Double
    /// Seconds that sampling took.
    public var samplingSeconds: Double
    /// Bytes.
    public var peakMemory: UInt64
    /// During sampling only.
    public var involuntarySwitches: Int
    public var majorFaults: Int

    public init(
        cpuSeconds: Double, samplingSeconds: Double, peakMemory: UInt64, involuntarySwitches: Int, majorFaults: Int
    ) {
        self.cpuSeconds = cpuSeconds
        self.samplingSeconds = samplingSeconds
        self.peakMemory = peakMemory
        self.involuntarySwitches = involuntarySwitches
        self.majorFaults = majorFaults
    }
}

/// Variables that decide how many threads a library starts and where they run; set before any library is loaded.
public enum WorkerEnvironment {
    /// Families of variables that would otherwise leak in from the user's shell and change what is measured.
    static let controlled = ["OMP_", "GOMP_", "KMP_", "OPENBLAS_", "GOTO_", "BLIS_", "MKL_", "DNNL_", "ONEDNN_"]

    /// - Returns: variables to set, or to remove where the value is `nil`.
    public static func changes(for planned: Case, inherited: some Swift.Sequence<String>) -> [String: String?] {
        var changes: [String: String?] = [:]
        for name in inherited where controlled.contains(where: { name.hasPrefix($0) }) {
            changes.updateValue(nil, forKey: name)
        }
        let threads = "\(planned.threads)"
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"] {
            changes[name] = threads
        }
        // A crash is a result here: the signal is enough, and symbolising a backtrace takes most of a second.
        changes["SWIFT_BACKTRACE"] = "enable=no"
        changes["OMP_DYNAMIC"] = "false"
        changes["OMP_PROC_BIND"] = "true"
        // Threads wait for work by spinning: waking them costs more than a short kernel takes.
        changes["OMP_WAIT_POLICY"] = "active"
        if !planned.placement.processingUnits.isEmpty {
            changes["OMP_PLACES"] = planned.placement.processingUnits.map { "{\($0)}" }.joined(separator: ",")
        }
        return changes
    }
}
