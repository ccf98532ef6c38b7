import Document
import Model
import Statistics
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Datasheet {
    /// The seven sections of Datasheets for Datasets (Gebru et al., 2021) for inputs that a generator made.
    static func datasetCard(_ reading: Reading) -> Card {
        let seed = reading.bundle.plan.seed
        let heading = "Synthetic inputs of Assay result \(reading.bundle.id)"
        return Card(
            name: "dataset", title: heading, matter: datasetMatter(heading, seed),
            introduction: [
                "Dataset card. Every input is made by a generator from the seed: there is no human data, and no file to download."
            ],
            sections: [
                Card.Section(
                    "Motivation",
                    [
                        .paragraph(
                            """
                            Kernels need operands whose values neither help nor hinder them and that anybody can make again. Operand values \
                            alone move power by several per cent, so their distribution is stated.
                            """)
                    ]),
                Card.Section("Composition", [.definitions(generatorFacts(seed)), .table(inputTable(reading))]),
                Card.Section(
                    "Collection process",
                    [
                        .paragraph(
                            "None: values are computed on the machine that is measured, before the first timed batch.")
                    ]),
                Card.Section(
                    "Preprocessing",
                    [
                        .paragraph(
                            "Values are rounded to the data type of the case; libraries may bring them into a layout of their own, which is not timed."
                        )
                    ]),
                Card.Section(
                    "Uses",
                    [
                        .paragraph(
                            "For timing kernels and checking their results. Not for training, and not for judging the accuracy of anything."
                        )
                    ]),
                Card.Section(
                    "Distribution",
                    [
                        .paragraph(
                            "Not distributed: generator and seed are enough. The recipe is part of Assay, commit \(code: reading.bundle.tool.commit)."
                        )
                    ]),
                Card.Section(
                    "Maintenance",
                    [
                        .paragraph(
                            "A change of the generator is a change of the tool, and stands in its changelog; results before and after it name different commits."
                        )
                    ]),
            ])
    }

    private static func datasetMatter(_ heading: String, _ seed: UInt64) -> [Card.Field] {
        [
            Card.Field("title", .text(heading)), Card.Field("description", .text("Dataset card of synthetic operands")),
            Card.Field("pretty_name", .text("Assay synthetic operands, seed \(seed)")),
            Card.Field("license", .text("cc-by-4.0")),
            Card.Field("tags", .list(["assay", "synthetic", "benchmark"].map { .text($0) })),
        ]
    }

    private static func generatorFacts(_ seed: UInt64) -> [Document.Definition] {
        [
            Document.Definition(
                "Generator",
                "SplitMix64’s output function over seed + (index + 1) × 0x9E3779B97F4A7C15: the value at an index depends on seed and index alone"
            ),
            Document.Definition("Seed", "\(code: String(seed))"),
            Document.Definition("Human data", "none"),
            Document.Definition(
                "SHA-256 of the generator’s first 65 536 values",
                "\(code: generatorDigest(seed)) (64 bits each, least significant byte first)"),
        ]
    }

    /// By which anybody can tell that a generator of their own makes the same values.
    static func generatorDigest(_ seed: UInt64) -> String {
        let generator = CounterGenerator(seed: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 << 16)
        for index in 0..<(UInt64(1) << 16) {
            let value = generator.bits(index)
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        return Digest.sha256(Data(bytes))
    }

    private static func inputTable(_ reading: Reading) -> Document.Table {
        let rows = reading.measured.compactMap { measurement -> [Document.Cell]? in
            guard let work = measurement.work, measurement.case.kernel != .peakCompute else { return nil }
            return [
                .data(measurement.case.workload), .number("\(measurement.case.threads)"),
                .data(measurement.case.shape.sizesText), .data(distribution(measurement.case)),
                .number(Figures.bytes(UInt64(max(work.footprint, 0)))), .text("\(code: measurement.case.id)"),
            ]
        }
        return Document.Table(
            caption: "Inputs by case",
            columns: [
                Document.Column("Workload"), Document.Column("Threads", .number), Document.Column("Sizes"),
                Document.Column("Distribution"), Document.Column("Bytes", .number), Document.Column("Case"),
            ], rows: rows, notes: ["Bytes: operands and results, allocated at most."])
    }

    /// How values lie, as the generator of each kernel makes them.
    private static func distribution(_ planned: Case) -> String {
        switch planned.kernel {
        case .matmul, .convolution:
            planned.dataType == .int8
                ? "sources uniform over all values; weights even, −62 to 62"
                : "uniform in −1 to 1, 24 bits, rounded to the type"
        case .embedding, .rowGather:
            "rows uniform in −1 to 1; indices uniform, or by Zipf’s law where the workload says so"
        case .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead: "constants that a checker knows"
        case .pointerChase: "one random cycle through all lines"
        case .peakCompute, .null: "registers only"
        }
    }
}
