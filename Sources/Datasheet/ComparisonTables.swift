public import Document
public import Model
import Units

extension Datasheet {
    /// A comparison as blocks: who is compared and what to know of it, what differs, then every metric with its verdict.
    public static func comparison(_ comparison: Comparison) -> [Document.Block] {
        [.table(runsTable(comparison))] + notes(comparison)
            + [.table(differencesTable(comparison)), .table(pairsTable(comparison))]
    }

    static func runsTable(_ comparison: Comparison) -> Document.Table {
        func row(_ name: String, _ run: RunReference) -> [Document.Cell] {
            [
                .data(name), .data(run.name), .data(Words.day(run.created)), .data(run.machine), .data(run.suite),
                .data(Words.span(run.processes, "process", "processes")),
            ]
        }
        return Document.Table(
            caption: "Runs compared",
            columns: ["", "run", "day", "machine", "suite", "a case"].map { Document.Column($0) },
            rows: comparison.base.map { row("base", $0) } + [row("new", comparison.new)],
            notes: [
                """
                Noise floor \(ComparisonWords.floor(comparison)). Smallest change this data can show: \
                \(ComparisonWords.smallest(comparison)).
                """
            ])
    }

    /// Before any ratio.
    static func differencesTable(_ comparison: Comparison) -> Document.Table {
        Document.Table(
            caption: "What differs",
            columns: ["setting", "base", "new", ""].map { Document.Column($0) },
            rows: comparison.differences.map { difference in
                [
                    .data(difference.name), .data(difference.before), .data(difference.after),
                    .data(comparison.acknowledged.contains(difference.subject) ? "acknowledged" : "", .quiet),
                ]
            },
            notes: comparison.differences.isEmpty ? ["Nothing that is recorded."] : [])
    }

    static func pairsTable(_ comparison: Comparison) -> Document.Table {
        let sorted = Verdict.order.flatMap { verdict in comparison.pairs.filter { $0.verdict == verdict } }
        return Document.Table(
            caption: "Every metric",
            columns: [
                Document.Column("verdict"), Document.Column("case"), Document.Column("base → new", .number),
                Document.Column("change", .number), Document.Column("95\(Figures.narrowSpace)%", .number),
                Document.Column("p adjusted", .number), Document.Column("could show", .number),
                Document.Column("why", folds: true),
            ],
            rows: sorted.map(pairRow), notes: [Prose(summary(comparison))])
    }

    private static func pairRow(_ pair: Comparison.Pair) -> [Document.Cell] {
        let lower = pair.better == .lower ? " ↓" : ""
        return [
            .data(pair.verdict.rawValue, pair.verdict.emphasis), .data(pair.title + lower), .number(pair.values),
            .number(pair.changeText), .number(pair.intervalText), .number(pair.adjustedText),
            .number(pair.smallestText), .data(why(pair)),
        ]
    }

    /// Status where it is not valid, reason, likely causes: what a reader asks next.
    static func why(_ pair: Comparison.Pair) -> String {
        var parts = [pair.statusText(), pair.confirmationText, pair.reason, pair.baseText].compactMap { $0 }
        if pair.verdict.isWorse || pair.verdict.isBetter {
            parts.append(
                pair.likelyCauses.isEmpty
                    ? "nothing recorded differs" : "differs: " + Words.some(pair.likelyCauses, 3))
        }
        return parts.joined(separator: "; ")
    }

    /// `1 regressed, 37 equivalent within ±2 %, 2 inconclusive`: as much as the verdicts say and no more.
    public static func summary(_ comparison: Comparison) -> String {
        let parts = Verdict.order.compactMap { verdict -> String? in
            let pairs = comparison.pairs.filter { $0.verdict == verdict }
            guard !pairs.isEmpty else { return nil }
            let within = verdict == .equivalent ? " " + ComparisonWords.margins(pairs) : ""
            return "\(pairs.count) \(verdict.rawValue)\(within)"
        }
        return parts.isEmpty ? "No metric is in both runs." : parts.joined(separator: ", ") + "."
    }

    private static func notes(_ comparison: Comparison) -> [Document.Block] {
        comparison.warnings.map { .paragraph(Prose("Note: \($0).")) }
    }
}
