import Document
import Model
import Units

extension Datasheet {
    /// §11: energy with its uncertainty, per unit of work and over time, or every source tried and what would make it
    /// available.
    static func power(_ reading: Reading) -> Document.Section {
        var blocks: [Document.Block] = []
        if reading.measured.contains(where: { $0.energy != nil }) {
            blocks.append(.table(energyTable(reading)))
            if let table = workTable(reading) { blocks.append(.table(table)) }
            if let table = othersTable(reading) { blocks.append(.table(table)) }
        }
        if let figure = powerFigure(reading) { blocks.append(.figure(figure)) }
        if let report = reading.bundle.power, !report.meters.isEmpty {
            blocks.append(.table(meterTable(reading, report)))
        }
        blocks += withoutEnergy(reading)
        blocks.append(.table(sources(reading.machine.power)))
        return Document.Section(
            number: Number.power, title: "Power and energy", finding: powerFinding(reading), blocks: blocks)
    }

    private static func powerFinding(_ reading: Reading) -> Prose {
        guard let energy = reading.measured.lazy.compactMap(\.energy).first else {
            if reading.bundle.power?.meters.isEmpty == false {
                return "Meters were read, but no case has an energy; the reasons stand below. Nothing is estimated."
            }
            let why = reading.bundle.power?.unavailable ?? reading.measured.lazy.compactMap(\.energyUnavailable).first
            return Prose("Unavailable\(why.map { ": \($0)" } ?? ""). Nothing is estimated.")
        }
        if energy.boundary == PowerBoundary.wall.rawValue {
            return "By a meter at the wall, whose log was merged by its times; the meter was not checked by Assay."
        }
        return "By a sensor, not a meter: below level 1 of the EE HPC WG methodology."
    }

    /// Measured cases that have no energy, by reason.
    private static func withoutEnergy(_ reading: Reading) -> [Document.Block] {
        guard reading.bundle.power?.meters.isEmpty == false else { return [] }
        let without = reading.measured.filter { $0.energy == nil }
        guard !without.isEmpty else { return [] }
        let most = 12
        let all = without.map { $0.energyUnavailable ?? "no reason recorded" }.unique
        let reasons = all.prefix(most)
        return [
            .bullets([
                Document.BulletColumn(
                    title: "Cases without an energy" + (all.count > most ? ", the first \(most) reasons" : ""),
                    items: reasons.map { reason in
                        let names = without.filter { ($0.energyUnavailable ?? "no reason recorded") == reason }
                            .map(reading.name)
                        return Prose("\(Words.some(names)): \(reason).")
                    })
            ])
        ]
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
}

extension Words {
    /// What a boundary's name in a bundle is called.
    static func boundary(_ name: String) -> String {
        switch PowerBoundary(rawValue: name) {
        case .wall: "at the wall"
        case .node: "whole node"
        case .battery: "whole machine, from its battery"
        case .platform: "platform"
        case .package: "processor packages"
        case .memory: "memory modules"
        case .part: "part of a package"
        case .accelerator: "accelerator boards"
        case .rail: "one supply line"
        case nil: name
        }
    }
}

extension Measurement {
    func metric(_ name: String) -> Metric? { metrics.first { $0.name == name } }
}
