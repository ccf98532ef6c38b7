extension RankTest {
    /// Interval of how far values of `a` lie above those of `b`, if both distributions have one shape: the shifts that
    /// Mann and Whitney's test would not reject. `nil` where the samples are too small for the level.
    ///
    /// Exact for up to 50 values a side, else from the normal approximation; with ties a little wider than needed.
    /// Source: Hodges & Lehmann, Annals of Mathematical Statistics 34 (1963); Hollander & Wolfe, Nonparametric Statistical
    /// Methods, §4.3 (after Moses).
    public static func shiftInterval(_ a: [Double], _ b: [Double], level: Double) -> Interval? {
        guard !a.isEmpty, !b.isEmpty, level > 0, level < 1 else { return nil }
        let rank = rejected(a.count, b.count, (1 - level) / 2)
        guard rank >= 1 else { return nil }
        let shifts = a.flatMap { x in b.map { x - $0 } }.sorted()
        guard shifts.allSatisfy(\.isFinite) else { return nil }
        return Interval(lower: shifts[rank - 1], upper: shifts[shifts.count - rank], level: level)
    }

    /// The most differences that may be left out at one end: the largest C with P[U < C] ≤ `tail`.
    private static func rejected(_ n: Int, _ m: Int, _ tail: Double) -> Int {
        guard max(n, m) <= 50 else {
            let (n, m) = (Double(n), Double(m))
            let spread = (n * m * (n + m + 1) / 12).squareRoot()
            return Int((n * m / 2 + Normal.quantile(tail) * spread).rounded(.down))
        }
        let distribution = RankDistribution(n, m)
        return distribution.critical(tail).map { n * m - $0 + 1 } ?? 0
    }
}
