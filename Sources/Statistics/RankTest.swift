/// Mann–Whitney's U: do values of one sample tend to be larger than those of another?
///
/// Source: Mann & Whitney, Annals of Mathematical Statistics 18 (1947).
public enum RankTest {
    /// Two-sided probability of ranks at least so uneven if both samples came from one distribution; `nil` where a sample
    /// is empty. Exact without ties and for up to 50 values a side, else normal with corrections for ties and continuity.
    public static func mannWhitney(_ a: [Double], _ b: [Double]) -> (u: Double, p: Double)? {
        guard !a.isEmpty, !b.isEmpty else { return nil }
        let ranks = Series.midranks(a + b)
        let n = Double(a.count)
        let u = ranks[..<a.count].reduce(0, +) - n * (n + 1) / 2
        let hasTies = Set(a + b).count < a.count + b.count
        let p =
            hasTies || max(a.count, b.count) > 50 ? approximate(u, a.count, b.count, ranks) : exact(u, a.count, b.count)
        return (u, p)
    }

    private static func exact(_ u: Double, _ n: Int, _ m: Int) -> Double {
        min(1, 2 * RankDistribution(n, m).atLeast(max(u, Double(n * m) - u)))
    }

    private static func approximate(_ u: Double, _ n: Int, _ m: Int, _ ranks: [Double]) -> Double {
        min(1, 2 * upper(max(u, Double(n * m) - u), n, m, ranks))
    }

    /// P[U ≥ u] by the normal distribution.
    private static func upper(_ u: Double, _ n: Int, _ m: Int, _ ranks: [Double]) -> Double {
        let (n, m) = (Double(n), Double(m))
        let all = n + m
        let ties = Dictionary(grouping: ranks, by: { $0 }).values.reduce(0.0) { sum, tied in
            let t = Double(tied.count)
            return sum + t * t * t - t
        }
        let variance = n * m / 12 * ((all + 1) - ties / (all * (all - 1)))
        guard variance > 0 else { return 1 }
        let excess = u - n * m / 2 - 0.5
        return Normal.cumulative(-excess / variance.squareRoot())
    }
}

extension RankTest {
    /// Probability of values of `a` at least so much larger than those of `b` if both came from one distribution. Exact where
    /// `distribution` is given and nothing is tied, else normal.
    public static func greater(_ a: [Double], _ b: [Double], _ distribution: RankDistribution? = nil) -> Double? {
        guard !a.isEmpty, !b.isEmpty else { return nil }
        let ranks = Series.midranks(a + b)
        let n = Double(a.count)
        let u = ranks[..<a.count].reduce(0, +) - n * (n + 1) / 2
        if let distribution, distribution.sizes == (a.count, b.count), Set(a + b).count == a.count + b.count {
            return distribution.atLeast(u)
        }
        return upper(u, a.count, b.count, ranks)
    }
}

/// How often each U comes up when labels are dealt at random: every order of n + m values counted once.
public struct RankDistribution: Sendable {
    public let sizes: (Int, Int)
    /// Share of orders with U at least the index.
    private let tail: [Double]

    public init(_ n: Int, _ m: Int) {
        sizes = (n, m)
        guard n > 0, m > 0 else {
            tail = [1]
            return
        }
        // Partitions of U into at most n parts of at most m each: multiply by (1 − q^(m+i)), divide by (1 − q^i).
        let most = n * m
        var counts = [Double](repeating: 0, count: most + 1)
        counts[0] = 1
        for i in 1...n {
            for k in stride(from: most, through: 0, by: -1) where k >= m + i { counts[k] -= counts[k - m - i] }
            for k in 0...most where k >= i { counts[k] += counts[k - i] }
        }
        let total = counts.reduce(0, +)
        // Small terms first, so that the far tail keeps its digits.
        var sum = 0.0
        for k in stride(from: most, through: 0, by: -1) {
            sum += counts[k]
            counts[k] = sum / total
        }
        tail = counts
    }

