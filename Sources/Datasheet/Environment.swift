import Document
import Model
import Statistics
import Units

/// One thing watched: its course, and from where on the sheet names it.
struct Watched {
    var name: String
    var values: [Double]
    /// The editor's threshold; `nil` where nothing is good or bad in itself.
    var bound: Double?
    var write: (Double) -> String
    /// Said where there are no values.
    var absent: String
}

extension Datasheet {
    /// §16: what happened around the run, as it went and per process.
    static func environment(_ reading: Reading) -> Document.Section {
        let course = watched(reading.recording.environment)
        let perProcess = interference(reading.bundle.processes)
        return Document.Section(
            number: Number.environment, title: "Environment during the run",
            finding: environmentFinding(course + perProcess),
            blocks: [
                .table(table("Course of the run", course, Words.count(reading.recording.environment.count, "reading"))),
                .table(
                    table(
                        "Within the life time of each process", perProcess,
                        Words.count(reading.bundle.processes.count, "process", "processes"))),
            ])
    }

    private static func environmentFinding(_ watched: [Watched]) -> Prose? {
        let crossed = watched.filter { one in one.bound.map { bound in one.values.contains { $0 > bound } } ?? false }
        if watched.allSatisfy(\.values.isEmpty) { return "Nothing was watched." }
        if crossed.isEmpty { return "Nothing watched crossed its bound." }
        return Prose("Crossed: \(Words.some(crossed.map { $0.name.lowercased() }.unique)).")
    }

    private static func table(_ caption: String, _ watched: [Watched], _ extent: String) -> Document.Table {
        let heads = [
            Document.Column("Watched"), Document.Column("Course; dotted: bound"), Document.Column("Median", .number),
            Document.Column("Worst", .number), Document.Column("Bound", .number), Document.Column("Remark"),
        ]
        return Document.Table(
            caption: caption, columns: heads, rows: watched.map(row),
            notes: [
                """
                \(extent). Bound: from where on this sheet names it; the bound past which a process is \
                noisy stands in that case’s reason (\(section: Number.negativeResults)).
                """
            ])
    }

    private static func row(_ one: Watched) -> [Document.Cell] {
        let values = one.values.filter(\.isFinite)
        guard let middle = Order.median(values), let worst = values.max() else {
            return [
                .data(one.name), .notApplicable, .notApplicable, .notApplicable, .notApplicable,
                .data(one.absent, .quiet),
            ]
        }
        let over = one.bound.map { bound in values.count { $0 > bound } } ?? 0
        return [
            .data(one.name), Document.Cell(.sparkline(Document.Sparkline(values: values, bound: one.bound))),
            .number(one.write(middle)), .number(one.write(worst)),
            one.bound.map { .number(one.write($0)) } ?? .notApplicable,
            over == 0
                ? .data(one.bound == nil ? "for the record" : "within", .quiet)
                : .data("\(over) of \(values.count) above", .bad),
        ]
    }

    private static func watched(_ readings: [EnvironmentReading]) -> [Watched] {
        let percent: (Double) -> String = { Figures.percent($0, decimals: 1) }
        let hidden = "not exposed here"
        return [
            Watched(
                name: "Steal", values: stealShares(readings), bound: Threshold.steal, write: percent, absent: hidden),
            Watched(
                name: "CPU pressure (PSI)", values: readings.compactMap(\.cpuPressure), bound: Threshold.pressure,
                write: percent, absent: hidden),
            Watched(
                name: "Memory pressure (PSI)", values: readings.compactMap(\.memoryPressure), bound: Threshold.pressure,
                write: percent, absent: hidden),
            Watched(
                name: "Throttled periods",
                values: differences(readings.compactMap { $0.throttledPeriods.map(Double.init) }), bound: 0,
                write: { Figures.fixed($0, decimals: 0) }, absent: "no control group limits the CPU"),
            Watched(
                name: "Load average", values: readings.compactMap(\.loadAverage), bound: nil,
                write: { Figures.fixed($0, decimals: 2) }, absent: hidden),
            Watched(
                name: "Frequency", values: readings.compactMap(\.frequency), bound: nil,
                write: { Figures.quantity($0, .hertz) },
                absent: hidden),
            Watched(
                name: "Temperature, hottest", values: readings.compactMap(\.temperature), bound: nil,
                write: { Figures.fixed($0, decimals: 0) + Figures.space + "°C" }, absent: hidden),
        ]
    }

    private static func interference(_ records: [ProcessRecord]) -> [Watched] {
        let seen = records.compactMap(\.interference)
        let percent: (Double) -> String = { Figures.percent($0, decimals: 1) }
        let count: (Double) -> String = { Figures.fixed($0, decimals: 0) }
        func counts(_ key: KeyPath<Interference, Int?>) -> [Double] {
            seen.compactMap { $0[keyPath: key].map(Double.init) }
        }
        return [
            Watched(
                name: "Steal", values: seen.compactMap(\.steal), bound: Threshold.steal, write: percent,
                absent: "not recorded"),
            Watched(
                name: "Load of others", values: seen.compactMap(\.otherLoad), bound: 0.05, write: percent,
                absent: "not recorded"),
            Watched(
                name: "Throttled periods", values: counts(\.throttledPeriods), bound: 0, write: count,
                absent: "not recorded"),
            Watched(
                name: "Involuntary switches", values: counts(\.involuntarySwitches), bound: nil, write: count,
                absent: "not recorded"),
            Watched(
                name: "Major page faults", values: counts(\.majorFaults), bound: 0, write: count, absent: "not recorded"
            ),
        ]
    }

    /// Share of CPU time stolen between one reading and the next.
    static func stealShares(_ readings: [EnvironmentReading]) -> [Double] {
        zip(readings, readings.dropFirst()).compactMap { before, after in
            guard let s0 = before.steal, let s1 = after.steal, let b0 = before.busy, let b1 = after.busy,
                let i0 = before.idle,
                let i1 = after.idle
            else { return nil }
            let all = (s1 - s0) + (b1 - b0) + (i1 - i0)
            return all > 0 ? max(s1 - s0, 0) / all : nil
        }
    }

    private static func differences(_ totals: [Double]) -> [Double] {
        zip(totals, totals.dropFirst()).map { max($1 - $0, 0) }
    }
}
