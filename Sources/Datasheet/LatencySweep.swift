import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// The latency of a chase through ever larger buffers, on small and on huge pages, with the caches as they are reported.
    static func latencyFigure(_ reading: Reading) -> Document.Figure? {
        let sweep = reading.ceilings.filter { $0.case.isOfASweep && $0.case.kernel == .pointerChase }
        let sized = sweep.compactMap { measurement -> (bytes: Double, measurement: Measurement)? in
            guard case .pointerChase(let shape) = measurement.case.shape, measurement.case.placement.node == nil else {
                return nil
            }
            return (Double(shape.bytes), measurement)
        }
        guard sized.count >= 4 else { return nil }
        let column = NumberColumn(sized.compactMap(\.measurement.metrics.first))
        let series = [(false, "huge pages"), (true, "small pages")].compactMap { small, name in
            latencySeries(sized.filter { $0.measurement.case.asksForSmallPages == small }, name, column, small)
        }
        let caches = reading.machine.topology.caches.filter { $0.type != .instruction }
        let markers = caches.map { cache in
            Document.Lines.Marker(
                name: "\(cacheName(cache)) \(Figures.bytes(cache.bytes))", direction: .vertical,
                value: Double(cache.bytes))
        }
        let words = sized.compactMap { bytes, measurement in
            measurement.metrics.first.map { "\(Figures.bytes(UInt64(bytes))) \(column.value($0))" }
        }
        return Document.Figure(
            title: latencyTitle(sized) ?? "Latency by working set",
            subtitle:
                "\(column.unit) a load, 95\(Figures.narrowSpace)% interval, logarithmic axes; dotted: caches as reported",
            description: "\(column.unit) a load: \(words.joined(separator: "; ")).",
            chart: .lines(
                Document.Lines(
                    x: Document.Lines.Axis("working set", isLogarithmic: true, format: .bytes),
                    y: Document.Lines.Axis("\(column.unit) a load", isLogarithmic: true), series: series,
                    markers: markers)))
    }

    private static func latencySeries(
        _ points: [(bytes: Double, measurement: Measurement)], _ name: String, _ column: NumberColumn, _ isSmall: Bool
    ) -> Document.Lines.Series? {
        let shown = points.sorted { $0.bytes < $1.bytes }.compactMap { bytes, measurement -> Document.Lines.Point? in
            guard let metric = measurement.metrics.first else { return nil }
            return Document.Lines.Point(
                x: bytes, y: column.scaled(metric.value), lower: metric.interval.map { column.scaled($0.lower) },
                upper: metric.interval.map { column.scaled($0.upper) })
        }
        guard !shown.isEmpty else { return nil }
        return Document.Lines.Series(
            name: name, role: isSmall ? .context : .measured, points: shown, mark: isSmall ? .square : .circle,
            isHollow: points.contains { !$0.measurement.isSound })
    }

    /// From the smallest working set to the largest, with both values, where both are sound.
    private static func latencyTitle(_ sized: [(bytes: Double, measurement: Measurement)]) -> String? {
        let usual = sized.filter { !$0.measurement.case.asksForSmallPages && $0.measurement.isSound }
        guard let first = usual.min(by: { $0.bytes < $1.bytes }), let last = usual.max(by: { $0.bytes < $1.bytes }),
            let near = first.measurement.metrics.first, let far = last.measurement.metrics.first,
            near.value > 0, far.value > 2 * near.value
        else { return nil }
        let range = "\(NumberColumn.text(near)) at \(Figures.bytes(UInt64(first.bytes))) to \(NumberColumn.text(far))"
        return "A load takes from \(range) at \(Figures.bytes(UInt64(last.bytes)))"
    }
}