    /// P[U ≥ u].
    public func atLeast(_ u: Double) -> Double {
        let index = Int(u.rounded(.up))
        return index <= 0 ? 1 : index < tail.count ? tail[index] : 0
    }

    /// The same for the labels exchanged: U of n and m values is distributed as U of m and n.
    public var swapped: RankDistribution { RankDistribution(sizes: (sizes.1, sizes.0), tail: tail) }

    private init(sizes: (Int, Int), tail: [Double]) {
        self.sizes = sizes
        self.tail = tail
    }

    /// The smallest probability there is: 1 over the number of orders.
    public var least: Double { tail[tail.count - 1] }

    /// The same, without the distribution.
    public static func least(_ n: Int, _ m: Int) -> Double {
        (0..<max(min(n, m), 0)).reduce(1.0) { $0 * Double($1 + 1) / Double(n + m - $1) }
    }

    /// The smallest U whose probability is at most `p`; `nil` where even the largest is more likely.
    public func critical(_ p: Double) -> Int? { tail.firstIndex { $0 <= p } }
}

/// A test that assumes nothing but that labels could have been dealt otherwise.
public enum Permutation {
    public struct Outcome: Sendable, Equatable {
        /// Probability of a difference of means (first − second) at most, and at least, the one seen.
        public var less: Double
        public var greater: Double
        /// Whether every way to deal the labels was tried.
        public var isExact: Bool
        public var twoSided: Double { min(1, 2 * min(less, greater)) }
    }

    /// Every deal when there are at most `limit`, else `limit` of them at random and the one that was seen.
    /// Source: Phipson & Smyth, Statistical Applications in Genetics and Molecular Biology 9 (2010): never a p of 0.
    public static func meanDifference(
        _ a: [Double], _ b: [Double], limit: Int = 200_000, seed: UInt64 = 0
    ) -> Outcome? {
        guard !a.isEmpty, !b.isEmpty else { return nil }
        let all = a + b
        let seen = a.reduce(0, +)
        // Only the sum of the first sample moves: the difference of means is a rising function of it.
        let slack = 1e-13 * all.reduce(0) { $0 + abs($1) }
        if let deals = choose(all.count, a.count, atMost: limit) {
            var (less, greater) = (0, 0)
            combinations(all, a.count) { sum in
                if sum <= seen + slack { less += 1 }
                if sum >= seen - slack { greater += 1 }
            }
            return Outcome(less: Double(less) / Double(deals), greater: Double(greater) / Double(deals), isExact: true)
        }
        var generator = SeededGenerator(seed: seed)
        var (less, greater) = (1, 1)
        var values = all
        for _ in 0..<limit {
            // Only the first places of a shuffle are needed.
            for i in 0..<a.count { values.swapAt(i, i + Int(generator.below(UInt64(all.count - i)))) }
            let sum = values[..<a.count].reduce(0, +)
            if sum <= seen + slack { less += 1 }
            if sum >= seen - slack { greater += 1 }
        }
        return Outcome(
            less: Double(less) / Double(limit + 1), greater: Double(greater) / Double(limit + 1), isExact: false)
    }

    /// n over k, or `nil` when it is more than `limit`.
    static func choose(_ n: Int, _ k: Int, atMost limit: Int) -> Int? {
        var result = 1
        for i in 0..<min(k, n - k) {
            let (product, overflow) = result.multipliedReportingOverflow(by: n - i)
            guard !overflow else { return nil }
            result = product / (i + 1)
            if result > limit { return nil }
        }
        return result
    }

    /// Hands over the sum of every choice of `k` values, in lexicographic order of their places.
    private static func combinations(_ values: [Double], _ k: Int, _ body: (Double) -> Void) {
        var places = Array(0..<k)
        while true {
            body(places.reduce(0) { $0 + values[$1] })
            guard let last = places.indices.last(where: { places[$0] < values.count - k + $0 }) else { return }
            places[last] += 1
            for place in places.indices where place > last { places[place] = places[place - 1] + 1 }
        }
    }
}
