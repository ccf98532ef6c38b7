import Document
import Model

extension Datasheet {
    /// §8: figures of the vendor, apart from measured ones.
    static func vendorFigures(_ reading: Reading) -> Document.Section {
        let figures = reading.additions.vendorFigures
        guard !figures.isEmpty else {
            return Document.Section(
                number: Number.vendorFigures, title: "Vendor figures",
                blocks: [
                    .paragraph(
                        """
                        None is used and none was given. Every ceiling in this sheet was measured on this machine in the same run; \
                        a vendor’s figure stands here, with its source, and never among measurements.
                        """)
                ])
        }
        let rows = figures.map { figure -> [Document.Cell] in
            [
                .data(figure.name), .number(figure.value), .data(figure.unit), .data(figure.source),
                figure.note.map { .data($0) } ?? .notApplicable,
            ]
        }
        return Document.Section(
            number: Number.vendorFigures, title: "Vendor figures",
            finding: "Stated by the vendor, not measured; no share or ratio in this sheet rests on them.",
            blocks: [
                .table(
                    Document.Table(
                        caption: "As the vendor states them",
                        columns: [
                            Document.Column("Figure"), Document.Column("Value", .number), Document.Column("Unit"),
                            Document.Column("Source"), Document.Column("Note"),
                        ], rows: rows, notes: ["Given when this sheet was rendered; they are not in the bundle."]))
            ])
    }
}
