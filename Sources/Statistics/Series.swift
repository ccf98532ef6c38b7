/// What the order of observations tells: where a level shifts, whether neighbours depend on each other.
public enum Series {
    /// The most likely shift of level: `index` observations lie before it. `p` is Pettitt's approximate probability of
    /// so large a shift without one.
    /// Source: Pettitt, Applied Statistics 28 (1979): rank-based, so outliers do not make a shift.
    public static func shift(_ values: [Double]) -> (index: Int, p: Double, downwards: Bool)? {
        let n = values.count
        guard n >= 4 else { return nil }
        let ranks = midranks(values)
        var sum = 0.0
        var best = (index: 0, statistic: 0.0)
        for t in 1..<n {
            sum += ranks[t - 1]
            // U_t = 2·Σ ranks − t(n+1): negative when the first part is lower.
            let u = 2 * sum - Double(t) * Double(n + 1)
            if abs(u) > abs(best.statistic) { best = (t, u) }
        }
        let k = best.statistic * best.statistic
        let cube = Double(n) * Double(n) * Double(n)
        let p = min(1, 2 * Double.exponential(-6 * k / (cube + Double(n) * Double(n))))
        return (best.index, p, best.statistic > 0)
    }

    /// Ranks from 1; ties share their mean rank.
    public static func midranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            let rank = Double(start + end) / 2 + 1
            for position in start...end { ranks[order[position]] = rank }
            start = end + 1
        }
        return ranks
    }

    /// Lag-1 autocorrelation; `nil` for fewer than 3 values or no variance.
    public static func lag1(_ values: [Double]) -> Double? {
        guard values.count >= 3 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard variance > 0 else { return nil }
        var products = 0.0
        for i in 1..<values.count { products += (values[i] - mean) * (values[i - 1] - mean) }
        return products / variance
    }

    /// Whether |lag-1| reaches 1.96/√n, the 95 % bound for independent observations (Box & Jenkins).
    public static func isSeriallyDependent(_ values: [Double]) -> Bool {
        guard let r = lag1(values) else { return false }
        return abs(r) >= 1.96 / Double(values.count).squareRoot()
    }
}

extension Series {
    /// Wald and Wolfowitz's runs test about the median: two-sided probability of so few or so many runs if the order of
    /// the values meant nothing. `nil` where one side of the median is empty. Values equal to the median are left out.
    /// Source: Wald & Wolfowitz, Annals of Mathematical Statistics 11 (1940); normal approximation.
    public static func runs(_ values: [Double]) -> (runs: Int, z: Double, p: Double)? {
        guard let median = Order.median(values) else { return nil }
        let signs = values.filter { $0 != median }.map { $0 > median }
        let above = Double(signs.count { $0 })
        let below = Double(signs.count) - above
        guard above > 0, below > 0 else { return nil }
        let runs = 1 + zip(signs, signs.dropFirst()).count { $0 != $1 }
        let all = above + below
        let expected = 2 * above * below / all + 1
        let variance = (expected - 1) * (expected - 2) / (all - 1)
        guard variance > 0 else { return nil }
        let z = (Double(runs) - expected) / variance.squareRoot()
        return (runs, z, 2 * Normal.cumulative(-abs(z)))
    }
}

extension Series {
    /// Mann and Kendall's test for a trend: S = pairs that rise − pairs that fall, and the two-sided probability of one so
    /// far from 0 if the order of the values meant nothing. Exact without ties and for up to 40 values, else normal with
    /// corrections for ties and continuity. `nil` for fewer than four values.
    /// Source: Mann, Econometrica 13 (1945); Kendall, Rank Correlation Methods, 1975, §4.
    public static func trend(_ values: [Double]) -> (s: Int, p: Double)? {
        let n = values.count
        guard n >= 4 else { return nil }
        var s = 0
        for i in 1..<n {
            for j in 0..<i { s += values[i] > values[j] ? 1 : values[i] < values[j] ? -1 : 0 }
        }
        let ties = Dictionary(grouping: values, by: { $0 }).values.map(\.count).filter { $0 > 1 }
        if ties.isEmpty, n <= 40 { return (s, inversionTail((n * (n - 1) / 2 - abs(s)) / 2, count: n)) }
        let weight = { (t: Int) in Double(t * (t - 1) * (2 * t + 5)) }
        let variance = (weight(n) - ties.reduce(0) { $0 + weight($1) }) / 18
        guard variance > 0 else { return (s, 1) }
        return (s, min(1, 2 * Normal.cumulative(-Double(max(abs(s) - 1, 0)) / variance.squareRoot())))
    }

    /// Twice the share of permutations of `count` values with at most `inversions` inversions. The number with each grows by
    /// a recurrence: the k-th value adds between 0 and k − 1.
    private static func inversionTail(_ inversions: Int, count n: Int) -> Double {
        var shares = [1.0]
        for k in 2...n {
            var next = [Double](repeating: 0, count: min(shares.count + k - 1, inversions + 1))
            for (place, share) in shares.enumerated() {
                for added in 0..<k where place + added < next.count { next[place + added] += share / Double(k) }
            }
            shares = next
        }
        return min(1, 2 * shares.prefix(inversions + 1).reduce(0, +))
    }

    /// Lag-1 autocorrelations of several series as one standard normal figure: far from 0 if neighbours depend on each
    /// other. Each has a bias of −1/n and a variance of about 1/n.
    /// Source: Box & Jenkins, Time Series Analysis, 1976, §2.1; bias: Kendall, Biometrika 41 (1954).
    public static func pooledLag1(_ series: [(lag1: Double, count: Int)]) -> Double? {
        let all = series.reduce(0) { $0 + $1.count }
        guard all > 0 else { return nil }
        return series.reduce(0) { $0 + Double($1.count) * $1.lag1 + 1 } / Double(all).squareRoot()
    }

    /// Standard normal figures of independent tests as one.
    /// Source: Stouffer et al., The American Soldier, 1949, vol. 1, p. 45.
    public static func pooled(_ figures: [Double]) -> Double? {
        figures.isEmpty ? nil : figures.reduce(0, +) / Double(figures.count).squareRoot()
    }
}
