/// Resampling with replacement, seeded: the same seed gives the same interval on every machine.
public enum Bootstrap {
    /// `count` values of `statistic` over resamples of `values`.
    public static func distribution(
        _ values: [Double], count: Int, seed: UInt64, _ statistic: ([Double]) -> Double
    ) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var resample = values
        return (0..<count).map { _ in
            for i in resample.indices { resample[i] = values[Int(generator.below(UInt64(values.count)))] }
            return statistic(resample)
        }
    }

    /// Hierarchical: processes are drawn, then samples within each drawn process; the statistic sees each process's median.
    /// Source: Davison & Hinkley, Bootstrap Methods and their Application, 1997, §3.8.
    public static func processMedians(_ processes: [[Double]], seed: UInt64, draw: Int) -> [Double] {
        var generator = SeededGenerator(seed: seed &+ UInt64(draw) &* 0x9E37_79B9_7F4A_7C15)
        return processes.indices.map { _ in
            let samples = processes[Int(generator.below(UInt64(processes.count)))]
            let drawn = samples.indices.map { _ in samples[Int(generator.below(UInt64(samples.count)))] }
            return Order.median(drawn) ?? .nan
        }
    }

    /// The percentile interval: `level` of the distribution lies within.
    public static func interval(_ distribution: [Double], level: Double) -> Interval? {
        guard let lower = quantile(distribution, (1 - level) / 2), let upper = quantile(distribution, (1 + level) / 2)
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// Bias-corrected and accelerated: for statistics whose distribution is skewed.
    /// Source: Efron, Journal of the American Statistical Association 82 (1987).
    public static func corrected(
        _ values: [Double], _ distribution: [Double], level: Double, _ statistic: ([Double]) -> Double
    ) -> Interval? {
        guard values.count > 1, !distribution.isEmpty else { return nil }
        let seen = statistic(values)
        let below = distribution.reduce(0.0) { $0 + ($1 < seen ? 1 : $1 == seen ? 0.5 : 0) }
        let bias = Normal.quantile(below / Double(distribution.count))
        // Leaving one value out at a time tells how the spread changes with the statistic.
        let left = values.indices.map { index in
            var rest = values
            rest.remove(at: index)
            return statistic(rest)
        }
        let mean = Moments(left).mean
        let cubes = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * (mean - $1) }
        let squares = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard bias.isFinite, squares > 0 else { return interval(distribution, level: level) }
        let acceleration = cubes / (6 * squares * squares.squareRoot())
        func place(_ p: Double) -> Double {
            let z = bias + Normal.quantile(p)
            return Normal.cumulative(bias + z / (1 - acceleration * z))
        }
        guard let lower = quantile(distribution, place((1 - level) / 2)),
            let upper = quantile(distribution, place((1 + level) / 2))
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// Linear between order statistics (type 7 of Hyndman & Fan, 1996); `nil` for none or NaN.
    public static func quantile(_ values: [Double], _ p: Double) -> Double? {
        guard !values.isEmpty, p >= 0, p <= 1 else { return nil }
        let sorted = values.sorted()
        let place = p * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
}
