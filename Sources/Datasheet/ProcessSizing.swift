import Document
import Model
import Units

extension Datasheet {
    /// How the numbers of processes came about, from the record of the run.
    static func sizing(_ reading: Reading) -> Prose {
        let rules = reading.bundle.plan.rules
        guard let sizes = reading.bundle.sizing, let first = sizes.first else {
            return Prose("\(Words.count(rules.processes, "process", "processes")) a case, as fixed beforehand.")
        }
        let decided = Sizing.Limit.allCases.compactMap { limit -> String? in
            let count = sizes.count { $0.limit == limit }
            return count > 0 ? "\(Words.count(count, "case")) \(words(limit, rules))" : nil
        }
        let costs = sizes.map { $0.processCost / $0.sampleCost }
        let worth = sizes.compactMap(\.samplesPerProcess)
        let samples =
            worth.isEmpty
            ? "in no case did processes differ beyond what their samples explain"
            : "\(Words.span(worth, "sample")) were worth taking in a process of \(Words.count(worth.count, "case"))"
        return Prose(
            """
            By Kalibera and Jones from \(Words.count(first.pilots, "pilot")): \(Words.list(decided)). A process cost as much as \
            \(Words.span(costs.map { Int(min($0.rounded(), 1e9)) }, "sample")); \(samples). Variances and costs of each case are in \
            the bundle.
            """)
    }

    private static func words(_ limit: Sizing.Limit, _ rules: Rules) -> String {
        switch limit {
        case .minimum: "kept the fewest, \(Sizing.fewest(rules))"
        case .target: "got as many as ± \(Words.target(rules.runTarget)) asks for"
        case .maximum: "got the most, \(rules.maximumProcesses ?? rules.processes)"
        case .time: "got as many as there was time for"
        }
    }
}
