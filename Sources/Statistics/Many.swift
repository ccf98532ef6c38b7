/// Many tests at once.
public enum Many {
    /// Benjamini & Hochberg's adjusted p, in the order given: calling all at most q "found" keeps the expected share of false
    /// finds under q, also for positively dependent tests.
    /// Source: Benjamini & Hochberg, Journal of the Royal Statistical Society B 57 (1995).
    public static func adjusted(_ p: [Double]) -> [Double] {
        let order = p.indices.sorted { p[$0] < p[$1] }
        var result = p
        var least = 1.0
        for (rank, place) in order.enumerated().reversed() {
            least = min(least, p[place] * Double(p.count) / Double(rank + 1))
            result[place] = least
        }
        return result
    }
}

/// Two one-sided tests: is a difference small enough to call two means equivalent?
///
/// Source: Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987), with Welch's unequal variances.
public enum Equivalence {
    /// The larger p of the two tests that mean(a) − mean(b) lies above −margin and below +margin; `nil` for fewer than
    /// two values a side, or no variance at all.
    public static func p(_ a: [Double], _ b: [Double], margin: Double) -> Double? {
        guard let welch = Welch(a, b), welch.error > 0 else { return nil }
        let above = StudentT.cumulative(-(welch.difference + margin) / welch.error, freedom: welch.freedom)
        let below = StudentT.cumulative((welch.difference - margin) / welch.error, freedom: welch.freedom)
        return max(above, below)
    }
}

/// The difference of two means whose variances may differ.
public struct Welch: Sendable, Equatable {
    /// mean(a) − mean(b).
    public let difference: Double
    /// Standard error of the difference.
    public let error: Double
    /// Welch & Satterthwaite's degrees of freedom.
    public let freedom: Double

    public init?(_ a: [Double], _ b: [Double]) {
        guard a.count > 1, b.count > 1 else { return nil }
        let (x, y) = (Moments(a), Moments(b))
        let (s, t) = (x.variance / Double(a.count), y.variance / Double(b.count))
        difference = x.mean - y.mean
        error = (s + t).squareRoot()
        freedom = (s + t) * (s + t) / (s * s / Double(a.count - 1) + t * t / Double(b.count - 1))
    }

    /// Two-sided interval of the difference.
    public func interval(level: Double) -> Interval {
        guard error > 0 else { return Interval(lower: difference, upper: difference, level: level) }
        let half = error * StudentT.quantile(0.5 + level / 2, freedom: freedom)
        return Interval(lower: difference - half, upper: difference + half, level: level)
    }
}

/// Mean and unbiased variance, by Welford's single pass.
public struct Moments: Sendable, Equatable {
    public private(set) var mean = 0.0
    public private(set) var variance = 0.0

    public init(_ values: some Sequence<Double>) {
        var count = 0.0
        var squares = 0.0
        for value in values {
            count += 1
            let delta = value - mean
            mean += delta / count
            squares += delta * (value - mean)
        }
        variance = count > 1 ? squares / (count - 1) : 0
    }
}
