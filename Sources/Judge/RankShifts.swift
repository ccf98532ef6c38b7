import Statistics

/// By how many standard deviations two groups must differ for the rank test to find it: what it can promise depends on the
/// numbers of processes alone, so it is found out once, by dealing seeded normal values.
///
/// Exact for as many pairs of processes as 50 a side have; beyond, the normal approximation serves, and nothing is counted or
/// dealt: a run may have a thousand processes a case, and the exact distribution would take their number cubed.
final class RankShifts {
    private struct Key: Hashable { let n: Int, m: Int, alpha: Double, power: Double }
    private var known: [Key: Double?] = [:]
    private var distributions: [Int: RankDistribution] = [:]
    private static let trials = 600
    /// Pairs of one process of either side: 50 a side.
    static let mostPairs = 2500

    static func isExact(_ n: Int, _ m: Int) -> Bool {
        let (pairs, overflow) = n.multipliedReportingOverflow(by: m)
        return !overflow && pairs <= mostPairs
    }

    /// - Parameter alpha: one-sided.
    /// - Returns: `nil` where even complete separation is not so unlikely.
    func needed(_ n: Int, _ m: Int, alpha: Double, power: Double) -> Double? {
        guard let ranks = distribution(n, m) else { return Self.approximate(n, m, alpha: alpha, power: power) }
        let key = Key(n: n, m: m, alpha: alpha, power: power)
        if let found = known[key] { return found }
        let found = Self.simulate(n, m, ranks, alpha: alpha, power: power)
        known[key] = found
        return found
    }

    /// The exact distribution for these sizes; `nil` where the normal approximation serves.
    func distribution(_ n: Int, _ m: Int) -> RankDistribution? {
        guard Self.isExact(n, m) else { return nil }
        let key = n << 20 | m
        if let found = distributions[key] { return found }
        let made = RankDistribution(n, m)
        distributions[key] = made
        return made
    }

    /// What the rank test needs of normal values, of which it is 3 ∕ π as efficient as the t test.
    ///
    /// Source: Hodges & Lehmann, Annals of Mathematical Statistics 27 (1956).
    private static func approximate(_ n: Int, _ m: Int, alpha: Double, power: Double) -> Double? {
        let (n, m) = (Double(n), Double(m))
        let z = Normal.quantile(1 - alpha)
        // Complete separation lies so many deviations out.
        guard (n * m / 2 - 0.5) / (n * m * (n + m + 1) / 12).squareRoot() >= z else { return nil }
        return (z + Normal.quantile(power)) * (Double.pi / 3 * (1 / n + 1 / m)).squareRoot()
    }

    private static func simulate(_ n: Int, _ m: Int, _ ranks: RankDistribution, alpha: Double, power: Double)
        -> Double?
    {
        guard let critical = ranks.critical(alpha) else { return nil }
        let allowed = n * m - critical
        var generator = SeededGenerator(seed: 0x5EED)
        func normal() -> Double { Normal.quantile((Double(generator.next() >> 11) + 0.5) * 0x1p-53) }
        var needed: [Double] = []
        for _ in 0..<trials {
            let a = (0..<n).map { _ in normal() }
            let b = (0..<m).map { _ in normal() }
            // So many pairs may lie the wrong way round: the shift must reach past the next one.
            let gaps = a.flatMap { x in b.map { $0 - x } }.sorted(by: >)
            // In deviations as they would be estimated, not as they are.
            let seen = NoiseModel.processVariance([n, m].map { count in (0..<count).map { _ in normal() } })
            needed.append(gaps[allowed] / max(seen.squareRoot(), 1e-9))
        }
        return Bootstrap.quantile(needed, power)
    }
}
