public import Model
import Units

extension Judge {
    /// Applies a policy to finished comparisons.
    ///
    /// - Parameter today: `2026-11-24`, to know which entries of the ignore list are past their date.
    public static func check(
        _ comparisons: [Comparison], policy: Policy, today: String, isConfirmed: Bool = false
    ) -> CheckReport {
        var findings: [CheckReport.Finding] = policy.ignored.filter { $0.until < today }.map { entry in
            CheckReport.Finding(
                kind: .expired, subject: entry.place,
                text:
                    "\(entry.place): “\(entry.scope.text)” was ignored until \(entry.until) (\(entry.reason)); look again"
            )
        }
        var ignored: [CheckReport.IgnoredFinding] = []
        var (isInconclusive, isIncomparable) = (false, false)
        for (index, comparison) in comparisons.enumerated() {
            for pair in comparison.pairs {
                // What has no baseline yet cannot have broken anything.
                guard pair.base != nil || pair.verdict != .notComparable else { continue }
                let mustNot = policy.terms(workload: pair.case.workload, metric: pair.metric).mustNot
                let isFinding = Policy.usualMustNot.union(mustNot ?? []).contains(pair.verdict.asGate)
                let counts = isFinding || pair.verdict == .inconclusive || pair.verdict == .notComparable
                guard counts, let finding = finding(pair, index) else { continue }
                if let entry = policy.ignored.first(where: {
                    $0.until >= today && $0.scope.matches(workload: pair.case.workload, metric: pair.metric)
                }) {
                    ignored.append(
                        CheckReport.IgnoredFinding(finding: finding, reason: entry.reason, until: entry.until))
                } else if isFinding {
                    findings.append(finding)
                } else {
                    isInconclusive = isInconclusive || pair.verdict == .inconclusive
                    isIncomparable = isIncomparable || pair.verdict == .notComparable
                }
            }
            isIncomparable = isIncomparable || !comparison.pairs.contains { $0.base != nil && $0.new != nil }
        }
        let outcome: CheckReport.Outcome =
            !findings.isEmpty
            ? .findings : isIncomparable ? .notComparable : isInconclusive ? .inconclusive : .passed
        return CheckReport(
            outcome: outcome, exitCode: outcome.exitCode, policy: policy.name, isConfirmed: isConfirmed,
            findings: findings, ignored: ignored, comparisons: comparisons)
    }

    private static func finding(_ pair: Comparison.Pair, _ comparison: Int) -> CheckReport.Finding? {
        guard let kind = CheckReport.Finding.Kind(rawValue: pair.verdict.asGate.rawValue) else { return nil }
        let subject = "\(pair.case.workload), \(pair.case.backend.rawValue), \(Self.threads(pair.case.threads))"
        return CheckReport.Finding(
            kind: kind, subject: subject, case: pair.case.id, metric: pair.metric, comparison: comparison,
            text: sentence(pair, subject))
    }

    private static func threads(_ count: Int) -> String { "\(count) thread\(count == 1 ? "" : "s")" }

    /// `throughput of matmul … regressed: 400 GFLOP/s to 371 GFLOP/s (−7.3 %), q 0.002; oneDNN 2.6.3 → 3.4`.
    private static func sentence(_ pair: Comparison.Pair, _ subject: String) -> String {
        func value(_ side: Comparison.Side?) -> String {
            side.map { Figures.quantity($0.value, Unit(symbol: pair.unit), significant: 4) } ?? "nothing"
        }
        var text = "\(pair.metric.isEmpty ? "" : pair.metric + " of ")\(subject): \(pair.verdict.rawValue)"
        if pair.base != nil || pair.new != nil { text += ", \(value(pair.base)) to \(value(pair.new))" }
        if let change = pair.change, change.ratio.isFinite {
            text += " (\(change.relative > 0 ? "+" : "")\(Figures.percent(change.relative, decimals: 1)))"
        }
        if let q = pair.pAdjusted { text += ", q \(Figures.significant(q, 2))" }
        for (name, side) in [("base", pair.base), ("new", pair.new)] {
            if let status = side?.status, status != .valid { text += "; \(name) \(status.rawValue)" }
        }
        if let reason = pair.reason { text += "; \(reason)" }
        if pair.verdict.isWorse, !pair.likelyCauses.isEmpty {
            text += "; differs: " + pair.likelyCauses.joined(separator: ", ")
        }
        return text
    }
}

extension Verdict {
    /// A gate asks whether something got worse, on whichever machine.
    var asGate: Verdict {
        switch self {
        case .slower: .regressed
        case .faster: .improved
        default: self
        }
    }
}

extension CheckReport.Outcome {
    public var exitCode: Int {
        switch self {
        case .passed: 0
        case .findings: 1
        case .inconclusive: 3
        case .notComparable: 4
        }
    }
}
