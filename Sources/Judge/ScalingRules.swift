import Model
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What one thread and many must have in common to be points of one curve.
private struct CurveKey: Hashable {
    let size: [String]
    let kernel: Kernel
    let type: DataType
    let backend: Backend
    let scenario: Scenario
    let cache: CacheState
    let memory: Placement.MemoryPolicy
    let node: Int?

    /// Not by the workload's name, which tells placements apart; of a cache that is read by the level alone, because
    /// every thread has a part of its own.
    init(_ planned: Case) {
        (kernel, type) = (planned.kernel, planned.dataType)
        if case .cacheRead(let shape) = planned.shape {
            size = ["\(shape.level)"]
        } else {
            size = planned.shape.sizes.map { "\($0.name)=\($0.value)" }
        }
        (backend, scenario, cache) = (planned.backend, planned.scenario, planned.cache)
        (memory, node) = (planned.placement.memory, planned.placement.node)
    }
}

/// Measurements → how they grew with their threads. Compact and spread placements share their one thread.
enum ScalingRules {
    /// - Parameter rates: the process values of each measurement's first metric, by identity of its case.
    static func scaled(_ measurements: [Measurement], rates: [String: [Double]]) -> [Measurement] {
        var baselines: [CurveKey: Measurement] = [:]
        for measurement in measurements where measurement.case.threads == 1 && measurement.isRate {
            baselines[CurveKey(measurement.case)] = baselines[CurveKey(measurement.case)] ?? measurement
        }
        return measurements.map {
            var measurement = $0
            if let baseline = baselines[CurveKey($0.case)] {
                measurement.scaling = scaling(of: $0, from: baseline, rates)
            }
            return measurement
        }
    }

    private static func scaling(
        of many: Measurement, from one: Measurement, _ rates: [String: [Double]]
    ) -> Scaling? {
        guard many.case.threads > 1, many.isRate, let metric = many.metrics.first, let base = one.metrics.first else {
            return nil
        }
        let ratio = metric.value / base.value
        guard ratio.isFinite, ratio > 0 else { return nil }
        return Scaling(
            baseline: one.case.id, speedUp: ratio,
            speedUpInterval: interval(rates[many.case.id] ?? [], rates[one.case.id] ?? [], around: ratio),
            threads: many.case.threads)
    }

    /// Of the ratio: the interval of a shift of logarithms. The ratio of the medians is not the estimate that belongs to it
    /// and may in rare samples lie outside; then it is widened up to there.
    private static func interval(_ many: [Double], _ one: [Double], around ratio: Double) -> Interval? {
        guard many.allSatisfy({ $0 > 0 }), one.allSatisfy({ $0 > 0 }),
            let shift = RankTest.shiftInterval(many.map { log($0) }, one.map { log($0) }, level: Summary.level)
        else { return nil }
        return Interval(
            lower: min(exp(shift.lower), ratio), upper: max(exp(shift.upper), ratio), level: shift.level)
    }
}

extension Measurement {
    /// Whether its first metric is work a second, of which more threads do more.
    fileprivate var isRate: Bool { metrics.first?.better == .higher }
}
