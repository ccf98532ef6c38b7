import Document
import Model
import Statistics
import Units

/// One thing watched: its course, and from where on the sheet names it.
struct Watched {
    var name: String
    var values: [Double]
    /// The threshold of the sheet or of the judge; `nil` where nothing is good or bad in itself.
    var bound: Double?
    /// A value, with so many digits more than usual.
    var write: (_ value: Double, _ further: Int) -> String
    /// Said where there are no values.
    var absent: String
}

extension Datasheet {
    /// §16: what happened around the run, as it went and per process.
    static func environment(_ reading: Reading) -> Document.Section {
        let course = watched(reading.recording.environment)
        let perProcess = interference(reading.bundle.processes)
        let readings = Words.count(reading.recording.environment.count, "reading")
        let processes = Words.count(reading.bundle.processes.count, "process", "processes")
        return Document.Section(
            number: Number.environment, title: "Environment during the run",
            finding: environmentFinding(course + perProcess),
            blocks: (quiet(reading.bundle).map { [.table($0)] } ?? []) + [
                .table(
                    table(
                        "Course of the run", course,
                        "\(readings). A value above its bound is named in this sheet; it makes no case noisy.")),
                .table(
                    table("Within the life time of each process", perProcess, Prose("\(processes). ") + disturbance)),
            ] + canaryBlocks(reading))
    }

    private static func environmentFinding(_ watched: [Watched]) -> Prose? {
        let crossed = watched.filter { one in one.bound.map { bound in one.values.contains { $0 > bound } } ?? false }
        if watched.allSatisfy(\.values.isEmpty) { return "Nothing was watched." }
        if crossed.isEmpty { return "Nothing watched crossed its bound." }
        let names = crossed.map { Words.lowered($0.name) }.unique
        return Prose("Above \(names.count == 1 ? "its bound" : "their bounds") at times: \(Words.some(names)).")
    }

    /// What the bounds of the second table decide: the rule of docs/METHODOLOGY.md.
    private static let disturbance: Prose = """
        A process above the bound of steal, load of others, throttled periods or involuntary switches counts as disturbed, and a \
        case is noisy where more than a third of its processes are (\(section: Number.negativeResults)). Steal and load also \
        need 30 ms and 60 ms of CPU time, since the kernel counts it in ticks of 10 ms. Page faults are only named.
        """

    static func table(_ caption: String, _ watched: [Watched], _ note: Prose) -> Document.Table {
        let heads = [
            Document.Column("Watched"), Document.Column("Course; dotted: bound"), Document.Column("Median", .number),
            Document.Column("Worst", .number), Document.Column("Bound", .number), Document.Column("Remark"),
        ]
        return Document.Table(
            caption: caption, columns: heads, rows: watched.map(row),
            notes: [note])
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
            .number(one.write(middle, 0)),
            .number(one.bound.map { Figures.apart(worst, from: $0, one.write) } ?? one.write(worst, 0)),
            one.bound.map { .number(one.write($0, 0)) } ?? .notApplicable,
            over == 0
                ? .data(one.bound == nil ? "for the record" : "within", .quiet)
                : .data("\(over) of \(values.count) above", .bad),
        ]
    }

    private static func watched(_ readings: [EnvironmentReading]) -> [Watched] {
        let percent: (Double, Int) -> String = { Figures.percent($0, decimals: 1 + $1) }
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
                write: { Figures.fixed($0, decimals: $1) }, absent: "no control group limits the CPU"),
            Watched(
                name: "Load average", values: readings.compactMap(\.loadAverage), bound: nil,
                write: { Figures.fixed($0, decimals: 2 + $1) }, absent: hidden),
            Watched(
                name: "Frequency", values: readings.compactMap(\.frequency), bound: nil,
                write: { Figures.quantity($0, .hertz, significant: 3 + $1) },
                absent: hidden),
            Watched(
                name: "Temperature, hottest", values: readings.compactMap(\.temperature), bound: nil,
                write: { Figures.fixed($0, decimals: $1) + Figures.space + "°C" }, absent: hidden),
        ]
    }

    private static func interference(_ records: [ProcessRecord]) -> [Watched] {
        let seen = records.compactMap(\.interference)
        let percent: (Double, Int) -> String = { Figures.percent($0, decimals: 1 + $1) }
        let count: (Double, Int) -> String = { Figures.fixed($0, decimals: $1) }
        func counts(_ key: KeyPath<Interference, Int?>) -> [Double] {
            seen.compactMap { $0[keyPath: key].map(Double.init) }
        }
        return [
            Watched(
                name: "Steal", values: seen.compactMap(\.steal), bound: Threshold.steal, write: percent,
                absent: "not recorded"),
            Watched(
                name: "Load of others", values: seen.compactMap(\.otherLoad), bound: Threshold.otherLoad,
                write: percent,
                absent: "not recorded"),
            Watched(
                name: "Throttled periods", values: counts(\.throttledPeriods), bound: 0, write: count,
                absent: "not recorded"),
            Watched(
                name: "Involuntary switches, a second and thread", values: records.compactMap(switchRate),
                bound: Threshold.switches, write: { Figures.significant($0, 2 + $1) }, absent: "not recorded"),
            Watched(
                name: "Major page faults", values: counts(\.majorFaults), bound: 0, write: count, absent: "not recorded"
            ),
        ]
    }

    /// How often a thread of the process was switched out in a second: the rate by which a process counts as disturbed.
    private static func switchRate(_ record: ProcessRecord) -> Double? {
        let seconds = record.ended - record.started
        guard let switches = record.interference?.involuntarySwitches, seconds > 0 else { return nil }
        return Double(switches) / seconds / Double(max(record.boundTo?.count ?? 1, 1))
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
