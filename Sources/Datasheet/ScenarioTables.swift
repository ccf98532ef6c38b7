import Document
import Model
import Statistics
import Units

extension Datasheet {
    /// What the scenarios came to: tables, the searches behind found rates, and how latencies are distributed.
    static func scenarioBlocks(_ reading: Reading) -> [Document.Block] {
        guard !reading.scenarios.isEmpty else { return [] }
        var blocks: [Document.Block] = [.table(scenarioTable(reading))]
        if let table = percentileTable(reading) { blocks.append(.table(table)) }
        let figures = latencyDistributions(reading)
        for start in stride(from: 0, to: figures.count, by: 2) {
            blocks.append(.row(figures[start..<min(start + 2, figures.count)].map { [.figure($0)] }))
        }
        if let table = probeTable(reading) {
            blocks.append(.folded(title: "Steps of the searches for a rate", blocks: [.table(table)]))
        }
        return blocks
    }

    private static func scenarioTable(_ reading: Reading) -> Document.Table {
        let rows = reading.scenarios.compactMap { measurement -> [Document.Cell]? in
            guard let metric = measurement.metrics.first else { return nil }
            let column = NumberColumn(metric)
            return [
                .data(measurement.case.workload), .number("\(measurement.case.threads)"), .data(figure(metric)),
                .number(column.value(metric)), .data(column.unit + (metric.better == .lower ? " ↓" : "")),
                .number(column.bounds(metric)), .number("\(metric.count)"), boundCell(measurement),
                stoppingCell(measurement), confirmationCell(measurement), statusCell(measurement),
            ]
        }
        return Document.Table(
            caption: "Scenarios, in the semantics of MLPerf LoadGen (MLPerf-style, not an MLPerf result)",
            columns: [
                Document.Column("Case"), Document.Column("Threads", .number), Document.Column("Figure"),
                Document.Column("Value", .number), Document.Column("Unit"),
                Document.Column("95\(Figures.narrowSpace)% interval", .number), Document.Column("n", .number),
                Document.Column("Bound", .number), Document.Column("Early stopping"), Document.Column("Confirmed"),
                Document.Column("Status"),
            ], rows: rows,
            notes: [
                """
                MLPerf-style, not MLPerf results. One iteration of a workload is one sample. The value is the median over processes of \
                each process’s own figure. Server: the highest rate of Poisson arrivals that was valid, latency counted from \
                the scheduled time. Early stopping: processes with queries enough for the claim at 99\(Figures.narrowSpace)% confidence. Confirmed: fresh processes in which the \
                lower end of the interval was valid.
                """
            ])
    }

    /// What the number is, in words.
    private static func figure(_ metric: Metric) -> String {
        if metric.name == "throughput" { return metric.unit == Unit.samplesPerSecond.symbol ? "rate" : metric.name }
        return metric.name.split(separator: ".", maxSplits: 1).last.map { "\($0) latency" } ?? metric.name
    }

    private static func boundCell(_ measurement: Measurement) -> Document.Cell {
        guard let settings = measurement.case.scenarioSettings, let bound = settings.latencyBound else {
            return .notApplicable
        }
        let percentile = Order.name(percentile: settings.percentile)
        return .data("\(percentile) ≤ \(Words.declared(bound, .seconds))")
    }

    private static func stoppingCell(_ measurement: Measurement) -> Document.Cell {
        guard let stopping = measurement.latency?.earlyStopping else { return .notApplicable }
        let text = "met in \(stopping.met) of \(stopping.processes)"
        return .data(text, stopping.met < stopping.processes ? .bad : .none)
    }

    private static func confirmationCell(_ measurement: Measurement) -> Document.Cell {
        guard let search = measurement.rateSearch else { return .notApplicable }
        guard let rate = search.confirmedRate else { return .data("not tried", .bad) }
        let metric = measurement.metrics.first { $0.name == "throughput" }
        let shown =
            metric.map { NumberColumn($0).text(rate, as: $0) }
            ?? Figures.quantity(rate, .samplesPerSecond)
        let text = "\(shown) in \(search.confirmed) of \(search.confirmations)"
        return .data(text, 2 * search.confirmed > search.confirmations ? .none : .bad)
    }

    /// Percentiles side by side, each only where every process had queries enough.
    private static func percentileTable(_ reading: Reading) -> Document.Table? {
        let shown = reading.scenarios.filter { $0.latency != nil }
        let metrics = shown.flatMap { $0.metrics.filter(\.isPercentile) }
        guard !metrics.isEmpty else { return nil }
        let column = NumberColumn(metrics)
        let names = Order.latencyPercentiles.map { Order.name(percentile: $0) }
        let rows = shown.map { measurement -> [Document.Cell] in
            let cells = names.map { name -> Document.Cell in
                measurement.metrics.first { $0.name == "latency." + name }.map { .number(column.value($0)) }
                    ?? .notApplicable
            }
            let estimate = measurement.metrics.first { $0.name.hasSuffix(".earlyStopping") }
            let queries = Figures.grouped(UInt64(max(measurement.latency?.queries ?? 0, 0)))
            return [.data(measurement.case.workload), .number("\(measurement.case.threads)")] + cells
                + [estimate.map { .number(column.value($0)) } ?? .notApplicable, .number(queries)]
        }
        let needed = Order.latencyPercentiles.compactMap { p in
            Order.observationsNeeded(percentile: p).map { "\(Order.name(percentile: p)) \($0)" }
        }
        return Document.Table(
            caption: "Latency of a query, \(column.unit) ↓",
            columns: [Document.Column("Case"), Document.Column("Threads", .number)]
                + names.map { Document.Column($0, .number) }
                + [Document.Column("Early stopping", .number), Document.Column("Queries", .number)],
            rows: rows,
            notes: [
                Prose(
                    "Medians over processes. –: does not apply, or some process had fewer queries than a 95\(Figures.narrowSpace)% bound "
                        + "of that percentile needs (\(needed.joined(separator: ", "))). Early stopping: the latency that may be "
                        + "claimed of the scenario’s percentile after so few queries.")
            ])
    }

    /// Every probe of every search, bounded; the bundle has all.
    private static func probeTable(_ reading: Reading) -> Document.Table? {
        let most = 120
        var rows: [[Document.Cell]] = []
        var count = 0
        for measurement in reading.scenarios where measurement.rateSearch != nil {
            for record in reading.processes(of: measurement) {
                let probes = record.traffic?.probes ?? []
                count += probes.count
                for probe in probes where rows.count < most {
                    rows.append([
                        .data(measurement.case.workload), .number("\(record.process)"),
                        .number(Figures.significant(probe.rate, 4)), .number("\(probe.queries)"),
                        .number("\(probe.overLatency)"),
                        .data(Figures.quantity(probe.latency, .seconds, significant: 3)),
                        .data(probe.valid ? "valid" : "not valid: \(probe.reason ?? "no reason recorded")"),
                    ])
                }
            }
        }
        guard !rows.isEmpty else { return nil }
        return Document.Table(
            caption: "Probes, in the order they were made; the last of a process is its run of full length",
            columns: [
                Document.Column("Case"), Document.Column("Process", .number), Document.Column("Queries/s", .number),
                Document.Column("Queries", .number), Document.Column("Over", .number),
                Document.Column("Latency at the percentile"), Document.Column("Verdict"),
            ], rows: rows, notes: count > rows.count ? [Prose("\(count - rows.count) more are in the bundle.")] : [])
    }
}

extension Metric {
    /// `latency.p99`, not an estimate.
    var isPercentile: Bool { name.hasPrefix("latency.p") && !name.hasSuffix(".earlyStopping") }
}
