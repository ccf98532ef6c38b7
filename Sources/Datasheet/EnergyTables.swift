import Document
import Model
import Units

extension Datasheet {
    /// Gross and beyond idle, over the timed windows of all processes that count.
    static func energyTable(_ reading: Reading) -> Document.Table {
        let measured = reading.measured.filter { $0.energy != nil }
        var heads = [
            Document.Column("Case"), Document.Column("Timed", .number), Document.Column("Mean power", .number),
        ]
        heads += ["Gross energy", "±", "Beyond idle", "±"].map { Document.Column($0, .number) }
        let rows = measured.compactMap { measurement in measurement.energy.map { energyRow(measurement, $0, reading) } }
        return Document.Table(
            caption: "Energy over the timed windows", columns: heads, rows: rows, notes: energyNotes(reading, measured))
    }

    private static func energyRow(_ measurement: Measurement, _ energy: Energy, _ reading: Reading) -> [Document.Cell] {
        let above = energy.aboveIdle.map { value -> [Document.Cell] in
            let uncertainty = energy.aboveIdleUncertainty ?? energy.uncertainty
            let pair = energyPair(value, uncertainty)
            // No difference that the meter can tell is no energy of 0 J.
            return abs(value) > uncertainty
                ? pair : [.data("none seen", .quiet), energyPair(uncertainty, uncertainty)[0]]
        }
        return [
            .data(reading.name(measurement)), .number(Figures.quantity(energy.duration, .seconds)),
            .number(Figures.quantity(energy.meanPower, .watts)),
        ] + energyPair(energy.joules, energy.uncertainty)
            + (above ?? [.data("not measured", .quiet), .notApplicable])
    }

    /// A value and its uncertainty in one unit, with the decimals that the uncertainty supports.
    private static func energyPair(_ joules: Double, _ uncertainty: Double) -> [Document.Cell] {
        let scale = Scale(for: joules, unit: .joules)
        let places = Figures.decimals(halfWidth: uncertainty / scale.divisor)
        return [
            .number(Figures.fixed(joules / scale.divisor, decimals: places) + Figures.space + scale.symbol),
            .number(Figures.fixed(uncertainty / scale.divisor, decimals: places)),
        ]
    }

    private static func energyNotes(_ reading: Reading, _ measured: [Measurement]) -> [Prose] {
        let energies = measured.compactMap(\.energy)
        let sources = energies.map { "\($0.source), \(Words.boundary($0.boundary))" }.unique
        var notes = [
            Prose(
                "Source and boundary: \(sources.joined(separator: "; ")). Overlapping domains are never added up. ± is the "
                    + "error of the gain and of the windows’ ends together, each as in the table of meters; no case is shown "
                    + "whose ends are uncertain by more than 2\(Figures.narrowSpace)% of its time.")
        ]
        let idle = energies.compactMap(\.idlePower)
        let length = reading.bundle.power?.idle.reduce(0) { $0 + $1.duration } ?? 0
        if let lowest = idle.min(), let highest = idle.max() {
            let text =
                lowest == highest
                ? Figures.quantity(lowest, .watts)
                : "\(Figures.quantity(lowest, .watts)) to \(Figures.quantity(highest, .watts))"
            notes.append(
                Prose(
                    "Idle: \(text), over \(Figures.quantity(length, .seconds, significant: 2)) before and after the run. "
                        + "Beyond idle: gross energy less idle power times the timed seconds."))
        } else {
            let why = reading.bundle.power?.idleSkipped.map { ": \($0)" } ?? ""
            notes.append(Prose("Idle power was not measured\(why)."))
        }
        return notes
    }

    /// Energy per unit of work and the rate per watt, with intervals between processes.
    static func workTable(_ reading: Reading) -> Document.Table? {
        let measured = reading.measured.filter { $0.metric("energyPerWork") != nil }
        guard !measured.isEmpty else { return nil }
        var heads = [Document.Column("Case"), Document.Column("Energy per unit of work", .number)]
        heads += [Document.Column("95\(Figures.narrowSpace)% interval"), Document.Column("Per watt", .number)]
        heads += [Document.Column("95\(Figures.narrowSpace)% interval"), Document.Column("n", .number)]
        let rows = measured.map { measurement -> [Document.Cell] in
            let rate = measurement.metrics.first { $0.name.hasSuffix("PerWatt") }
            return [.data(reading.name(measurement))] + figure(measurement.metric("energyPerWork")) + figure(rate)
                + [.number("\(measurement.metric("energyPerWork")?.count ?? 0)")]
        }
        return Document.Table(
            caption: "Energy per unit of work, performance per watt", columns: heads, rows: rows,
            notes: [
                """
                Gross. Performance and energy are of the same processes and windows; n: processes. The intervals are between \
                processes: the error of the meter’s gain is alike in all and comes on top. Work done while warming up counts, \
                because its energy does.
                """
            ])
    }

