public import Statistics

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Two runs held against each other, metric by metric. JSON schema `assay.comparison/1`.
public struct Comparison: Codable, Sendable, Equatable {
    public static let schema = "assay.comparison/1"
    public var schema = Comparison.schema
    /// The runs that are compared with; several are runs of one state, and tell how much runs differ.
    public var base: [RunReference]
    public var new: RunReference
    public var relation: Relation
    /// What is not the same: to be read before any ratio.
    public var differences: [Difference]
    /// What the user named as the thing compared.
    public var acknowledged: [Subject]
    public var rule: DecisionRule
    public var pairs: [Pair]
    /// What a reader should know of the whole: too few processes, baselines that differ among themselves.
    public var warnings: [String]

    /// Whether one machine changed, or two machines are compared.
    public enum Relation: String, Codable, Sendable { case runs, machines }

    public init(
        base: [RunReference], new: RunReference, relation: Relation, differences: [Difference],
        acknowledged: [Subject], rule: DecisionRule, pairs: [Pair], warnings: [String] = []
    ) {
        self.base = base
        self.new = new
        self.relation = relation
        self.differences = differences
        self.acknowledged = acknowledged
        self.rule = rule
        self.pairs = pairs
        self.warnings = warnings
    }

    public func count(_ verdict: Verdict) -> Int { pairs.count { $0.verdict == verdict } }
    /// Differences that were not named by the user.
    public var unacknowledged: [Difference] { differences.filter { !acknowledged.contains($0.subject) } }
}

/// Which run: enough to find it again and to name it in a sentence.
public struct RunReference: Codable, Sendable, Equatable {
    /// The bundle's id.
    public var id: String
    /// What the user called it: a baseline's name, a directory; the id where nothing was said.
    public var name: String
    public var created: Date
    public var suite: String
    /// `AMD EPYC 9R14, 2 cores`.
    public var machine: String
    public var tool: Tool
    /// Fewest and most processes of a measured case.
    public var processes: [Int]

    public init(
        id: String, name: String, created: Date, suite: String, machine: String, tool: Tool, processes: [Int]
    ) {
        self.id = id
        self.name = name
        self.created = created
        self.suite = suite
        self.machine = machine
        self.tool = tool
        self.processes = processes
    }
}

/// By which rule a comparison was decided.
public struct DecisionRule: Codable, Sendable, Equatable {
    /// Expected share of false calls among all calls (Benjamini & Hochberg).
    public var falseDiscoveryRate: Double
    /// Confidence of the intervals.
    public var level: Double
    /// Probability with which the smallest effect that is named would be found.
    public var power: Double
    /// Tests that the probabilities were adjusted for: metrics that could be tested.
    public var tests: Int
    /// Whether the processes of both sides were measured interleaved, in one run.
    public var isInterleaved: Bool
    public var seed: UInt64

    public init(
        falseDiscoveryRate: Double, level: Double, power: Double, tests: Int, isInterleaved: Bool, seed: UInt64
    ) {
        self.falseDiscoveryRate = falseDiscoveryRate
        self.level = level
        self.power = power
        self.tests = tests
        self.isInterleaved = isInterleaved
        self.seed = seed
    }
}

extension Comparison {
    /// One metric of one case on both sides.
    public struct Pair: Codable, Sendable, Equatable {
        /// As the new run has it; as the base has it where the new run does not.
        public var `case`: Case
        /// As the base has it, where that is anything else: what an acknowledged difference compares, in full.
        public var baseCase: Case?
        public var metric: String
        public var unit: String
        public var better: Metric.Direction
        public var base: Side?
        public var new: Side?
        public var change: Change?
        /// Probability of so large a change in this direction, if the true one were at most `margin.null`.
        public var p: Double?
        /// Adjusted for all metrics that were tested, regressions and improvements each as a family of their own.
        public var pAdjusted: Double?
        public var margin: Margin?
        public var runNoise: RunNoise?
        /// Smallest change that these numbers of processes find with the rule's power, |log ratio|.
        public var smallestEffect: Double?
        /// Further processes a side that would decide, if the change is what it seems; absent where none would.
        public var furtherProcesses: Int?
        public var verdict: Verdict
        /// Why the verdict is what it is, where that is not plain from the numbers.
        public var reason: String?
        /// What of the configuration differs and may have caused it.
        public var likelyCauses: [String]
        /// What fresh processes said, where the verdict was to be confirmed.
        public var confirmation: Confirmation?

