public import Document
public import Model
import Units

extension Datasheet {
    /// A workload card for each kernel that was measured, and a dataset card for the inputs of all.
    public static func cards(_ recording: Recording, with additions: Additions = Additions()) -> [Card] {
        let redaction =
            additions.includesIdentifiers ? nil : Redaction(recording.bundle, others: additions.versus.map(\.other))
        let reading = Reading(redaction?.applied(to: recording) ?? recording, additions)
        let kernels = Kernel.allCases.filter { kernel in
            (reading.kernels + reading.scenarios).contains { $0.case.kernel == kernel }
        }
        let cards = kernels.map { workloadCard($0, reading) } + [datasetCard(reading)]
        return cards.map { card in redaction.map { card.mapTexts($0.text) } ?? card }
    }

    /// The sections of a model card, and the fields of a fact sheet, for one kernel on this machine.
    static func workloadCard(_ kernel: Kernel, _ reading: Reading) -> Card {
        let own = (reading.kernels + reading.scenarios).filter { $0.case.kernel == kernel }
        let machine = reading.statement.title ?? title(reading.machine)
        let heading = "\(kernel.title) on a \(machine)"
        return Card(
            name: "workload-\(kernel.rawValue)", title: heading, matter: matter(kernel, own, heading, reading),
            introduction: [
                """
                Workload card of an Assay datasheet, result \(code: reading.bundle.id). What is described is a kernel as it ran on \
                one machine, not a trained model. MLPerf-style, not MLPerf results.
                """
            ],
            sections: [
                Card.Section("Details", [.definitions(details(kernel, own, reading))]),
                Card.Section("Intended use", [.bullets([Document.BulletColumn(title: "", items: kernel.uses)])]),
                Card.Section("Factors", [.definitions(factors(own, reading))]),
                Card.Section("Metrics", [.paragraph(metricWords(own, reading))]),
                Card.Section(
                    "Evaluation data", [.paragraph("Synthetic operands, described in the dataset card of this run.")]),
                Card.Section("Training data", [.paragraph("None: nothing is trained.")]),
                Card.Section("Quantitative analyses", [.table(cardTable(own, reading))]),
                Card.Section("Ethical considerations", [.paragraph(ethics(reading))]),
                Card.Section("Caveats and recommendations", [.bullets([caveats(own, reading)])]),
                Card.Section("Fact sheet", [.definitions(factSheet(kernel, own, reading))]),
            ])
    }

    private static func details(_ kernel: Kernel, _ own: [Measurement], _ reading: Reading) -> [Document.Definition] {
        let implementations = own.compactMap { $0.implementation?.summary }.unique
        return [
            Document.Definition("What is computed", Prose(kernel.purpose)),
            Document.Definition("Workloads", Prose(Words.list(own.map(\.case.workload).unique))),
            Document.Definition("Data types", Prose(Words.list(own.map(\.case.dataType.rawValue).unique))),
            Document.Definition("Implementations", Prose(Words.list(implementations))),
            Document.Definition(
                "Measured",
                "\(Words.day(reading.bundle.created)) with Assay \(reading.bundle.tool.version), suite \(code: reading.bundle.plan.suite), seed \(code: String(reading.bundle.plan.seed))"
            ),
            Document.Definition("Licence", "CC BY 4.0, unless whoever publishes it says otherwise"),
        ]
    }

    private static func factors(_ own: [Measurement], _ reading: Reading) -> [Document.Definition] {
        let machine = reading.machine
        return [
            Document.Definition("Machine", identityLine(reading.bundle)),
            Document.Definition(
                "Threads", Prose(Words.range(own.map(\.case.threads)) + ", one a core unless the case says otherwise")),
            Document.Definition("Instruction sets", instructionSetsUsed(own)),
            Document.Definition(
                "Scenario", Prose(Words.list(own.map { Words.setting($0.case.scenario.rawValue) }.unique))),
            Document.Definition(
                "Settings", Prose(machine.tunables.isEmpty ? "not recorded" : "in section 6 of the datasheet")),
        ]
    }

    private static func instructionSetsUsed(_ own: [Measurement]) -> Prose {
        let reported = own.compactMap(\.implementation?.reported).filter { !$0.isEmpty }.unique
        return reported.isEmpty
            ? "not told by the library" : Prose.joined(reported.map { "\(code: $0)" }, separator: ", ")
    }

    private static func metricWords(_ own: [Measurement], _ reading: Reading) -> Prose {
        let names = own.flatMap(\.metrics).map { "\($0.name) in \($0.unit)" }.unique
        return Prose(
            "\(Words.capital(Words.list(names))). Each is the median of process medians with an exact 95\(Figures.narrowSpace)% "
                + "interval over processes.")
    }

    private static func cardTable(_ own: [Measurement], _ reading: Reading) -> Document.Table {
        let rows = own.flatMap { measurement in
            measurement.metrics.map { metric -> [Document.Cell] in
                let column = NumberColumn(metric)
                return [
                    .data(reading.name(measurement)),
                    .number(column.value(metric), quantity: Document.Quantity(metric, of: measurement)),
                    .data(column.unit), .number(column.bounds(metric)), .number("\(metric.count)"),
                    statusCell(measurement),
                ]
            }
        }
        return Document.Table(
            caption: "Results",
            columns: [
                Document.Column("Case"), Document.Column("Value", .number), Document.Column("Unit"),
                Document.Column("95\(Figures.narrowSpace)% interval", .number), Document.Column("n", .number),
                Document.Column("Status"),
            ], rows: rows, notes: ["n: processes. Cases without a number stand in section 14 of the datasheet."])
    }

    private static func ethics(_ reading: Reading) -> Prose {
        let energy =
            reading.measured.contains { $0.energy != nil }
            ? "Energy was measured; it stands in section 11 of the datasheet."
            : "Energy was not measured, and none is estimated."
        return Prose("No human data is read or made. \(energy)")
    }

    private static func caveats(_ own: [Measurement], _ reading: Reading) -> Document.BulletColumn {
        var items: [Prose] = ["One machine was measured; others of its kind may differ."]
        let unsound = own.filter { !$0.isSound }
        if !unsound.isEmpty {
            let words = unsound.map { "\(reading.name($0)): \($0.status.rawValue)" }
            items.append(Prose("Not to rest on: \(Words.some(words, 6))."))
        }
        items.append("A kernel’s speed does not predict that of an application made of it.")
        items += cautions(reading).prefix(4).map { Prose("\($0.claim). \($0.support)") }
        return Document.BulletColumn(title: "", items: items)
    }
}