    private static func figure(_ metric: Metric?) -> [Document.Cell] {
        guard let metric else { return [.notApplicable, .notApplicable] }
        return [.number(NumberColumn.text(metric)), .data(NumberColumn(metric).bounds(metric))]
    }

    /// What other meters counted over the same windows, of the cases with the most energy.
    static func othersTable(_ reading: Reading) -> Document.Table? {
        let most = 8
        let measured = reading.measured.filter { $0.energy != nil && $0.energyByOthers?.isEmpty == false }
        guard !measured.isEmpty else { return nil }
        let shown = measured.sorted { ($0.energy?.joules ?? 0) > ($1.energy?.joules ?? 0) }.prefix(most)
        let rows = shown.flatMap { measurement in
            (measurement.energyByOthers ?? []).map { energy -> [Document.Cell] in
                [
                    .data(reading.name(measurement)), .data("\(energy.source), \(Words.boundary(energy.boundary))"),
                    .number(Figures.quantity(energy.meanPower, .watts)),
                ] + energyPair(energy.joules, energy.uncertainty)
            }
        }
        let left = measured.count - shown.count
        return Document.Table(
            caption: "The same windows by other meters",
            columns: [
                Document.Column("Case"), Document.Column("Meter, boundary"), Document.Column("Mean power", .number),
                Document.Column("Gross energy", .number), Document.Column("±", .number),
            ], rows: rows,
            notes: [
                Prose(
                    "Domains overlap, and are not to be added up."
                        + (left > 0 ? " \(left) more cases are in the bundle." : ""))
            ])
    }

    /// What was read, and how far it may be trusted.
    static func meterTable(_ reading: Reading, _ report: PowerReport) -> Document.Table {
        let heads = [
            Document.Column("Meter"), Document.Column("Boundary"), Document.Column("Update period", .number),
            Document.Column("Step", .number), Document.Column("Gain ±", .number),
            Document.Column("Mean of the run", .number),
            Document.Column("State"),
        ]
        let rows = report.meters.map { meter -> [Document.Cell] in
            let mean = PowerCourse.mean(meter, reading.recording.power)
            let step = Figures.quantity(meter.resolution, meter.kind == .counter ? .joules : .watts, significant: 2)
            return [
                .data("\(meter.source): \(meter.name)"), .data(Words.boundary(meter.boundary.rawValue)),
                .data(periodText(meter)), .number(step),
                .number(Figures.percent(meter.gainError, decimals: meter.gainError < 0.0095 ? 1 : 0)),
                mean.map { .number(Figures.quantity($0, .watts)) } ?? .notApplicable, state(meter),
            ]
        }
        return Document.Table(
            caption: "Meters read during the run", columns: heads, rows: rows, notes: meterNotes(report))
    }

    private static func periodText(_ meter: Meter) -> String {
        func text(_ seconds: Double) -> String { Figures.quantity(seconds, .seconds, significant: 2) }
        guard let measured = meter.updatePeriod else {
            let word = meter.assumedPeriod ?? 0 > meter.statedPeriod ? "assumed" : "stated"
            return "\(text(meter.period)) \(word); too few changes seen"
        }
        return text(measured) + (meter.statedPeriod > measured * 1.05 ? "; \(text(meter.statedPeriod)) stated" : "")
    }

    private static func state(_ meter: Meter) -> Document.Cell {
        if !meter.problems.isEmpty { return .data("no energy: " + meter.problems.joined(separator: "; "), .bad) }
        let wraps = meter.wraps > 0 ? ", began again \(Words.count(meter.wraps, "time"))" : ""
        return .data((meter.kind == .counter ? "counted" : "integrated") + wraps)
    }

    private static func meterNotes(_ report: PowerReport) -> [Prose] {
        var notes: [Prose] = []
        let origins = report.meters.map(\.gainErrorOrigin).unique
        if !origins.isEmpty {
            notes.append(
                Prose(
                    "Gain: \(origins.joined(separator: "; ")). The update period is the median of the changes seen; where a longer "
                        + "one is stated, that holds."))
        }
        if let cost = report.cost {
            notes.append(
                Prose(
                    "Sampling cost \(Words.share(cost.share)) of one core (\(Words.count(cost.readings, "reading")) in "
                        + "\(Words.duration(cost.seconds)))."))
        }
        return notes + report.notes.map { Prose(Words.capital($0) + ".") }
    }
}
