import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// §10: every number with its interval, then the ceilings, the gain from threads, and where the spread comes from.
    static func results(_ reading: Reading) -> Document.Section {
        guard !reading.measured.isEmpty else {
            return Document.Section(
                number: Number.results, title: "Results",
                blocks: [
                    .paragraph("None: no case was measured. The reasons stand in \(section: Number.negativeResults).")
                ])
        }
        var blocks: [Document.Block] = []
        if !reading.kernels.isEmpty { blocks.append(.table(kernelTable(reading))) }
        if let table = reorderTable(reading) { blocks.append(.table(table)) }
        if !reading.ceilings.isEmpty { blocks.append(.table(ceilingTable(reading))) }
        blocks += nodeMatrices(reading).map { .table($0) }
        let scaling = threadScalingFigure(reading) ?? scalingFigure(reading)
        let charts = barFigures(reading) + [scaling, latencyFigure(reading)].compactMap { $0 }
        for start in stride(from: 0, to: charts.count, by: 2) {
            blocks.append(.row(charts[start..<min(start + 2, charts.count)].map { [.figure($0)] }))
        }
        if let table = scalingTable(reading) { blocks.append(.table(table)) }
        blocks += scenarioBlocks(reading)
        if let table = threadScalingTable(reading) { blocks.append(.table(table)) }
        if let table = spreadTable(reading) { blocks.append(.table(table)) }
        return Document.Section(
            number: Number.results, title: "Results", finding: shareSentence(reading).map { Prose($0) }, blocks: blocks)
    }

    private static func kernelTable(_ reading: Reading) -> Document.Table {
        let groups = Kernel.allCases.filter { !$0.isCeiling }.compactMap { kernel -> Document.Group? in
            let rows = metricRows(reading.kernels.filter { $0.case.kernel == kernel }) {
                shareCell($0, reading, for: $1)
            }
            return rows.isEmpty ? nil : Document.Group(title: kernel.title, note: kernel.shapeNote, rows: rows)
        }
        var notes: [Prose] = [
            """
            n: processes. Interval: 95\(Figures.narrowSpace)%, between processes. Threads: one a core. Share: of the ceiling named \
            after it, measured with the same threads. –: does not apply. Cases without a number stand in \(section: 14).
            """
        ]
        if reading.kernels.contains(where: { ($0.share?.value ?? 0) > 1 }) {
            notes.append(
                "A share above 100\(Figures.narrowSpace)% means that the ceiling is wrong, not that the kernel is good."
            )
        }
        if let words = countedBytes(reading) { notes.append(words) }
        return Document.Table(
            caption: "All \(Words.count(reading.kernels.count, "measured case")) of kernels",
            columns: resultColumns("Share of ceiling"),
            groups: groups, notes: notes)
    }

    /// The bytes of lookups and of their ceiling are not the same bytes, so that their bandwidths are no share of each other.
    static func countedBytes(_ reading: Reading) -> Prose? {
        let lookups = reading.kernels.filter { $0.case.kernel == .embedding }
        guard !lookups.isEmpty, reading.ceilings.contains(where: { $0.case.kernel == .rowGather }) else { return nil }
        return """
            Bytes of an embedding lookup: the rows read (backward: read and written), the sums written, and the indices, the starts of \
            bags and the weights that are read. Bytes of random rows: the rows and the indices, for no sums are made. Their bandwidths \
            are therefore counted differently; the share is of rows a second, which are counted alike.
            """
    }

    private static func ceilingTable(_ reading: Reading) -> Document.Table {
        let shown = reading.ceilings.filter { !reading.isInNodeMatrix($0) }
        let groups = Kernel.ceilings.compactMap { kernel -> Document.Group? in
            let rows = metricRows(shown.filter { $0.case.kernel == kernel }) { measurement, _ in
                statusCell(measurement)
            }
            return rows.isEmpty
                ? nil
                : Document.Group(title: kernel.title, note: kernel.shapeNote, rows: rows.map { Array($0.dropLast()) })
        }
        return Document.Table(
            caption: "Ceilings, measured in the same run", columns: Array(resultColumns("Status").dropLast()),
            groups: groups)
    }

    private static func resultColumns(_ share: String) -> [Document.Column] {
        [
            Document.Column("Case"), Document.Column("Implementation that ran", folds: true),
            Document.Column("Threads", .number), Document.Column("Value", .number), Document.Column("Unit"),
            Document.Column("95\(Figures.narrowSpace)% interval", .number), Document.Column("n", .number),
            Document.Column(share), Document.Column("Status"),
        ]
    }

    /// One row a metric; the numbers of one unit within a kernel share their prefix.
    private static func metricRows(
        _ measurements: [Measurement], _ share: (Measurement, Metric) -> Document.Cell
    ) -> [[Document.Cell]] {
        var columns: [String: NumberColumn] = [:]
        for unit in measurements.flatMap({ $0.metrics.map(\.unit) }).unique {
            columns[unit] = NumberColumn(measurements.flatMap(\.metrics).filter { $0.unit == unit })
        }
        return measurements.flatMap { measurement in
            measurement.metrics.map { metric in
                let column = columns[metric.unit] ?? NumberColumn(metric)
                return [
                    .data(measurement.case.shortWorkload + measurement.suffix(metric)),
                    .data(measurement.implementationText),
                    .number("\(measurement.case.threads)"),
                    .number(column.value(metric), quantity: Document.Quantity(metric, of: measurement)),
                    .data(column.unit + (metric.better == .lower ? " ↓" : "")),
                    .number(column.bounds(metric)), .number("\(metric.count)"), share(measurement, metric),
                    statusCell(measurement),
                ]
            }
        }
    }

    /// The share stands beside the metric it is a share of, and nowhere else.
    private static func shareCell(_ measurement: Measurement, _ reading: Reading, for metric: Metric) -> Document.Cell {
        measurement.sharedMetric(reading.ceiling(of: measurement)) == metric
            ? shareCell(measurement, reading) : .notApplicable
    }
}

extension Measurement {
    /// `, p99 latency`: the metric's name, where several are counted in one unit and the unit does not tell.
    fileprivate func suffix(_ metric: Metric) -> String {
        guard metrics.count(where: { $0.unit == metric.unit }) > 1 else { return "" }
        let parts = metric.name.split(separator: ".")
        return parts.count == 2 ? ", \(parts[1]) \(parts[0])" : ", \(Words.setting(metric.name))"
    }
}

extension Kernel {
    /// How its shapes are to be read, beside the group's name.
    var shapeNote: String {
        switch self {
        case .matmul: "m × n × k"
        case .convolution: "filter, channels in → out, height; layouts chosen by the library"
        case .embedding: "rows × dimension, bag; sum"
        case .rowGather: "rows read at random into registers, nothing done with them"
        case .streamCopy: "a = b, bytes that the program asks for"
        case .streamScale: "a = s·b, bytes that the program asks for"
        case .streamAdd: "a = b + c, bytes that the program asks for"
        case .streamTriad: "triad, bytes that the program asks for"
        case .cacheRead: "buffers that stay in a cache, each read by its own thread"
        case .pointerChase: "dependent loads in random order; lower is better"
        case .peakCompute: "multiply-adds in registers or tiles"
        case .null: "for tests of the harness"
        }
    }
}
