import Model
import Statistics

/// The statistics of one metric on both sides, before anything is known of the others.
///
/// All in logarithms, turned so that larger is worse. Two tests must both find a change before it is called one:
/// - of **processes**: the exact rank test of Mann and Whitney, which assumes nothing of their distribution;
/// - of **runs**: the change against what processes *and* runs differ by (Yuen's trimmed t with a variance for the runs), since
///   processes of one run are no independent witnesses of what the run shares.
struct Decision {
    /// Base and new, a run each.
    let base: [[Double]]
    let new: [Double]
    let margin: Comparison.Margin
    let noise: Comparison.RunNoise
    /// new − base of the trimmed means: above 0 is worse.
    let shift: Double
    /// Variance of that shift by processes alone, and with the runs.
    let processes: VarianceSum
    let total: VarianceSum
    /// Probability of a change at least so far to the worse, and to the better, if the true one were at most the margin's null.
    let worse: Double
    let better: Double

    /// `nil` for fewer than three processes in a run.
    ///
    /// - Parameter ranks: the exact distribution; the normal one serves where there is none.
    init?(
        base: [[Double]], new: [Double], margin: Comparison.Margin, noise: RunVariance,
        ranks: RankDistribution?
    ) {
        let means = base.compactMap { Trimmed($0) }
        guard let mine = Trimmed(new), means.count == base.count, !base.isEmpty,
            base.allSatisfy({ $0.count > 2 }), new.count > 2
        else { return nil }
        self.base = base
        self.new = new
        self.margin = margin
        self.noise = noise.noise
        let runs = Double(base.count)
        shift = mine.mean - means.reduce(0) { $0 + $1.mean } / runs
        var own = VarianceSum()
        own.add(mine.squaredError, freedom: mine.freedom)
        for mean in means { own.add(mean.squaredError / (runs * runs), freedom: mean.freedom) }
        processes = own
        total = noise.total(own, runs: 1 + 1 / runs)
        let pooled = base.flatMap { $0 }
        let null = margin.null
        worse = max(
            RankTest.greater(new, pooled.map { $0 + null }, ranks) ?? 1, Self.tail(shift - null, total))
        better = max(
            RankTest.greater(pooled.map { $0 - null }, new, ranks?.swapped) ?? 1, Self.tail(-shift - null, total))
    }

    var isWorse: Bool { worse <= better }
    var p: Double { min(worse, better) }

    /// P[t ≥ excess ∕ error]; without any spread a change is certain or there is none.
    private static func tail(_ excess: Double, _ sum: VarianceSum) -> Double {
        guard sum.error > 0 else { return excess > 0 ? 0 : 1 }
        let t = excess / sum.error
        return sum.freedom.isFinite ? StudentT.cumulative(-t, freedom: sum.freedom) : Normal.cumulative(-t)
    }

    /// Probability of so small a change if the true one were the margin or more: Schuirmann's two one-sided tests.
    var equivalence: Double { Self.tail(margin.value - abs(shift), total) }

    /// Change of the medians, which is what is printed: above 0 is worse.
    var medianShift: Double {
        (Order.median(new) ?? 0) - (Order.median(base.compactMap { Order.median($0) }) ?? 0)
    }

    /// No call is made below the noise floor, however sure the tests are.
    var isAboveFloor: Bool { abs(medianShift) > margin.value }
}

extension Decision {
    /// Upper quantile of the total's t distribution.
    static func quantile(_ p: Double, freedom: Double) -> Double {
        freedom.isFinite ? StudentT.quantile(1 - p, freedom: freedom) : Normal.quantile(1 - p)
    }

    /// The smallest change that is found with probability `power` when it is the only one among `tests`; `nil` where these
    /// numbers of processes cannot find any alone.
    func smallestEffect(tests: Int, rate: Double, power: Double, shifts: RankShifts) -> Double? {
        let alpha = rate / Double(max(tests, 1))
        let pooled = base.reduce(0) { $0 + $1.count }
        guard let needed = shifts.needed(new.count, pooled, alpha: alpha, power: power) else { return nil }
        let beta = Normal.quantile(power)
        let deviation = NoiseModel.processVariance(base + [new]).squareRoot()
        // What runs add to the spread of the change stands beside what the ranks need.
        let byRanks = needed * deviation + beta * (total.error - processes.error)
        let aboveMargin = beta * (total.variance + 0.5 * processes.variance).squareRoot()
        return max(margin.null + max(byRuns(alpha, beta), byRanks), margin.value + aboveMargin)
    }

    /// Standard errors that a change needs, found and promised by errors that are themselves estimates:
    /// c = t + β·√(1 + (t² + c²) ∕ 2f).
    private func byRuns(_ alpha: Double, _ beta: Double) -> Double {
        let t = Self.quantile(alpha, freedom: total.freedom)
        var c = t + beta
        guard total.freedom.isFinite else { return c * total.error }
        for _ in 0..<20 { c = t + beta * (1 + (t * t + c * c) / (2 * total.freedom)).squareRoot() }
        return c * total.error
    }

    /// Further processes a side after which the pair would be decided if its change is what it seems; `nil` where no number
    /// would do, because runs differ more than that, or the change lies on the edge.
    func furtherProcesses(tests: Int, rate: Double) -> Int? {
        let have = min(new.count, base.map(\.count).min() ?? 0)
        let alpha = rate / Double(max(tests, 1))
        let fewest = Self.fewestProcesses(alpha: alpha)
        let change = abs(shift)
        let runVariance = max(0, total.variance - processes.variance)
        func decides(_ count: Int) -> Bool {
            var sum = VarianceSum()
            sum.add(processes.variance * Double(have) / Double(count), freedom: 2 * Double(count - 1))
            sum.add(runVariance, freedom: noise.freedom)
            if change < margin.value {
                return margin.value - change >= Self.quantile(0.05, freedom: sum.freedom) * sum.error
            }
            return count >= fewest
                && change - margin.null >= Self.quantile(alpha, freedom: sum.freedom) * sum.error
        }
        let most = 1000
        guard decides(most) else { return nil }
        var (low, high) = (have, most)
        while high - low > 1 {
            let middle = (low + high) / 2
            if decides(middle) { high = middle } else { low = middle }
        }
        return max(high - have, 1)
    }

    /// Processes a side from which on the rank test can be so sure at all.
    static func fewestProcesses(alpha: Double) -> Int {
        (2...64).first { RankDistribution.least($0, $0) <= alpha } ?? 64
    }
}
