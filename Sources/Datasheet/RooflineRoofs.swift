import Document
import Model
import Units

/// A measured ceiling of the roofline: which, by which of its metrics, and what to call it.
struct Roof {
    var name: String
    var kind: Document.Roofline.Ceiling.Kind
    var measurement: Measurement
    var metric: Metric
    /// Beside what the points are held against.
    var isContext = false
}

extension Datasheet {
    static let randomRows = "random rows"
    static let oneThread = ", 1 thread"
    /// So many kinds of random rows are told apart in one picture.
    private static let mostRows = 3

    /// Peaks of arithmetic, then bandwidths: what was measured with as many threads as the points, and of one thread the peaks.
    static func roofs(_ reading: Reading, _ types: [DataType], _ threads: Int) -> [Roof] {
        let own = reading.ceilings.filter { $0.case.placement.node == nil }
        let all = own.filter { $0.case.threads == threads }
        return peaks(all, types) + single(threads > 1 ? own.filter { $0.case.threads == 1 } : [], types)
            + caches(all) + memory(all) + rows(all, reading)
    }

    private static func peaks(_ all: [Measurement], _ types: [DataType]) -> [Roof] {
        let peaks = highest(arithmetic(all)).compactMap { peak in
            peak.metrics.first.map {
                Roof(
                    name: peak.case.ceilingName, kind: .flat, measurement: peak, metric: $0,
                    isContext: !types.contains(peak.case.dataType))
            }
        }
        return peaks.filter { !$0.isContext } + peaks.filter(\.isContext)
    }

    private static func single(_ all: [Measurement], _ types: [DataType]) -> [Roof] {
        highest(arithmetic(all)).filter { types.contains($0.case.dataType) }.compactMap { peak in
            peak.metrics.first.map {
                Roof(
                    name: peak.case.dataType.rawValue + oneThread, kind: .flat, measurement: peak, metric: $0,
                    isContext: true)
            }
        }
    }

    private static func arithmetic(_ all: [Measurement]) -> [Measurement] {
        all.filter { $0.case.kernel == .peakCompute && $0.metrics.first?.unit == Unit.flopsPerSecond.symbol }
    }

    /// Of each level the highest.
    private static func caches(_ all: [Measurement]) -> [Roof] {
        let found = all.compactMap { measurement -> (level: Int, roof: Roof)? in
            guard case .cacheRead(let shape) = measurement.case.shape, let metric = bandwidth(measurement) else {
                return nil
            }
            return (
                shape.level, Roof(name: "L\(shape.level)", kind: .slope, measurement: measurement, metric: metric)
            )
        }
        return found.map(\.level).unique.sorted().compactMap { level in
            found.filter { $0.level == level }.map(\.roof).max { $0.metric.value < $1.metric.value }
        }
    }

    private static func memory(_ all: [Measurement]) -> [Roof] {
        let triads = all.filter { $0.case.kernel == .streamTriad }.compactMap { triad in
            bandwidth(triad).map {
                Roof(name: "memory, \(triad.case.ceilingName)", kind: .slope, measurement: triad, metric: $0)
            }
        }
        return triads.max { $0.metric.value < $1.metric.value }.map { [$0] } ?? []
    }

    /// Those that a kernel is held against.
    private static func rows(_ all: [Measurement], _ reading: Reading) -> [Roof] {
        let asked = Set(reading.kernels.compactMap { $0.share?.of })
        let found = all.filter { $0.case.kernel == .rowGather && asked.contains($0.case.workload) }.prefix(mostRows)
        return found.compactMap { measurement in
            bandwidth(measurement).map {
                Roof(
                    name: found.count == 1 ? randomRows : measurement.case.workload, kind: .slope,
                    measurement: measurement, metric: $0)
            }
        }
    }

    private static func bandwidth(_ measurement: Measurement) -> Metric? {
        measurement.metrics.first { $0.unit == Unit.bytesPerSecond.symbol }
    }
}
