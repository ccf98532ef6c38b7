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
    /// The best instruction set that may be used; `nil` for the best there is.
    public var instructionSet: String?
    /// What to do with a scenario; `nil` for a case whose iterations are sampled in batches.
    public var traffic: TrafficOrder?
    /// Variables that the worker is started with, beside those that are always set.
    public var environment: [String: String]?

    public init(
        planned: Case, seed: UInt64, rules: Rules, clockReadCost: Double, libraries: [String: String] = [:],
        instructionSet: String? = nil, traffic: TrafficOrder? = nil
    ) {
        self.traffic = traffic
        self.planned = planned
        self.seed = seed
        self.rules = rules
        self.clockReadCost = clockReadCost
        self.libraries = libraries
        self.instructionSet = instructionSet
    }
}

/// What a worker tells: lines of JSON on its standard output, in this order, none of them inside a timed region.
public enum WorkerEvent: Codable, Sendable, Equatable {
    case ready(WorkerSetUp)
    case checked(check: Check)
    /// Timed work is about to begin: now is the moment to read a meter.
    case begins
    case samples(timings: [Timing])
    /// When, on the clock, batches ran one after the other; told once sampling is over, before `finished`.
    case timed(windows: [ClockWindow])
    /// A step of the search for a rate, as it happens.
    case probed(probe: RateProbe)
    /// What the scenario came to; told before its samples.
    case traffic(report: Traffic)
    case finished(sampling: Sampling, usage: WorkerUsage)
    case skipped(reason: String)
    case failed(reason: String)
}

extension WorkerEvent {
    /// Whether timed work is about to begin, has just ended, or pauses for a look at its samples.
    var isEdgeOfTimedWork: Bool {
        switch self {
        case .begins, .samples, .timed, .traffic: true
        case .ready, .checked, .probed, .finished, .skipped, .failed: false
        }
    }
}

/// Nanoseconds of CLOCK_MONOTONIC_RAW, which is the same in all processes of a machine.
public struct ClockWindow: Codable, Sendable, Equatable {
    public var start: UInt64
    public var end: UInt64

    public init(start: UInt64, end: UInt64) {
        self.start = start
        self.end = end
    }

    /// A stretch of batches that has just ended at `end`. Between batches lies nothing but two readings of the clock.
    init(endingAt end: UInt64, _ stretch: ArraySlice<Timing>) {
        let seconds = stretch.reduce(0) { $0 + $1.seconds }
        self.init(start: end &- UInt64(min(max(seconds, 0), 1e9) * 1e9), end: end)
    }

    /// On the run's clock.
    ///
    /// - Parameter start: the reading at which the run's clock stood at `elapsed` seconds.
    func onRunClock(start origin: UInt64, elapsed: Double) -> TimedWindow {
        func seconds(_ moment: UInt64) -> Double { elapsed + Double(Int64(bitPattern: moment &- origin)) * 1e-9 }
        return TimedWindow(start: max(seconds(start), 0), end: max(seconds(end), 0))
    }
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
    public var reorder: ReorderCost?

    public init(
        work: Work, implementation: Implementation, seconds: Double, boundTo: [Int]?, notes: [String],
        pages: PageUse? = nil, reorder: ReorderCost? = nil
    ) {
        self.reorder = reorder
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
    public var minorFaults: Int?
    /// Times its threads were moved, and seconds in which they were ready to run and did not; absent where the kernel does
    /// not tell.
    public var migrations: Int?
    public var waitingSeconds: Double?

    public init(
        cpuSeconds: Double, samplingSeconds: Double, peakMemory: UInt64, involuntarySwitches: Int, majorFaults: Int,
        minorFaults: Int? = nil, migrations: Int? = nil, waitingSeconds: Double? = nil
    ) {
        self.minorFaults = minorFaults
        self.migrations = migrations
        self.waitingSeconds = waitingSeconds
        self.cpuSeconds = cpuSeconds
        self.samplingSeconds = samplingSeconds
        self.peakMemory = peakMemory
        self.involuntarySwitches = involuntarySwitches
        self.majorFaults = majorFaults
    }
}
