/// Order statistics: the median and what can be said exactly about it.
public enum Order {
    /// Middle value, the mean of the two middle values for an even count; `nil` for none.
    public static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// sorted[⌊n·p⌋], MLPerf LoadGen's definition; `p` in [0, 1).
    public static func percentile(_ values: [Double], _ p: Double) -> Double? {
        guard !values.isEmpty, p >= 0, p < 1 else { return nil }
        return values.sorted()[min(Int(Double(values.count) * p), values.count - 1)]
    }

    /// Ranks (0-based, both included) whose order statistics enclose the median with at least `level`.
    ///
    /// Exact for independent observations of any continuous distribution: the coverage is a binomial sum, no normal
    /// approximation. `nil` where `n` is too small (n ≥ 6 for 95 %, n ≥ 8 for 99 %).
    /// Source: Hahn & Meeker, Statistical Intervals, 1991, §5.2.
    public static func medianRanks(count n: Int, level: Double) -> (lower: Int, upper: Int, coverage: Double)? {
        guard n > 0, level > 0, level < 1 else { return nil }
        // P[B ≤ k] for B ~ Binomial(n, ½), grown term by term in logarithms so that large n does not underflow.
        let tail = (1 - level) / 2
        var logTerm = -Double(n) * Double.ln2
        var cumulative = 0.0
        var below = 0.0
        var rank = -1
        for k in 0..<(n / 2) {
            cumulative += Double.exponential(logTerm)
            guard cumulative <= tail else { break }
            below = cumulative
            rank = k
            logTerm += Double.logarithm(Double(n - k) / Double(k + 1))
        }
        guard rank >= 0 else { return nil }
        return (rank, n - 1 - rank, 1 - 2 * below)
    }

    /// The exact order-statistic interval of the median, or `nil` for too few values.
    public static func medianInterval(_ values: [Double], level: Double) -> Interval? {
        guard let ranks = medianRanks(count: values.count, level: level) else { return nil }
        let sorted = values.sorted()
        return Interval(lower: sorted[ranks.lower], upper: sorted[ranks.upper], level: level)
    }
}

extension Order {
    /// ln(a ∕ b): differences that are the same for 10 % up and 10 % down, whatever the unit.
    public static func logRatio(_ a: Double, _ b: Double) -> Double { Double.logarithm(a / b) }

    /// Share of a distribution that lies below the largest of `count` independent observations, with `confidence`:
    /// (1 − confidence)^(1/n). The largest of 59 bounds 95 % with 95 % confidence.
    /// Source: Wilks, Annals of Mathematical Statistics 12 (1941).
    public static func shareBelowLargest(count n: Int, confidence: Double) -> Double {
        n > 0 ? Double.power(1 - confidence, 1 / Double(n)) : 0
    }

    /// The smallest n from `count` on at which the exact interval of the median wastes little: it covers at most two points
    /// more than `level`. Ranks are whole, so that ten values can give no 95 % interval closer than 97.9 %; twelve give 96.1 %.
    public static func efficientCount(atLeast count: Int, level: Double) -> Int {
        for n in max(count, 1)..<(max(count, 1) + 16) {
            if let ranks = medianRanks(count: n, level: level), ranks.coverage <= level + 0.02 { return n }
        }
        return count
    }
}

/// A range that covers the true value with confidence `level`.
public struct Interval: Codable, Hashable, Sendable {
    public var lower: Double
    public var upper: Double
    /// Confidence promised, for example 0.95; an exact interval may cover slightly more.
    public var level: Double

    public init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    public var halfWidth: Double { (upper - lower) / 2 }

    /// Half the width as a share of `value`; infinite where `value` is zero.
    public func relativeHalfWidth(of value: Double) -> Double {
        value == 0 ? .infinity : abs(halfWidth / value)
    }
}
