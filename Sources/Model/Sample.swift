/// One timed observation: a batch of iterations. A line of `samples.jsonl`.
public struct Sample: Codable, Sendable, Equatable {
    /// Identity of the case.
    public var `case`: String
    /// Which process of that case; with `case` and `index` it names the sample for ever.
    public var process: Int
    /// From 0 in the order taken.
    public var index: Int
    /// Duration of the whole batch.
    public var seconds: Double
    public var iterations: Int

    public init(case: String, process: Int, index: Int, seconds: Double, iterations: Int) {
        self.case = `case`
        self.process = process
        self.index = index
        self.seconds = seconds
        self.iterations = iterations
    }
}

/// One process of a case: what it did and how it ended.
public struct ProcessRecord: Codable, Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// Sampling ended by its rule.
        case completed(StopReason)
        /// Not run to its end because this machine cannot run it; says why.
        case skipped(String)
        /// A wrong result, a signal, a hang, an error; says which.
        case failed(String)
        /// The run ended before this process did. What it had measured is kept and counts for nothing.
        case interrupted
    }

    public var `case`: String
    public var process: Int
    /// Position in the whole run, from 0; processes of all cases are interleaved.
    public var order: Int
    /// Seconds from the start of the run.
    public var started: Double
    public var ended: Double
    public var outcome: Outcome
    /// Samples taken before the process was warm: the first `warmup` of its samples.
    public var warmup: Int
    /// Samples taken in all.
    public var samples: Int
    /// |lag-1| over the samples after warm-up reached the bound for independence.
    public var seriallyDependent: Bool
    /// The figures behind that, and the runs test.
    public var dependence: Dependence?
    public var work: Work?
    public var implementation: Implementation?
    public var check: Check?
    /// Seconds of sampling it was granted: the rule's, or its share of what a time limit left.
    public var budget: Double?
    /// Seconds that sampling took.
    public var sampling: Double?
    /// When, on the run's clock, its batches ran one after the other; warm-up is in there. Absent in older records.
    public var windows: [TimedWindow]?
    /// Seconds the process spent before its first timed batch: allocation, inputs, library, check.
    public var setUp: Double?
    /// Cost of bringing operands into the library's layout, measured once in set-up; absent where there was none.
    public var reorder: ReorderCost?
    /// Peak resident memory of the process, bytes.
    public var peakMemory: UInt64?
    /// On which pages its operands lay; absent for workloads to which that is of no matter.
    public var pages: PageUse?
    /// Processing units it was bound to; absent when binding was refused, with the reason in `notes`.
    public var boundTo: [Int]?
    /// What happened around it while it ran.
    public var interference: Interference?
    /// Canaries before and after it; absent where none were run.
    public var canaries: [CanaryPair]?
    /// Number of the disturbed process of the same case in whose place it was run.
    public var replaces: Int?
    /// What disturbed it, as the judge finds; absent for a quiet one.
    public var disturbed: [Disturbance]?
    /// Why it does not count although it ran to its end; absent for one that counts.
    public var excluded: Exclusion?
    /// What it did in a scenario; absent where iterations were sampled in batches.
    public var traffic: Traffic?
    /// Problems that did not stop it.
    public var notes: [String]

    public init(case: String, process: Int, order: Int, started: Double, ended: Double, outcome: Outcome) {
        self.case = `case`
        self.process = process
        self.order = order
        self.started = started
        self.ended = ended
        self.outcome = outcome
        warmup = 0
        samples = 0
        seriallyDependent = false
        notes = []
    }
}

/// JSON: `{"kind": "completed", "stop": "converged"}`, `{"kind": "failed", "reason": "signal 9"}` …
extension ProcessRecord.Outcome: Codable {
    private enum Key: String, CodingKey { case kind, stop, reason }
    private enum Kind: String, Codable { case completed, skipped, failed, interrupted }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self =
            switch try container.decode(Kind.self, forKey: .kind) {
            case .completed: .completed(try container.decode(StopReason.self, forKey: .stop))
            case .skipped: .skipped(try container.decode(String.self, forKey: .reason))
            case .failed: .failed(try container.decode(String.self, forKey: .reason))
            case .interrupted: .interrupted
            }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .completed(let stop):
            try container.encode(Kind.completed, forKey: .kind)
            try container.encode(stop, forKey: .stop)
        case .skipped(let reason):
            try container.encode(Kind.skipped, forKey: .kind)
            try container.encode(reason, forKey: .reason)
        case .failed(let reason):
            try container.encode(Kind.failed, forKey: .kind)
            try container.encode(reason, forKey: .reason)
        case .interrupted:
            try container.encode(Kind.interrupted, forKey: .kind)
        }
    }
}

/// Why sampling ended.
public enum StopReason: String, Codable, Sendable, CaseIterable {
    /// The half-width reached its target.
    case converged
    /// The time for one process was over first.
    case timeCap
    /// The number of samples reached its maximum first.
    case sampleCap
    /// It took as many samples as are worth taking in one process (Kalibera & Jones).
    case enough
    /// The traffic of its scenario was complete: minimum duration and minimum number of queries.
    case traffic
}
