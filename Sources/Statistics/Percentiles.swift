extension Order {
    /// Percentiles that are published of latencies, LoadGen's own list.
    public static let latencyPercentiles = [0.5, 0.9, 0.95, 0.97, 0.99, 0.999]

    /// Observations from which on a percentile may be published: the smallest n of which the largest lies above it with
    /// 95 % confidence, 1 − pⁿ ≥ 0.95. 299 for the 99th.
    ///
    /// Source: Hahn & Meeker, Statistical Intervals, 1991, §5.3 (one-sided, distribution-free).
    public static func observationsNeeded(percentile p: Double) -> Int? {
        guard p > 0, p < 1 else { return nil }
        return Int((Double.logarithm(0.05) / Double.logarithm(p)).rounded(.up))
    }

    /// The highest percentile that so many observations support: the p with 1 − pⁿ = 0.95. For one observation 0.05.
    public static func highestSupported(count: Int) -> Double {
        Double.exponential(Double.logarithm(0.05) / Double(max(count, 1)))
    }

    /// `p99.9`, as percentiles are named in metrics.
    public static func name(percentile p: Double) -> String {
        let tenths = Int((p * 1000).rounded())
        return tenths % 10 == 0 ? "p\(tenths / 10)" : "p\(tenths / 10).\(tenths % 10)"
    }
}
