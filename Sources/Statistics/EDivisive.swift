/// Where the distribution of a series changes, how often it may: hierarchical division by the energy distance.
///
/// Source: Matteson & James, A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data, Journal of
/// the American Statistical Association 109 (2014), with exponent 1. As in Hunter (Fleming et al., ICPE 2023) and in
/// MongoDB's use of it, the second part of a split reaches to the end of its segment.
public enum EDivisive {
    public struct Rules: Sendable, Equatable {
        /// Probability up to which a division is made.
        public var level: Double
        /// Observations that a segment has at least: a change must persist so long.
        public var least: Int
        /// Permutations of the first look; a division that needs a smaller p gets more.
        public var permutations: Int
        /// Permutations at most.
        public var most: Int
        public var seed: UInt64

        public init(level: Double = 0.05, least: Int = 3, permutations: Int = 199, most: Int = 12_799, seed: UInt64 = 1)
        {
            self.level = level
            self.least = max(least, 2)
            self.permutations = max(permutations, 19)
            self.most = max(most, permutations)
            self.seed = seed
        }
    }

    /// A division that was tried.
    public struct Division: Sendable, Equatable {
        /// Observations before it.
        public var index: Int
        public var statistic: Double
        /// Of so large a maximum over all splits of all segments, if each segment were one distribution.
        public var p: Double
        public var permutations: Int
        /// Divisions that had been made before, sorted: the segments that were permuted.
        let boundaries: [Int]
    }

    /// The divisions made, in the order made, and the first that was not: what stopped it.
    public static func divisions(_ values: [Double], rules: Rules = Rules()) -> (made: [Division], last: Division?) {
        var made: [Division] = []
        var boundaries: [Int] = []
        while let candidate = best(values, boundaries, rules.least) {
            var division = Division(
                index: candidate.index, statistic: candidate.statistic, p: 1, permutations: 0, boundaries: boundaries)
            test(&division, values, permutations: rules.permutations, rules: rules)
            guard division.p <= rules.level else { return (made, division) }
            made.append(division)
            boundaries = (boundaries + [division.index]).sorted()
        }
        return (made, nil)
    }

    /// The probability of a division by random permutations within its segments. Ends early where it is plain that the
    /// division is nothing: ten that reach it, of few.
    /// Source: Besag & Clifford, Biometrika 78 (1991).
    static func test(_ division: inout Division, _ values: [Double], permutations: Int, rules: Rules) {
        var segments = segments(values, division.boundaries, rules.least)
        var generator = SeededGenerator(
            seed: rules.seed ^ UInt64(division.boundaries.count) << 32 ^ UInt64(permutations))
        var reached = 0
        division.permutations = permutations
        for tried in 1...permutations {
            if reaches(&segments, division.statistic, &generator) { reached += 1 }
            guard reached < 10 else {
                division.permutations = tried
                division.p = Double(reached) / Double(tried)
                return
            }
        }
        division.p = Double(reached + 1) / Double(permutations + 1)
    }

    private static func reaches(
        _ segments: inout [EnergyDistance], _ statistic: Double, _ generator: inout SeededGenerator
    ) -> Bool {
        // A hair less, so that the series itself counts as reaching what it reached.
        let enough = statistic * (1 - 1e-12)
        for place in segments.indices {
            var ranks = segments[place].ranks
            generator.shuffle(&ranks)
            if let best = segments[place].best(ranks, enough: enough), best.statistic >= enough { return true }
        }
        return false
    }

    private static func best(_ values: [Double], _ boundaries: [Int], _ least: Int) -> (index: Int, statistic: Double)?
    {
        var best: (index: Int, statistic: Double)?
        for (start, end) in zip([0] + boundaries, boundaries + [values.count]) where end - start >= 2 * least {
            var energy = EnergyDistance(values[start..<end], least: least)
            guard let split = energy.best(energy.ranks), split.statistic > best?.statistic ?? 0 else { continue }
            best = (start + split.index, split.statistic)
        }
        return best
    }

    private static func segments(_ values: [Double], _ boundaries: [Int], _ least: Int) -> [EnergyDistance] {
        zip([0] + boundaries, boundaries + [values.count]).filter { $1 - $0 >= 2 * least }
            .map { EnergyDistance(values[$0..<$1], least: least) }
    }
}
