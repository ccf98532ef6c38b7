import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// How far processes lie apart, beside how far samples do within one: the reason why intervals are taken between them.
    static func spreadTable(_ reading: Reading) -> Document.Table? {
        let medians = processSpreads(reading)
        let rows = (reading.kernels + reading.ceilings).compactMap { measurement -> [Document.Cell]? in
            guard let spreads = medians[measurement.case.id], let between = relativeRange(spreads.map(\.median)),
                let within = Order.median(spreads.map(\.quartiles))
            else { return nil }
            let dependent = reading.processes(of: measurement).count(where: \.seriallyDependent)
            return [
                .data(reading.name(measurement)), .number(Words.share(between)),
                .number(Words.share(within)), .number("\(spreads.count)"),
                .number(Words.range(spreads.map(\.count))),
                dependent == 0 ? .data("none", .quiet) : .data("\(dependent) of \(spreads.count)"),
            ]
        }
        guard !rows.isEmpty else { return nil }
        return Document.Table(
            caption: "Spread of the time per iteration, from process to process and within one",
            columns: [
                Document.Column("Case"), Document.Column("Between processes", .number),
                Document.Column("Within a process", .number),
                Document.Column("Processes", .number), Document.Column("Samples each", .number),
                Document.Column("Serial dependence"),
            ], rows: rows,
            notes: [
                """
                Both are of the time per iteration, not of the rate in the results. Between: (largest − smallest process median) ÷ their median. Within: interquartile range ÷ median, the middle one of \
                all processes; never to be read as run-to-run.
                """
            ])
    }

    struct ProcessSpread {
        var median: Double
        /// Interquartile range over the median.
        var quartiles: Double
        var count: Int
    }

    /// Time per iteration after warm-up, for each completed process, by identity of its case.
    private static func processSpreads(_ reading: Reading) -> [String: [ProcessSpread]] {
        var result: [String: [ProcessSpread]] = [:]
        for record in reading.bundle.processes {
            guard case .completed = record.outcome else { continue }
            var times: [Double] = []
            for part in reading.samples.of(record) {
                for sample in part where sample.iterations > 0 && sample.index >= record.warmup {
                    times.append(sample.seconds / Double(sample.iterations))
                }
            }
            // Sorted once for all three: a bundle may hold thousands of processes.
            times.sort()
            guard let median = middle(times), median > 0 else { continue }
            let low = times[times.count / 4]
            let high = times[min(times.count * 3 / 4, times.count - 1)]
            result[record.case, default: []].append(
                ProcessSpread(median: median, quartiles: (high - low) / median, count: times.count))
        }
        return result
    }

    private static func middle(_ sorted: [Double]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let place = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[place] : (sorted[place - 1] + sorted[place]) / 2
    }

    private static func relativeRange(_ values: [Double]) -> Double? {
        guard let least = values.min(), let most = values.max(), let middle = Order.median(values), middle > 0 else {
            return nil
        }
        return (most - least) / middle
    }
}
