public import Document
public import Model
import Units

extension Datasheet {
    /// What the gate says, in the order in which somebody reads it who has to act.
    public static func check(_ report: CheckReport) -> [Document.Block] {
        var blocks: [Document.Block] = []
        for comparison in report.comparisons {
            blocks.append(.table(checkHead(comparison)))
            blocks.append(.table(checkVerdicts(comparison)))
        }
        let findings = report.findings.filter { $0.kind == .expired }
        if !findings.isEmpty {
            blocks.append(
                .table(
                    Document.Table(
                        caption: "", columns: [Document.Column(""), Document.Column("")],
                        rows: findings.map { [.data($0.kind.rawValue, .bad), .data($0.text)] })))
        }
        for ignored in report.ignored {
            blocks.append(
                .paragraph(
                    Prose("ignored until \(ignored.until): \(ignored.finding.text) (\(ignored.reason))")))
        }
        blocks.append(.paragraph(Prose(outcome(report))))
        return blocks
    }

    private static func checkHead(_ comparison: Comparison) -> Document.Table {
        var rows: [[Document.Cell]] = [
            [.data("baseline"), .data(ComparisonWords.runs(comparison.base))],
            [.data("new"), .data(ComparisonWords.run(comparison.new))],
            [
                .data("floor"),
                .data(
                    "\(ComparisonWords.floor(comparison)) · smallest change this data can show: \(ComparisonWords.smallest(comparison))"
                ),
            ],
        ]
        if !comparison.differences.isEmpty {
            let texts = comparison.differences.map { ComparisonWords.difference($0, comparison.acknowledged) }
            rows.append([.data("differs"), .data(Words.some(texts, 8))])
        }
        rows += comparison.warnings.map { [.data("note"), .data($0)] }
        return Document.Table(caption: "", columns: [Document.Column(""), Document.Column("")], rows: rows)
    }

    /// Each metric that asks for attention; those that do not, counted.
    private static func checkVerdicts(_ comparison: Comparison) -> Document.Table {
        let rows = Verdict.order.flatMap { verdict -> [[Document.Cell]] in
            let pairs = comparison.pairs.filter { $0.verdict == verdict }
            guard !pairs.isEmpty else { return [] }
            if verdict == .equivalent {
                let count = Words.count(pairs.count, "metric")
                return [[.data(verdict.rawValue), .data(count), .data(ComparisonWords.margins(pairs)), .data("")]]
            }
            return pairs.map { pair in
                let change = pair.change == nil ? "" : "\(pair.changeText) \(pair.intervalText)"
                let q =
                    pair.pAdjusted == nil
                    ? "" : "  q \(pair.adjustedText.hasPrefix("<") ? "" : "= ")\(pair.adjustedText)"
                return [
                    .data(verdict.rawValue, verdict.emphasis), .data(pair.title),
                    .data([pair.values, change + q].filter { !$0.isEmpty }.joined(separator: "  ")), .data(why(pair)),
                ]
            }
        }
        return Document.Table(
            caption: "", columns: (0..<4).map { Document.Column("", folds: $0 == 3) }, rows: rows)
    }

    /// The last line, and the exit code in words.
    static func outcome(_ report: CheckReport) -> String {
        let policy = report.policy.map { " (policy \($0))" } ?? ""
        switch report.outcome {
        case .passed: return "passed\(policy): nothing regressed beyond its margin"
        case .findings: return "failed\(policy): \(Words.count(report.findings.count, "finding"))"
        case .inconclusive:
            return
                "inconclusive\(policy): nothing is shown to have regressed, and not everything is shown to be equivalent"
        case .notComparable: return "not comparable\(policy): a part of the baseline has nothing to be held against"
        }
    }
}
