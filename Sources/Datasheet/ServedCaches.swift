import Document
import Model
import Units

extension Datasheet {
    /// Caches as the latency sweep finds them, where that is far from what is reported; the rule is `ServedCache`'s.
    static func cacheClaims(_ reading: Reading) -> [Claim] {
        let sweep = sweptLoads(reading)
        return ServedCache.contradictions(reading.machine.topology.caches, sweep.map(\.point)).map { found in
            let words = [found.served, found.unserved].map { point in
                let metric = sweep.first { $0.point == point }?.metric
                return (Figures.bytes(UInt64(point.bytes)), metric.map(NumberColumn.text) ?? "")
            }
            let times = "a load takes \(words[0].1) at \(words[0].0), \(words[1].1) at \(words[1].0)"
            return Claim(
                subject: "\(cacheName(found.cache)) as served",
                claimed: "\(Figures.bytes(found.cache.bytes)), as reported",
                visible: found.isLarger
                    ? "\(words[0].0) or more for one thread: \(times)"
                    : "less than \(words[1].0) for one thread: \(times)",
                evidence: "latency sweep of section \(Number.results); hwloc topology")
        }
    }

    /// Those that come with the probe, and those that only a run can show.
    static func allClaims(_ reading: Reading) -> [Claim] { reading.machine.claims + cacheClaims(reading) }

    /// Working sets of the sweep that can be taken at their word. On small pages those up to 4 MiB: beyond, translating an
    /// address costs more than the caches differ. On huge pages those that the kernel really gave huge pages; they go before.
    private static func sweptLoads(_ reading: Reading) -> [(point: ServedCache.Point, metric: Metric)] {
        var found: [Int: (point: ServedCache.Point, metric: Metric)] = [:]
        let sweep = reading.ceilings.filter { $0.isSound && $0.case.isOfASweep && $0.case.placement.node == nil }
        for measurement in sweep.sorted(by: { $0.case.asksForSmallPages && !$1.case.asksForSmallPages }) {
            guard case .pointerChase(let shape) = measurement.case.shape, measurement.case.threads == 1,
                let metric = measurement.metrics.first, let interval = metric.interval,
                shape.pages == .small ? shape.bytes <= 4 << 20 : liesOnHugePages(measurement, reading)
            else { continue }
            let point = ServedCache.Point(bytes: Double(shape.bytes), latency: metric.value, interval: interval)
            found[shape.bytes] = (point, metric)
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Nine tenths of the buffer, in every process that counted its pages.
    private static func liesOnHugePages(_ measurement: Measurement, _ reading: Reading) -> Bool {
        let counted = reading.processes(of: measurement).filter(\.isCompleted).compactMap(\.pages)
        return !counted.isEmpty && counted.allSatisfy { Double($0.hugeBytes) >= 0.9 * Double($0.bytes) }
    }
}
