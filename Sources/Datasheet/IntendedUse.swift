import Document
import Model

extension Datasheet {
    /// §3: for whom and for what; and every limit, of which the glance shows the first few.
    static func intendedUse(_ reading: Reading) -> Document.Section {
        Document.Section(
            number: Number.intendedUse, title: "Intended use",
            blocks: [
                .bullets([
                    Document.BulletColumn(title: "Use it to", items: uses(reading)),
                    Document.BulletColumn(title: "Do not use it to", items: misuses(reading)),
                    Document.BulletColumn(title: "Limits and trade-offs", items: limits(reading)),
                ]),
                .heading("Every limit found by rule"),
                .bullets([Document.BulletColumn(title: "", items: cautions(reading).map(\.prose))]),
            ])
    }

    private static func uses(_ reading: Reading) -> [Prose] {
        var items: [Prose] = []
        if !reading.kernels.isEmpty { items.append("size work made of these kernels on a machine like this one") }
        if !reading.curves.isEmpty {
            items.append("choose a thread count")
        } else if let most = reading.scaling.map(\.all.case.threads).max() {
            // Two counts are one ratio: what lies between them, and whether more would help, nobody measured.
            items.append("see what was gained from one thread to \(Words.number(most)); no other count was measured")
        }
        if reading.measured.contains(where: \.isSound) {
            items.append("hold a later run of the same suite against this one")
        }
        return items.isEmpty ? ["find out why nothing could be measured"] : items
    }

    private static func misuses(_ reading: Reading) -> [Prose] {
        var items: [Prose] = ["rank providers or products: one machine was measured"]
        items.append("claim MLPerf results: the scenarios are MLPerf-style, not MLPerf results")
        if reading.measured.allSatisfy({ $0.energy == nil }) { items.append("estimate energy or emissions") }
        items.append("predict a whole application from one kernel")
        return items
    }

    private static func limits(_ reading: Reading) -> [Prose] {
        let rules = reading.bundle.plan.rules
        var items: [Prose] = []
        if reading.machine.isVirtual { items.append("neighbours on the host are unknown") }
        items.append("inputs are synthetic, made from the seed")
        items.append("\(Words.count(rules.processes, "process", "processes")) per case bound what can be told apart")
        items.append("short processes buy a sheet within minutes, at the price of blindness to heat and slow drift")
        return items
    }
}
