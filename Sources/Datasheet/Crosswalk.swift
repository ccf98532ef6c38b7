import Document
import Model

extension Datasheet {
    /// What this sheet supports in three frameworks. It describes hardware: it says nothing of any AI system.
    static var crosswalk: [Document.Block] {
        let rows = crosswalkRows.map { framework, point, sections, what -> [Document.Cell] in
            [
                .data(framework), .data(point),
                .text(Prose.joined(sections.map { "\(section: $0)" }, separator: ", ")), .data(what),
            ]
        }
        let heads = ["Framework", "Point", "Section", "What it supports"].map { Document.Column($0) }
        return [
            .paragraph(
                """
                It supports, and does not by itself satisfy, what these documents ask for. It says nothing about any AI system, and \
                never that anything complies.
                """), .table(Document.Table(caption: "Crosswalk", columns: heads, rows: rows)),
        ]
    }

    private static let crosswalkRows: [(String, String, [Int], String)] = [
        (
            "AI Act, Annex IV", "point 1(e)", [Number.systemUnderTest],
            "description of the hardware on which a system is intended to run"
        ),
        (
            "AI Act, Annex IV", "point 2(c)", [Number.systemUnderTest, Number.results],
            "computational resources used to develop, train, test and validate"
        ),
        (
            "AI Act, Annex IV", "point 2(g)", [Number.methodology, Number.reproduction],
            "how performance was measured, with data and metrics"
        ),
        (
            "AI Act, Annex XI", "section 1, point 2(d)", [Number.results, Number.cost],
            "computational resources, as far as they follow from a rate measured here"
        ),
        (
            "AI Act, Annex XI", "section 1, point 2(e)", [Number.power],
            "energy, where it was measured; nothing is estimated where it was not"
        ),
        (
            "NIST AI RMF", "MEASURE 2.1", [Number.methodology, Number.appendices],
            "test sets, metrics and tools are documented"
        ),
        (
            "NIST AI RMF", "MEASURE 2.3", [Number.results, Number.environment],
            "performance measured under stated conditions, which a reader holds against those of use"
        ),
        ("NIST AI RMF", "MEASURE 2.12", [Number.power], "figures for an assessment of environmental impact"),
        ("ISO/IEC 42001", "A.4.2", [Number.systemUnderTest, Number.software], "documentation of resources"),
        ("ISO/IEC 42001", "A.4.4", [Number.software], "tooling resources: libraries and versions in force"),
        (
            "ISO/IEC 42001", "A.4.5", [Number.systemUnderTest, Number.tunables],
            "system and computing resources, with settings"
        ),
    ]

    static func maintenance(_ reading: Reading) -> Document.Block {
        let bundle = reading.bundle
        let revision = reading.additions.revision
        let errata: Prose =
            revision == 1
            ? "None in this revision. A correction makes a new revision from the same bundle."
            : "This is revision \(revision); it takes the place of the one before. The bundle is the same."
        return .definitions([
            Document.Definition(
                "Maintenance",
                "The bundle does not change. A later Assay may render it anew; the numbers stay, since they follow from the samples."
            ),
            Document.Definition("Errata", errata),
            Document.Definition(
                "Citation",
                "Assay datasheet \(code: bundle.id), revision \(revision), measured \(Words.day(bundle.created)) with Assay \(bundle.tool.version)."
            ),
            Document.Definition("Licence", "Data: CC BY 4.0, unless whoever publishes it says otherwise."),
        ])
    }
}