        public init(
            case: Case, metric: String, unit: String, better: Metric.Direction, base: Side?, new: Side?,
            verdict: Verdict, reason: String? = nil
        ) {
            self.case = `case`
            self.metric = metric
            self.unit = unit
            self.better = better
            self.base = base
            self.new = new
            self.verdict = verdict
            self.reason = reason
            likelyCauses = []
        }
    }

    /// What one side measured.
    public struct Side: Codable, Sendable, Equatable {
        public var value: Double
        public var interval: Interval?
        /// Processes behind it, over all runs of this side.
        public var processes: Int
        public var status: Status

        public init(value: Double, interval: Interval?, processes: Int, status: Status) {
            self.value = value
            self.interval = interval
            self.processes = processes
            self.status = status
        }
    }

    /// From base to new.
    public struct Change: Codable, Sendable, Equatable {
        /// new ÷ base.
        public var ratio: Double
        /// Bootstrap interval of that ratio over processes and their samples; it holds no between-run variation.
        public var interval: Interval?

        public init(ratio: Double, interval: Interval?) {
            self.ratio = ratio
            self.interval = interval
        }

        /// −0.073 for 7.3 % less.
        public var relative: Double { ratio - 1 }
    }

    /// How much of a change is none, as |log ratio|.
    public struct Margin: Codable, Sendable, Equatable {
        public enum Source: String, Codable, Sendable { case standard, option, policy, noiseFloor }
        /// max(minimum effect, noise floor): within it two values are equivalent.
        public var value: Double
        /// Which of the two it is, and where it was said.
        public var source: Source
        /// The smallest change that anybody cares about.
        public var minimumEffect: Double
        /// What a change must exceed beyond doubt: the minimum effect where somebody asked for it, else 0.
        public var null: Double
        /// Largest |log ratio| seen between runs of the same thing here; absent where nobody looked.
        public var noiseFloor: Double?

        public init(value: Double, source: Source, minimumEffect: Double, null: Double, noiseFloor: Double?) {
            self.value = value
            self.source = source
            self.minimumEffect = minimumEffect
            self.null = null
            self.noiseFloor = noiseFloor
        }
    }

    /// What runs of the same thing differ by beyond their processes, as a standard deviation of the log value.
    public struct RunNoise: Codable, Sendable, Equatable {
        public enum Source: String, Codable, Sendable {
            /// Both sides were measured interleaved: what moves a run moves both.
            case interleaved
            /// From A/A runs on this machine.
            case noiseFloor
            /// From the runs of the baseline.
            case baselines
            /// Nobody looked: a share of what processes differ by.
            case assumed
        }
        public var deviation: Double
        /// Degrees of freedom of that estimate; absent where it is none.
        public var freedom: Double?
        public var source: Source

        public init(deviation: Double, freedom: Double?, source: Source) {
            self.deviation = deviation
            self.freedom = freedom
            self.source = source
        }
    }

    /// The same cases again, in fresh processes; never pooled with the first.
    public struct Confirmation: Codable, Sendable, Equatable {
        public var held: Bool
        public var verdict: Verdict
        public var change: Change?
        public var pAdjusted: Double?

        public init(held: Bool, verdict: Verdict, change: Change?, pAdjusted: Double?) {
            self.held = held
            self.verdict = verdict
            self.change = change
            self.pAdjusted = pAdjusted
        }
    }
}
