public import Document
public import Model
import Units

extension Datasheet {
    /// What became of a bundle's claims, as blocks: what it comes to, what differs, each claim.
    public static func reproductionReport(_ reproduction: Reproduction) -> [Document.Block] {
        [
            .heading("Reproduction of \(reproduction.published.id)"), .paragraph(summary(reproduction)),
            .paragraph(conditions(reproduction)),
        ] + (reproduction.warnings ?? []).map { .paragraph(Prose("Beware: \($0).")) } + [.table(claims(reproduction))]
    }

    private static func summary(_ reproduction: Reproduction) -> Prose {
        let parts = Reproduction.Claim.Outcome.allCases.compactMap { outcome -> String? in
            let count = reproduction.count(outcome)
            return count > 0 ? "\(count) \(words(outcome, count))" : nil
        }
        let all = Words.count(reproduction.claims.count, "claim")
        return "Of \(all) \(parts.isEmpty ? "none was published" : Words.list(parts))."
    }

    private static func words(_ outcome: Reproduction.Claim.Outcome, _ count: Int) -> String {
        switch outcome {
        case .holds: count == 1 ? "holds" : "hold"
        case .doesNotHold: count == 1 ? "does not hold" : "do not hold"
        case .undecided: count == 1 ? "is undecided" : "are undecided"
        case .notTried: count == 1 ? "was not tried" : "were not tried"
        }
    }

    private static func conditions(_ reproduction: Reproduction) -> Prose {
        let differences = reproduction.differences.map(\.text)
        let tolerance = Figures.percent(reproduction.tolerance, decimals: 1)
        let (there, here) = (reproduction.published.machine, reproduction.reproduced.machine)
        return """
            Published on \(there), run \(reproduction.published.id); tried on \(here), run \(reproduction.reproduced.id). \
            Tolerance \(tolerance), or the noise floor where that is larger. \
            Differences: \(differences.isEmpty ? "none found" : differences.joined(separator: "; ")).
            """
    }

    private static func claims(_ reproduction: Reproduction) -> Document.Table {
        let rows = reproduction.claims.map { claim -> [Document.Cell] in
            let unit = Unit(symbol: claim.unit)
            let emphasis: Document.Cell.Emphasis =
                switch claim.outcome {
                case .holds: .good
                case .doesNotHold: .bad
                case .undecided, .notTried: .quiet
                }
            let name = "\(claim.case.workload), \(claim.case.backend.rawValue), \(Words.threads(claim.case.threads))"
            return [
                .text("\(name)"), .text("\(claim.metric)"),
                .number(Figures.quantity(claim.published.value, unit, significant: 4)),
                .number(claim.reproduced.map { Figures.quantity($0.value, unit, significant: 4) } ?? "–"),
                .number(claim.change.map { signedShare($0.relative) } ?? "–"),
                .text("\(claim.outcome.rawValue)", emphasis), .text("\(claim.reason)"),
            ]
        }
        return Document.Table(
            caption: "",
            columns: [
                Document.Column("Case"), Document.Column("Metric"), Document.Column("Published", .number),
                Document.Column("Here", .number), Document.Column("Change", .number), Document.Column("Claim"),
                Document.Column("Why", folds: true),
            ], rows: rows)
    }

    static func signedShare(_ share: Double) -> String {
        (share < 0 ? "−" : "+") + Figures.percent(abs(share), decimals: 1)
    }
}
