import Document
import Model

extension Datasheet {
    /// §12: what it costs; without a price, what a price would need.
    static func cost(_ reading: Reading) -> Document.Section {
        Document.Section(
            number: Number.cost, title: "Cost", finding: "Not stated: no price was given.",
            blocks: [
                .paragraph(
                    """
                    A cost needs a price with its currency, date, region and billing model. None was given, and none is \
                    looked up: this version takes none. Cost per unit of work follows from a price per hour as price ÷ 3600 ÷ \
                    throughput, with the interval of the throughput.
                    """)
            ])
    }
}
