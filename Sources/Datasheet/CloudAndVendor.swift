import Document
import Model

extension Datasheet {
    /// §7: where it is rented.
    static func cloud(_ reading: Reading) -> Document.Section {
        let block: Document.Block
        switch reading.machine.cloud {
        case .known(let cloud):
            block = .table(
                .facts(
                    "Where it is rented",
                    [
                        ("Provider", Prose(cloud.provider)), ("Instance type", Prose(cloud.instanceType.text)),
                        ("Region", Prose(cloud.region.text)),
                        ("Price", "Not stated: see \(section: Number.cost)"),
                    ]))
        case .unknown(let reason):
            block = .paragraph("Not known: \(reason). Provider, region and instance type are therefore not stated.")
        }
        return Document.Section(number: Number.cloud, title: "Cloud", blocks: [block])
    }

    /// §8: figures of the vendor, apart from measured ones.
    static func vendorFigures(_ reading: Reading) -> Document.Section {
        Document.Section(
            number: Number.vendorFigures, title: "Vendor figures",
            blocks: [
                .paragraph(
                    """
                    None is used. Every ceiling in this sheet was measured on this machine in the same run; a vendor’s figure \
                    would stand here, with its source, and never among measurements.
                    """)
            ])
    }

    /// §13: other machines.
    static func comparison(_ reading: Reading) -> Document.Section {
        Document.Section(
            number: Number.comparison, title: "Comparison",
            blocks: [
                .paragraph(
                    """
                    None in this sheet: it describes one machine. Differences in configuration, ratios with their intervals and \
                    verdicts stand here in a sheet made from two or more bundles.
                    """)
            ])
    }
}
