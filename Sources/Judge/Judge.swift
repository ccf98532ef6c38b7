public import Model
import Statistics

/// Holds runs against each other and says of each metric what may be said.
public enum Judge {
    /// How a comparison is made.
    public struct Options: Sendable {
        /// The smallest change that counts, as a share, where no policy says otherwise.
        public var minimumEffect = Options.standardEffect
        public var policy = Policy()
        /// Whether `minimumEffect` was given by the user.
        public var isEffectGiven = false
        /// Differences that are the thing compared, beside those that the policy names.
        public var acknowledged: Set<Subject> = []
        /// `nil`: two machines where the processors or their numbers differ.
        public var relation: Comparison.Relation?
        /// Both sides were measured interleaved in one run, so that nothing moved one of them alone.
        public var isInterleaved = false
        /// In the place of what the runs carry.
        public var noiseFloor: NoiseFloor?
        /// Only these cases, by identity; all where it is `nil`.
        public var cases: Set<String>?
        public var falseDiscoveryRate = 0.05
        public var level = 0.95
        public var power = 0.95
        /// Resamples for the intervals; 0 for none.
        public var resamples = 1000
        public var seed: UInt64 = 0x5EED

        /// 1 %: what the sampling aims at within a process.
        public static let standardEffect = 0.01

        public init() {}
    }

    /// - Parameter base: runs of one state; several tell how much its runs differ.
    public static func compare(base: [Recording], new: Recording, options: Options = Options()) -> Comparison {
        compare(base: base.map { RunValues($0) }, new: RunValues(new), options: options)
    }

    /// The same from values that were kept elsewhere.
    public static func compare(base: [RunValues], new: RunValues, options: Options = Options()) -> Comparison {
        let acknowledged = options.acknowledged.union(options.policy.acknowledged)
        let differences = RunDifferences.between(base, new)
        let relation = options.relation ?? RunDifferences.relation(differences)
        let floor = options.noiseFloor ?? new.noiseFloor.value ?? base.lazy.compactMap(\.noiseFloor.value).first
        let pairing = Pairing(
            base: base, new: new, floor: floor, options: options, acknowledged: acknowledged, relation: relation)
        var drafts = pairing.drafts()
        let tests = drafts.count { $0.decision != nil }
        adjust(&drafts)
        let verdicts = Verdicts(options: options, relation: relation, tests: tests, differences: differences)
        return Comparison(
            base: base.map(\.reference), new: new.reference, relation: relation,
            differences: differences + pairing.caseDifferences(drafts).filter { !differences.contains($0) },
            acknowledged: acknowledged.sorted { $0.rawValue < $1.rawValue },
            rule: DecisionRule(
                falseDiscoveryRate: options.falseDiscoveryRate, level: options.level, power: options.power,
                tests: tests, isInterleaved: options.isInterleaved, seed: options.seed),
            pairs: drafts.map(verdicts.pair),
            warnings: Warnings.all(base: base, new: new, drafts: drafts, floor: floor, options: options, tests: tests))
    }
}

extension Judge {
    /// Regressions are one family of tests, improvements another: a gate is asked about the first, and whoever looks for the
    /// second should not make it less sharp.
    private static func adjust(_ drafts: inout [Draft]) {
        let tested = drafts.indices.filter { drafts[$0].decision != nil }
        let worse = Many.adjusted(tested.map { drafts[$0].decision?.worse ?? 1 })
        let better = Many.adjusted(tested.map { drafts[$0].decision?.better ?? 1 })
        for (place, index) in tested.enumerated() { drafts[index].pAdjusted = min(worse[place], better[place]) }
    }
}

/// A pair on its way to a verdict.
struct Draft {
    var pair: Comparison.Pair
    /// Absent for what cannot be tested; then the pair has its verdict already.
    var decision: Decision?
    var pAdjusted: Double?
    /// In what the pair differs, acknowledged or not.
    var differences: [Difference] = []
}
