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
                    A cost needs a price with its currency, date, region and billing model; none was given and none is looked \
                    up. Given to the run with \(code: "--price"), the cost of each workload stands here with its formula and \
                    the interval of the throughput.
                    """)
            ])
    }
}
