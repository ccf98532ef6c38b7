import Model
import Statistics

/// Interval of new ÷ base by the hierarchical bootstrap: processes are drawn, and in each the median of drawn samples.
enum RatioInterval {
    /// Medians of drawn samples that are kept a process, to be drawn from.
    private static let within = 50

    static func of(
        base: [[RunValues.ProcessValue]], new: [RunValues.ProcessValue], level: Double, resamples: Int, seed: UInt64
    ) -> Interval? {
        guard resamples > 0, new.count > 1, base.allSatisfy({ $0.count > 1 }) else { return nil }
        var generator = SeededGenerator(seed: seed)
        let old = base.map { $0.map { medians($0, &generator) } }
        let now = new.map { medians($0, &generator) }
        let ratios = (0..<resamples).compactMap { _ -> Double? in
            let before = Order.median(old.map { draw($0, &generator) }) ?? .nan
            let ratio = draw(now, &generator) / before
            return ratio.isFinite && ratio > 0 ? ratio : nil
        }
        guard ratios.count == resamples else { return nil }
        return Bootstrap.interval(ratios, level: level)
    }

    /// The median of as many processes as there are, drawn with replacement.
    private static func draw(_ processes: [[Double]], _ generator: inout SeededGenerator) -> Double {
        let drawn = processes.indices.map { _ in
            let process = processes[Int(generator.below(UInt64(processes.count)))]
            return process[Int(generator.below(UInt64(process.count)))]
        }
        return Order.median(drawn) ?? .nan
    }

    /// Medians of a process’s samples, drawn with replacement; its figure alone where samples are not kept.
    private static func medians(_ process: RunValues.ProcessValue, _ generator: inout SeededGenerator) -> [Double] {
        guard process.samples.count > 1 else { return [process.value] }
        let samples = process.samples
        return (0..<within).map { _ in
            let drawn = samples.indices.map { _ in samples[Int(generator.below(UInt64(samples.count)))] }
            return Order.median(drawn) ?? process.value
        }
    }
}
