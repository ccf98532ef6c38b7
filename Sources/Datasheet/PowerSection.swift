import Document
import Model
import Units

extension Datasheet {
    /// §11: energy with its uncertainty, or every source tried and what would make it available.
    static func power(_ reading: Reading) -> Document.Section {
        let withEnergy = reading.measured.filter { $0.energy != nil }
        var blocks: [Document.Block] = []
        if !withEnergy.isEmpty { blocks.append(.table(energyTable(reading, withEnergy))) }
        blocks.append(.table(sources(reading.machine.power)))
        let finding: Prose =
            withEnergy.isEmpty
            ? "Unavailable. Nothing is estimated."
            : "On-chip sensors, not a meter: below level 1 of the EE HPC WG methodology."
        return Document.Section(number: Number.power, title: "Power and energy", finding: finding, blocks: blocks)
    }

    private static func sources(_ surveys: [PowerSurvey]) -> Document.Table {
        let heads = ["Source", "Boundary", "Found", "What would make it available"].map { Document.Column($0) }
        var table = Document.Table(
            caption: "Sources tried", columns: heads,
            rows: surveys.map { survey in
                [
                    .data(survey.source), .data(survey.boundary), .data(survey.finding),
                    survey.available || survey.mend.isEmpty ? .notApplicable : .data(survey.mend),
                ]
            })
        if surveys.isEmpty { table.notes = ["None was tried."] }
        return table
    }

    private static func energyTable(_ reading: Reading, _ measurements: [Measurement]) -> Document.Table {
        let heads = [
            Document.Column("Case"), Document.Column("Energy", .number), Document.Column("± J", .number),
            Document.Column("Mean power", .number), Document.Column("Idle power", .number),
            Document.Column("Window", .number), Document.Column("Sensor, boundary"),
        ]
        let rows = measurements.compactMap { measurement -> [Document.Cell]? in
            guard let energy = measurement.energy else { return nil }
            let places = Figures.decimals(halfWidth: energy.uncertainty)
            return [
                .data(reading.name(measurement)),
                .number(Figures.fixed(energy.joules, decimals: places) + Figures.space + "J"),
                .number(Figures.fixed(energy.uncertainty, decimals: places)),
                .number(Figures.quantity(energy.meanPower, .watts)),
                energy.idlePower.map { .number(Figures.quantity($0, .watts)) } ?? .data("not measured", .quiet),
                .number(Figures.quantity(energy.duration, .seconds)), .data("\(energy.source), \(energy.boundary)"),
            ]
        }
        return Document.Table(
            caption: "Energy over the timed windows", columns: heads, rows: rows,
            notes: ["Gross: idle power is not subtracted. Overlapping domains are never summed."])
    }
}
