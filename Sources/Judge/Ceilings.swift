import Model
import Statistics

/// The measured ceilings of a run, and each kernel's share of the one that binds it.
struct Ceilings {
    private struct Key: Hashable {
        let kernel: Kernel
        let threads: Int
        let dataType: DataType?
    }
    private var values: [Key: (name: String, value: Double, status: Status)] = [:]

    init(_ measurements: [Measurement]) {
        for measurement in measurements {
            guard let metric = measurement.metrics.first else { continue }
            let planned = measurement.case
            switch planned.kernel {
            case .peakCompute:
                keep(
                    Key(kernel: .peakCompute, threads: planned.threads, dataType: planned.dataType), planned, metric,
                    measurement.status)
            case .streamTriad:
                keep(
                    Key(kernel: .streamTriad, threads: planned.threads, dataType: nil), planned, metric,
                    measurement.status)
            default: break
            }
        }
    }

    /// Where several measured the same ceiling (two instruction sets), the highest is what the machine can do.
    private mutating func keep(_ key: Key, _ planned: Case, _ metric: Metric, _ status: Status) {
        if values[key].map({ $0.value < metric.value }) ?? true {
            values[key] = (planned.workload, metric.value, status)
        }
    }

    func shares(_ measurements: [Measurement]) -> [Measurement] {
        measurements.map {
            var measurement = $0
            guard let (share, ceiling) = share(of: $0) else { return measurement }
            measurement.share = share
            if ceiling != .valid {
                measurement.warnings.append("its ceiling (\(share.of)) is itself \(ceiling.rawValue)")
            }
            if share.value > 1 {
                measurement.warnings.append(
                    "a share above 100 % means that the ceiling (\(share.of)) was measured too low, not that this is fast"
                )
            }
            return measurement
        }
    }

    /// The roofline model (Williams, Waterman & Patterson, CACM 2009): the lower of peak compute and operational
    /// intensity × memory bandwidth binds.
    private func share(of measurement: Measurement) -> (Share, ceiling: Status)? {
        let planned = measurement.case
        let memory = values[Key(kernel: .streamTriad, threads: planned.threads, dataType: nil)]
        switch planned.kernel {
        case .matmul, .convolution:
            guard let metric = measurement.metrics.first else { return nil }
            let peak = values[Key(kernel: .peakCompute, threads: planned.threads, dataType: planned.dataType)]
            let roof = memory.flatMap { memory in
                measurement.operationalIntensity.map {
                    (name: memory.name, value: memory.value * $0, status: memory.status)
                }
            }
            // Without the peak the memory roof alone may not be the one that binds.
            guard let peak else { return nil }
            let binding = roof.map { $0.value < peak.value ? $0 : peak } ?? peak
            return (Share(of: binding.name, value: metric.value / binding.value), binding.status)
        case .embedding:
            guard let memory, let metric = measurement.metrics.first(where: { $0.name == "bandwidth" }) else {
                return nil
            }
            return (Share(of: memory.name, value: metric.value / memory.value), memory.status)
        case .streamTriad, .pointerChase, .peakCompute, .null: return nil
        }
    }
}
