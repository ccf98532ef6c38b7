import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// Most bars of one picture; the table has all.
    private static let mostBars = 24

    /// What is counted in one unit and of one kind, as bars on one scale from zero: a picture for each such set of two or more.
    static func barFigures(_ reading: Reading) -> [Document.Figure] {
        let threads = reading.mostThreads
        func widest(_ all: [Measurement], _ unit: Unit) -> [Measurement] {
            all.filter {
                $0.case.threads == threads && $0.case.placement.node == nil && $0.metrics.first?.unit == unit.symbol
            }
        }
        let ceilings = reading.ceilings.filter { !$0.case.isOfASweep }
        func ceiling(_ kernels: Set<Kernel>, _ unit: Unit) -> [Measurement] {
            widest(ceilings.filter { kernels.contains($0.case.kernel) }, unit)
        }
        let memory: Set<Kernel> = [.streamCopy, .streamScale, .streamAdd, .streamTriad]
        let few = latencyFigure(reading) == nil
        let chases = reading.ceilings.filter { $0.case.kernel == .pointerChase && $0.case.placement.node == nil }
        return [
            arithmeticFigure(reading, widest(reading.kernels, .flopsPerSecond), "Arithmetic"),
            arithmeticFigure(reading, widest(reading.kernels, .operationsPerSecond), "Integer arithmetic"),
            figure(
                "Rows", widest(reading.kernels, .lookupsPerSecond) + ceiling([.rowGather], .lookupsPerSecond), reading),
            figure("Memory bandwidth", ceiling(memory, .bytesPerSecond), reading),
            figure("Cache bandwidth", ceiling([.cacheRead], .bytesPerSecond), reading),
            few ? figure("Memory latency", chases, reading) : nil,
        ].compactMap { $0 }
    }

    /// Kernels under the peak that was measured, where it is one for all of them.
    private static func arithmeticFigure(
        _ reading: Reading, _ kernels: [Measurement], _ title: String
    ) -> Document.Figure? {
        let types = kernels.map(\.case.dataType).unique
        let peaks = highest(
            reading.ceilings.filter {
                $0.case.kernel == .peakCompute && $0.case.threads == reading.mostThreads
                    && types.contains($0.case.dataType) && $0.metrics.first?.unit == kernels.first?.metrics.first?.unit
            })
        // Peaks of several types are several lines, and none of them is above all bars.
        let peak = types.count == 1 ? peaks.first : nil
        return figure(title, kernels, reading, under: peak)
    }

    private static func figure(
        _ title: String, _ all: [Measurement], _ reading: Reading, under peak: Measurement? = nil
    ) -> Document.Figure? {
        guard all.count > 1 || (all.count == 1 && peak != nil), let first = all.first?.metrics.first else { return nil }
        let above = peak?.metrics.first
        let column = NumberColumn(all.flatMap { $0.metrics.prefix(1) } + [above].compactMap { $0 })
        let isOfOneType = Set(all.map(\.case.dataType)).count == 1
        let rows = all.compactMap { barRow($0, column, reading, isOfOneType) }
        let reference = above.map { column.scaled($0.value) }
        let doubt = peak.map { $0.isSound ? "" : ", \($0.status.rawValue)" } ?? ""
        let threads = Set(all.map(\.case.threads)).count == 1 ? ", \(Words.threads(all[0].case.threads))" : ""
        return Document.Figure(
            title: title + threads,
            subtitle: "\(column.unit)\(first.better == .lower ? ", lower is better" : ""), "
                + "95\(Figures.narrowSpace)% interval; hollow: not valid"
                + (rows.count > mostBars ? "; the first \(mostBars) of \(rows.count)" : ""),
            description: rows.map { "\($0.label) \($0.text)" }.joined(separator: "; ") + ".",
            chart: .bars(
                Document.Bars(
                    axis: column.unit, style: .bar, rows: Array(rows.prefix(mostBars)), reference: reference,
                    referenceName: reference == nil ? "" : "measured peak" + doubt)))
    }

    private static func barRow(
        _ measurement: Measurement, _ column: NumberColumn, _ reading: Reading, _ oneType: Bool
    ) -> Document.Bars.Row? {
        guard let metric = measurement.metrics.first else { return nil }
        var row = Document.Bars.Row(
            label: reading.workload(measurement, withoutType: oneType),
            value: column.scaled(metric.value),
            lower: metric.interval.map { column.scaled($0.lower) },
            upper: metric.interval.map { column.scaled($0.upper) },
            text: column.value(metric), isHollow: !measurement.isSound)
        row.quantity = Document.Quantity(metric, of: measurement)
        return row
    }
}
