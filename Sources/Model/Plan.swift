/// What will be measured, complete: the same plan with the same seed is the same run.
public struct Plan: Codable, Sendable, Equatable {
    /// Name of the suite, or of the file it came from.
    public var suite: String
    /// Decides the order and the inputs.
    public var seed: UInt64
    public var cases: [Case]
    public var rules: Rules
    /// Cases that were asked for and cannot be run here, each with its reason; they appear in the bundle as skipped.
    public var skipped: [SkippedCase]
    /// What `assay run` was given to make this plan, to be given again: suites, and options that change what is measured.
    public var arguments: [String]
    /// Library files the user named, by backend: they take the place of the usual candidates.
    public var libraries: [String: String]
    /// The best instruction set that may be used (`avx2`); `nil` for the best there is. What really ran is part of each
    /// measurement.
    public var instructionSet: String?
    /// Variables that each process was given; absent where none was.
    public var environment: [String: String]?
    /// Of one side of a live comparison: what it was set to; absent for every other run.
    public var setting: LiveSetting?
    /// Of a live comparison while it is measured: what is interleaved. Absent in every bundle.
    public var settings: [LiveSetting]?

    public init(
        suite: String, seed: UInt64, cases: [Case], rules: Rules, skipped: [SkippedCase],
        libraries: [String: String] = [:], instructionSet: String? = nil, arguments: [String] = []
    ) {
        self.suite = suite
        self.seed = seed
        self.cases = cases
        self.rules = rules
        self.skipped = skipped
        self.libraries = libraries
        self.instructionSet = instructionSet
        self.arguments = arguments
    }
}

public struct SkippedCase: Codable, Sendable, Equatable {
    public var planned: Case
    public var reason: String

    public init(planned: Case, reason: String) {
        self.planned = planned
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case planned = "case"
        case reason
    }
}

/// How long, how often, how precisely.
public struct Rules: Codable, Sendable, Equatable {
    /// Fewest processes per case; at least 6 for an exact 95 % interval of the median.
    public var processes: Int
    /// Most processes per case, replacements of disturbed ones not counted; the fewest are the most where it is absent.
    public var maximumProcesses: Int?
    /// A/A: pairs of repetitions, each of half a pair's processes, that the run is made of; absent for an ordinary run.
    public var noisePairs: Int?
    /// Disturbed processes that may be run again, as a share of all; none where it is absent.
    public var rerunShare: Double?
    /// Seconds of timed work in a process after which it stops, converged or not.
    public var processSeconds: Double
    /// Relative half-width (at 99 %) under which a process has seen enough samples.
    public var sampleTarget: Double
    /// Relative half-width of the printed run-to-run interval (at 95 %) above which a case is `unconverged`.
    public var runTarget: Double
    /// Smallest number of samples in a process.
    public var minimumSamples: Int
    /// Largest number of samples in a process.
    public var maximumSamples: Int
    /// A sample is a batch of iterations that lasts at least this long, seconds.
    public var sampleSeconds: Double
    /// Seconds of silence, beside its sampling time, after which a process is ended: its case failed.
    public var hangSeconds: Double
    /// Seconds for the whole run; `nil` for none.
    public var timeLimit: Double?

    /// Turns the rules into those of an A/A: each case is run so often that it makes up `pairs` pairs.
    public mutating func becomeNoise(pairs: Int) {
        let repetition = processes
        processes = repetition * 2 * pairs
        maximumProcesses = processes
        noisePairs = pairs
    }

    public init(
        processes: Int, processSeconds: Double, sampleTarget: Double, runTarget: Double, minimumSamples: Int,
        maximumSamples: Int, sampleSeconds: Double, hangSeconds: Double, timeLimit: Double?,
        maximumProcesses: Int? = nil, rerunShare: Double? = nil, noisePairs: Int? = nil
    ) {
        self.noisePairs = noisePairs
        self.maximumProcesses = maximumProcesses
        self.rerunShare = rerunShare
        self.processes = processes
        self.processSeconds = processSeconds
        self.sampleTarget = sampleTarget
        self.runTarget = runTarget
        self.minimumSamples = minimumSamples
        self.maximumSamples = maximumSamples
        self.sampleSeconds = sampleSeconds
        self.hangSeconds = hangSeconds
        self.timeLimit = timeLimit
    }
}
