/// How much variance each level of a measurement adds, and how often each is worth repeating.
///
/// Source: Kalibera & Jones, Rigorous Benchmarking in Reasonable Time, ISMM 2013, §6.
public struct Levels: Sendable, Equatable {
    /// Unbiased variance that the lowest level (samples within a process) adds by itself.
    public let within: Double
    /// Variance that the higher level (processes) adds by itself; 0 where the samples explain all of it.
    public let between: Double

    /// - Parameter processes: the samples of each process; at least two processes with at least two samples each.
    public init?(_ processes: [[Double]]) {
        self.init(processes.map { (moments: Moments($0), count: $0.count) })
    }

    /// The same from the moments of each process's samples.
    public init?(_ processes: [(moments: Moments, count: Int)]) {
        guard processes.count > 1, processes.allSatisfy({ $0.count > 1 }) else { return nil }
        within = processes.reduce(0) { $0 + $1.moments.variance } / Double(processes.count)
        let means = Moments(processes.map(\.moments.mean)).variance
        // The variance of means holds a share of the samples' own, by the harmonic mean of their counts.
        let share = processes.reduce(0) { $0 + 1 / Double($1.count) } / Double(processes.count)
        between = max(0, means - within * share)
    }

    /// Samples a process that are worth taking, when starting a process costs `processCost` and a sample `sampleCost`
    /// (same unit): r₁ = ⌈√((c₂ ∕ c₁)·(T₁² ∕ T₂²))⌉. `nil` where processes do not differ: then one process would do.
    public func samplesPerProcess(sampleCost: Double, processCost: Double) -> Int? {
        guard between > 0, sampleCost > 0, processCost >= 0 else { return nil }
        let count = (processCost / sampleCost * within / between).squareRoot().rounded(.up)
        return count.isFinite ? max(1, Int(min(count, 1e9))) : nil
    }

    /// Processes needed for a half-width of `target` (absolute) of the mean at `level`, each with `samples` samples.
    public func processes(target: Double, samples: Int, level: Double) -> Int {
        guard target > 0, samples > 0 else { return .max }
        let variance = between + within / Double(samples)
        let z = Normal.quantile(0.5 + level / 2)
        let count = (z * z * variance / (target * target)).rounded(.up)
        return count < 1e9 ? max(1, Int(count)) : .max
    }

    /// The same for the interval of a median of process medians: with normal figures the variance of a median is π/2 times
    /// that of a mean, at each level.
    /// Source: Kendall & Stuart, The Advanced Theory of Statistics 1, 1977, §10.10.
    public func processesForMedian(target: Double, samples: Int, level: Double) -> Int {
        guard target > 0, samples > 0 else { return .max }
        let variance = Double.pi / 2 * (between + Double.pi / 2 * within / Double(samples))
        let z = Normal.quantile(0.5 + level / 2)
        let count = (z * z * variance / (target * target)).rounded(.up)
        return count < 1e9 ? max(1, Int(count)) : .max
    }
}
