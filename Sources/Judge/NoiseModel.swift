import Model
import Statistics

/// What a run adds to the variance of its trimmed mean, and what that was taken from.
struct RunVariance {
    let noise: Comparison.RunNoise
    /// Of a floor: variance of a repetition's median with its degrees of freedom, and the part of it that the spread of the
    /// compared processes explains; the noise is the difference.
    let repetition: (variance: Double, freedom: Double, explained: Double)?

    init(
        _ noise: Comparison.RunNoise, repetition: (variance: Double, freedom: Double, explained: Double)? = nil
    ) {
        self.noise = noise
        self.repetition = repetition
    }

    /// Variance of a change, of which `processes` is what processes alone make; `runs` says how many times a run counts.
    func total(_ processes: VarianceSum, runs: Double) -> VarianceSum {
        guard let repetition else {
            var sum = processes
            sum.add(noise.deviation * noise.deviation * runs, freedom: noise.freedom)
            return sum
        }
        // What processes add and what they explain come from the same spread and all but cancel: taken as one part, so that
        // what is sure is not counted as unsure twice.
        var sum = VarianceSum()
        sum.add(repetition.variance * runs, freedom: repetition.freedom)
        sum.add(processes.variance - repetition.explained * runs, freedom: processes.freedom)
        return sum
    }
}

/// How much runs of the same thing differ beyond what their processes explain.
///
/// A run is one draw of many things that all its processes share: page placement, what else the host does, the temperature.
/// More processes do not make it smaller, so a test over processes alone is sure of differences that the next run does not
/// show. Where A/A runs or several baselines tell how large it is, that is used; where nobody looked, a share of what processes
/// differ by is assumed, and said.
enum NoiseModel {
    /// Assumed run-to-run deviation as a share of the process-to-process one: on the safe side, since with half of it one A/A
    /// comparison in four calls something (docs/METHODOLOGY.md).
    static let assumedShare = 1.0
    /// Runs that the assumption counts for, where a few baselines tell something too.
    static let assumedFreedom = 4.0

    /// - Parameters:
    ///   - base: log values of the processes, a run each.
    ///   - floor: of this metric, with the processes of each of its repetitions.
    static func of(
        base: [[Double]], new: [Double], floor: NoiseFloor.MetricFloor?, floorProcesses: Int?, isInterleaved: Bool
    ) -> RunVariance {
        if isInterleaved { return RunVariance(Comparison.RunNoise(deviation: 0, freedom: nil, source: .interleaved)) }
        let spread = processVariance(base + [new])
        let assumed = assumedShare * assumedShare * spread
        let measured = floor.flatMap { fromFloor($0, processes: floorProcesses ?? new.count, spread: spread) }
        guard let own = fromRuns(base, spread: spread) else {
            return measured
                ?? RunVariance(Comparison.RunNoise(deviation: assumed.squareRoot(), freedom: nil, source: .assumed))
        }
        // Moderated: few baselines estimate a variance badly, so what was known before counts as so many runs more.
        // Source: Smyth, Statistical Applications in Genetics and Molecular Biology 3 (2004).
        let prior = measured.map { $0.noise.deviation * $0.noise.deviation } ?? assumed
        let weight = measured?.noise.freedom ?? assumedFreedom
        let variance = (prior * weight + own.variance * own.freedom) / (weight + own.freedom)
        return RunVariance(
            Comparison.RunNoise(
                deviation: variance.squareRoot(), freedom: weight + own.freedom, source: .baselines))
    }

    /// Variance between processes of one run, pooled.
    static func processVariance(_ runs: [[Double]]) -> Double {
        var (squares, freedom) = (0.0, 0.0)
        for run in runs {
            guard let trimmed = Trimmed(run) else { continue }
            squares += trimmed.squaredError * Double(run.count) * trimmed.freedom
            freedom += trimmed.freedom
        }
        return freedom > 0 ? squares / freedom : 0
    }

    /// What repetitions differ by, less what their processes explain.
    private static func fromFloor(_ floor: NoiseFloor.MetricFloor, processes: Int, spread: Double)
        -> RunVariance?
    {
        let total: (variance: Double, freedom: Double)
        if let deviation = floor.deviation, let repetitions = floor.repetitions, repetitions > 1 {
            total = (deviation * deviation, Double(repetitions - 1))
        } else if floor.pairs > 0 {
            let factor = Normal.largest(of: floor.pairs)
            let deviation = floor.value / factor
            // A largest value is a poor estimate: its own deviation is about 1.07 ∕ factor of the one sought (Gumbel).
            total = (deviation * deviation / 2, factor * factor * factor * factor / (2 * 1.07 * 1.07))
        } else {
            return nil
        }
        // Of medians: their variance is π∕2 times that of means.
        let explained = Double.pi / 2 * spread / Double(max(processes, 1))
        let left = max(0, total.variance - explained)
        // What is left of a variance is known as well as the whole, and so, relative to itself, worse.
        let share = total.variance > 0 ? left / total.variance : 1
        return RunVariance(
            Comparison.RunNoise(
                deviation: left.squareRoot(), freedom: max(total.freedom * share * share, 1), source: .noiseFloor),
            repetition: left > 0 ? (total.variance, total.freedom, explained) : nil)
    }

    private static func fromRuns(_ runs: [[Double]], spread: Double) -> (variance: Double, freedom: Double)? {
        guard runs.count > 1 else { return nil }
        let means = runs.compactMap { Trimmed($0)?.mean }
        guard means.count == runs.count else { return nil }
        let explained = runs.reduce(0) { $0 + spread / Double($1.count) } / Double(runs.count)
        return (max(0, Moments(means).variance - explained), Double(runs.count - 1))
    }
}
