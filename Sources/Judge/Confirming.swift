public import Model

extension Comparison {
    /// Cases with a metric that got worse: what is worth measuring again.
    public var flaggedCases: Set<String> { Set(pairs.filter { $0.verdict.isWorse }.map(\.case.id)) }

    /// With what fresh processes say of what was flagged: a call that they do not repeat is withdrawn.
    ///
    /// The two are never pooled. What was flagged was picked because it looked bad, so the first data is biased; the second
    /// is not.
    public func confirmed(by fresh: Comparison) -> Comparison {
        var result = self
        for index in result.pairs.indices where result.pairs[index].verdict.isWorse {
            let pair = result.pairs[index]
            let again = fresh.pairs.first { $0.case.id == pair.case.id && $0.metric == pair.metric }
            let held = again?.verdict.isWorse ?? false
            result.pairs[index].confirmation = Confirmation(
                held: held, verdict: again?.verdict ?? .notComparable, change: again?.change,
                pAdjusted: again?.pAdjusted)
            guard !held else { continue }
            result.pairs[index].verdict = .inconclusive
            result.pairs[index].reason =
                "it looked \(pair.verdict.rawValue), and fresh processes say: \((again?.verdict ?? .notComparable).rawValue)"
                + (again?.reason.map { ", \($0)" } ?? "")
            result.pairs[index].likelyCauses = []
        }
        return result
    }
}
