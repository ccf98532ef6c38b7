import Model
import Statistics

/// A ceiling that was measured.
struct Ceiling {
    /// Workload name.
    var name: String
    var value: Double
    var status: Status
}

/// The measured ceilings of a run, and each kernel's share of the one that binds it.
struct Ceilings {
    private var values: [CeilingKey: Ceiling] = [:]
    /// Cache levels read, by threads and placement, the innermost first.
    private var caches: [CeilingKey: [(shape: CacheShape, ceiling: Ceiling)]] = [:]
    /// Peaks that this machine has no instructions for.
    private var lacking: Set<DataType> = []

    init(_ measurements: [Measurement]) {
        for measurement in measurements {
            let planned = measurement.case
            // A scenario's figure is a rate of queries or a latency: no ceiling, and no share of one.
            if planned.scenarioSettings != nil { continue }
            if planned.kernel == .peakCompute, measurement.status == .skipped { lacking.insert(planned.dataType) }
            guard let metric = measurement.metrics.first, let key = CeilingKey(ceiling: planned) else { continue }
            let ceiling = Ceiling(name: planned.workload, value: metric.value, status: measurement.status)
            if case .cacheRead(let shape) = planned.shape { caches[key, default: []].append((shape, ceiling)) }
            // Where several measured the same ceiling (two instruction sets), the highest is what the machine can do.
            if values[key].map({ $0.value < ceiling.value }) ?? true { values[key] = ceiling }
        }
        for key in caches.keys { caches[key]?.sort { $0.shape.level < $1.shape.level } }
    }

    func shares(_ measurements: [Measurement]) -> [Measurement] {
        measurements.map {
            var measurement = $0
            guard let (value, ceiling) = share(of: $0) else { return measurement }
            measurement.share = Share(of: ceiling.name, value: value, doubt: Self.doubt(value, ceiling.status))
            if ceiling.status != .valid {
                measurement.warnings.append("its ceiling (\(ceiling.name)) is itself \(ceiling.status.rawValue)")
            }
            if value > 1 {
                measurement.warnings.append(
                    "a share above 100 % means that the ceiling (\(ceiling.name)) was measured too low, not that this is fast"
                )
            }
            return measurement
        }
    }

    private static func doubt(_ share: Double, _ ceiling: Status) -> Share.Doubt? {
        if share > 1 { return .aboveCeiling }
        return switch ceiling {
        case .unconverged: .ceilingUnconverged
        case .noisy: .ceilingNoisy
        case .valid, .skipped, .failed: nil
        }
    }

    private func share(of measurement: Measurement) -> (value: Double, ceiling: Ceiling)? {
        if measurement.case.scenarioSettings != nil { return nil }
        return switch measurement.case.kernel {
        case .matmul, .convolution: arithmeticShare(measurement)
        case .embedding: lookupShare(measurement)
        case .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase, .peakCompute,
            .null:
            nil
        }
    }

    /// The roofline model (Williams, Waterman & Patterson, CACM 2009): the lower of peak compute and operational
    /// intensity × bandwidth binds.
    private func arithmeticShare(_ measurement: Measurement) -> (value: Double, ceiling: Ceiling)? {
        // Without the peak the memory roof alone may not be the one that binds.
        guard let metric = measurement.metrics.first, var peak = peak(measurement.case) else { return nil }
        // Operations on padding are counted and never done.
        peak.value /= measurement.case.shape.unpaddedShare
        var binding = peak
        if var roof = bandwidth(measurement), let intensity = measurement.operationalIntensity {
            roof.value *= intensity
            if roof.value < peak.value { binding = roof }
        }
        return (metric.value / binding.value, binding)
    }

    /// The peak of the data type, whichever instruction set reached it. What has no instructions of its own is converted and
    /// computed in f32, at most as fast as that.
    private func peak(_ planned: Case) -> Ceiling? {
        if let own = values[CeilingKey(.peakCompute, planned, type: planned.dataType)] { return own }
        guard [.bf16, .f16].contains(planned.dataType), lacking.contains(planned.dataType) else { return nil }
        return values[CeilingKey(.peakCompute, planned, type: .f32)]
    }

    /// Of the innermost cache that holds what the kernel reads and writes, else of memory.
    private func bandwidth(_ measurement: Measurement) -> Ceiling? {
        let planned = measurement.case
        // A cold case finds its operands in memory, however small they are.
        if planned.cache == .warm, let bytes = measurement.work?.bytes,
            let cache = caches[CeilingKey(.cacheRead, planned)]?.first(where: { bytes <= Double($0.shape.capacity) })
        {
            return cache.ceiling
        }
        return values[CeilingKey(.streamTriad, planned)]
    }

    /// Of the rows that can be read a second when nothing is done with them; where that was not measured, and backward, where
    /// rows are written too, of the bandwidth of memory.
    private func lookupShare(_ measurement: Measurement) -> (value: Double, ceiling: Ceiling)? {
        let planned = measurement.case
        if let key = CeilingKey(gatherFor: planned), let gather = values[key], let rows = measurement.metrics.first {
            return (rows.value / gather.value, gather)
        }
        guard let memory = values[CeilingKey(.streamTriad, planned)],
            let metric = measurement.metrics.first(where: { $0.name == "bandwidth" })
        else { return nil }
        return (metric.value / memory.value, memory)
    }
}
