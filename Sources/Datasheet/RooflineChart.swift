import Document
import Model
import Units

extension Datasheet {
    /// Attained speed against operational intensity under the ceilings of this run; absent where either is missing.
    static func roofline(_ reading: Reading) -> Document.Figure? {
        let threads = reading.mostThreads
        let points = reading.kernels.filter { $0.case.threads == threads && ($0.operationalIntensity ?? 0) > 0 }
            .compactMap { measurement in rate(measurement).map { (measurement, $0) } }
        let types = points.map(\.0.case.dataType).unique
        let roofs = roofs(reading, types, threads)
        guard !points.isEmpty, !roofs.isEmpty else { return nil }
        // One prefix for both axes' rates, so that bandwidth × intensity reads in the unit of the y axis.
        let first = roofs.first { $0.kind == .flat && !$0.isContext }?.metric.value
        let scale = Scale(for: first ?? points[0].1, unit: .flopsPerSecond)
        let ceilings = roofs.map { ceiling($0, scale) }
        let chart = Document.Roofline(
            xTitle: "operational intensity, FLOP per byte", yTitle: scale.symbol,
            ceilings: ceilings,
            points: points.map { point($0.0, $0.1, scale, types, reading) },
            marks: types.count > 1 ? types.map { .init(mark: mark($0, types), name: $0.rawValue) } : [])
        return Document.Figure(
            title: rooflineTitle(points.map(\.0), reading) ?? "Roofline",
            subtitle: rooflineSubtitle(threads, ceilings),
            description: describe(chart), chart: .roofline(chart))
    }

    private static func rooflineSubtitle(_ threads: Int, _ ceilings: [Document.Roofline.Ceiling]) -> String {
        var parts = ["\(Words.capital(Words.threads(threads)))", "every ceiling is measured, none is a vendor figure"]
        let doubts = ceilings.map(\.doubt).filter { !$0.isEmpty }.unique
        if !doubts.isEmpty { parts.append("dashed: \(doubts.joined(separator: " or "))") }
        let side = ceilings.filter(\.isContext)
        let kinds = [
            side.contains { $0.name.hasSuffix(oneThread) } ? "of one thread" : nil,
            side.contains { !$0.name.hasSuffix(oneThread) } ? "of a type that no kernel here has" : nil,
        ].compactMap { $0 }
        if !kinds.isEmpty { parts.append("thin: \(kinds.joined(separator: " or "))") }
        if ceilings.contains(where: { $0.name.hasPrefix(randomRows) }) {
            parts.append("bytes of random rows: rows and indices, no sums")
        }
        return parts.joined(separator: "; ")
    }

    /// Of each data type the peak that the best instruction set reached.
    static func highest(_ peaks: [Measurement]) -> [Measurement] {
        func value(_ measurement: Measurement) -> Double { measurement.metrics.first?.value ?? 0 }
        return peaks.map(\.case.dataType).unique.compactMap { type in
            peaks.filter { $0.case.dataType == type }.max { value($0) < value($1) }
        }
    }

    /// Operations a second: measured directly, or for lookups from the operations of one iteration.
    private static func rate(_ measurement: Measurement) -> Double? {
        if let metric = measurement.metrics.first(where: { $0.unit == Unit.flopsPerSecond.symbol }) {
            return metric.value
        }
        guard let work = measurement.work, work.flops > 0 else { return nil }
        if let metric = measurement.metrics.first(where: { $0.unit == Unit.bytesPerSecond.symbol }), work.bytes > 0 {
            return metric.value / work.bytes * work.flops
        }
        return nil
    }

    private static func ceiling(_ roof: Roof, _ scale: Scale) -> Document.Roofline.Ceiling {
        var ceiling = Document.Roofline.Ceiling(
            name: roof.name, detail: NumberColumn.text(roof.metric), kind: roof.kind,
            value: roof.metric.value / scale.divisor,
            doubt: roof.measurement.isSound ? "" : roof.measurement.status.rawValue, isContext: roof.isContext)
        ceiling.quantity = Document.Quantity(roof.metric, of: roof.measurement)
        return ceiling
    }

    private static func point(
        _ measurement: Measurement, _ rate: Double, _ scale: Scale, _ types: [DataType], _ reading: Reading
    ) -> Document.Roofline.Point {
        // That a ceiling is not to be relied on stands at its line, which is dashed.
        let doubt = reading.doubt(measurement) == .aboveCeiling ? ", " + Share.Doubt.aboveCeiling.words : ""
        let share = measurement.share.map { Figures.percent($0.value) + doubt } ?? ""
        var point = Document.Roofline.Point(
            label: reading.workload(measurement, withoutType: types.count == 1), detail: share,
            x: measurement.operationalIntensity ?? 0, y: rate / scale.divisor,
            mark: mark(measurement.case.dataType, types),
            isHollow: !measurement.isSound)
        point.quantity = measurement.metrics.first { $0.unit == Unit.flopsPerSecond.symbol }.map {
            Document.Quantity($0, of: measurement)
        }
        return point
    }

    private static func mark(_ type: DataType, _ types: [DataType]) -> Document.Roofline.Point.Mark {
        let marks = Document.Roofline.Point.Mark.allCases
        return marks[(types.firstIndex(of: type) ?? 0) % marks.count]
    }

    /// How close sound kernels come to sound ceilings: 80 % of it is called close, half of it far.
    private static func rooflineTitle(_ measurements: [Measurement], _ reading: Reading) -> String? {
        func shares(_ kernel: Kernel) -> [Double] {
            measurements.filter {
                guard let ceiling = reading.ceiling(of: $0) else { return false }
                return $0.isSound && ceiling.isSound && ceiling.case.kernel == kernel
            }.compactMap { $0.share?.value }
        }
        var parts: [String] = []
        if let words = closeness(shares(.peakCompute)) { parts.append("Kernels that arithmetic limits run \(words)") }
        if let words = closeness(shares(.streamTriad)) {
            parts.append("\(parts.isEmpty ? "Kernels" : "those") that memory limits run \(words)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func closeness(_ shares: [Double]) -> String? {
        guard let least = shares.min(), let most = shares.max() else { return nil }
        let range = Words.range(percent: shares)
        if least >= 0.8 { return "close under their ceiling (\(range))" }
        return most < 0.5 ? "far below their ceiling (\(range))" : "at \(range) of their ceiling"
    }

    private static func describe(_ chart: Document.Roofline) -> String {
        let ceilings = chart.ceilings.map { "\($0.name) \($0.detail)\($0.doubt.isEmpty ? "" : " (\($0.doubt))")" }
            .joined(separator: ", ")
        let points = chart.points.prefix(40).map {
            "\($0.label)\($0.detail.isEmpty ? "" : " at \($0.detail) of its ceiling")"
        }
        return "Logarithmic axes. Ceilings measured: \(ceilings). Kernels: \(points.joined(separator: "; "))."
    }
}

extension Case {
    /// The workload without its data type at the end, where a whole chart has but one.
    var withoutType: String {
        let suffix = " " + dataType.rawValue
        return workload.hasSuffix(suffix) ? String(workload.dropLast(suffix.count)) : workload
    }
}
