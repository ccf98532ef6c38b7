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

extension Plan {
    /// Library files as they were named, which is how they are loaded.
    public var libraryPaths: Set<String> {
        Set(libraries.values).union((settings ?? []).flatMap(\.libraries.values))
    }

    /// As it may stand in a bundle: no folder in it is named after a person.
    public var published: Plan {
        var plan = self
        plan.libraries = libraries.mapValues { PublishedPath.of($0) }
        plan.environment = environment?.mapValues { PublishedPath.list($0) }
        return plan
    }

    /// A plan from a bundle as it can be run here.
    ///
    /// - Parameter named: by the name of the backend, files that are taken where the bundle holds no folder of a file of
    ///   that name.
    /// - Returns: also the names of backends whose library's folder is not known.
    public func here(named: [String: String] = [:]) -> (plan: Plan, missing: [String]) {
        var plan = self
        var missing: [String] = []
        for (backend, path) in libraries {
            let file = path.split(separator: "/").last
            let other = named[backend].flatMap { $0.split(separator: "/").last == file ? $0 : nil }
            plan.libraries[backend] = PublishedPath.here(path) ?? other ?? path
            if PublishedPath.here(path) == nil, other == nil { missing.append(backend) }
        }
        plan.environment = environment?.mapValues { PublishedPath.listHere($0) }
        return (plan, missing.sorted())
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

    /// Most processes of a case.
    public static let mostProcesses = 1000
    /// The same of an A/A, whose pairs are repetitions of the suite's number: 500 pairs of twenty.
    public static let mostNoiseProcesses = 20_000
    /// What holds for these rules.
    public var processBound: Int { noisePairs == nil ? Self.mostProcesses : Self.mostNoiseProcesses }

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
