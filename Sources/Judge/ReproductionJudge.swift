public import Model
import Statistics
import Units

/// Which published claims hold in a run of the same plan.
public enum ReproductionJudge {
    /// Share by which a value may differ, where nobody says otherwise.
    public static let usualTolerance = 0.05

    /// A claim **holds** where both one-sided tests say that the value lies within the tolerance, or the noise floor where
    /// that is larger; or, where they cannot decide, where the two printed intervals, widened by the noise floor, meet and
    /// the value itself lies within the tolerance. It **does not hold** where the value lies beyond the tolerance without doubt.
    ///
    /// - Parameters:
    ///   - notTried: cases that were not run, by identity, each with its reason.
    ///   - noEnergy: cases of which no energy could be measured, each with its reason.
    public static func judge(
        published: RunValues, reproduced: RunValues, notTried: [String: String], noEnergy: [String: String] = [:],
        tolerance: Double = usualTolerance
    ) -> Reproduction {
        var options = Judge.Options()
        options.minimumEffect = tolerance
        options.isEffectGiven = true
        // A claim is about a value, on whatever machine it is tried; only what computes something else is no trial of it.
        options.acknowledged = Set(Subject.allCases.filter { !$0.forbidsComparison }).union([.placement])
        let comparison = Judge.compare(base: [published], new: reproduced, options: options)
        let floor = LogRatio.ofShare(tolerance)
        let claims = comparison.pairs.compactMap { pair -> Reproduction.Claim? in
            guard let base = pair.base, base.status != .failed, base.status != .skipped else { return nil }
            let isEnergy = EnergyJudge.isEnergy(pair.metric) && pair.new == nil
            let obstacle = notTried[pair.case.id] ?? (isEnergy ? noEnergy[pair.case.id] : nil)
            let (outcome, reason) = outcome(pair, base, obstacle, floor)
            return Reproduction.Claim(
                case: pair.case, metric: pair.metric, unit: pair.unit, published: base, reproduced: pair.new,
                change: pair.change, outcome: outcome, reason: reason)
        }
        return Reproduction(
            published: published.reference, reproduced: reproduced.reference, differences: comparison.differences,
            tolerance: tolerance, claims: claims, warnings: comparison.warnings)
    }

    /// Where nothing could be run: each claim with why not.
    public static func untried(
        _ published: RunValues, on machine: Machine, reasons: [String: String], tolerance: Double = usualTolerance
    ) -> Reproduction {
        let claims = published.results.flatMap { result in
            result.metrics.map { kept in
                Reproduction.Claim(
                    case: result.case, metric: kept.metric.name, unit: kept.metric.unit,
                    published: Comparison.Side(
                        value: kept.metric.value, interval: kept.metric.interval, processes: kept.metric.count,
                        status: result.status),
                    reproduced: nil, change: nil, outcome: .notTried,
                    reason: reasons[result.case.id] ?? "its case is not in the plan that can be made here")
            }
        }
        return Reproduction(
            published: published.reference, reproduced: nil,
            differences: Fingerprint.differences(published.machine, machine), tolerance: tolerance, claims: claims)
    }

    private static func outcome(
        _ pair: Comparison.Pair, _ base: Comparison.Side, _ obstacle: String?, _ tolerance: Double
    ) -> (Reproduction.Claim.Outcome, String) {
        if let obstacle { return (.notTried, obstacle) }
        guard pair.verdict != .notComparable, let new = pair.new, let change = pair.change else {
            return (.notTried, pair.reason ?? "not measured here")
        }
        let margin = max(pair.margin?.value ?? 0, tolerance)
        let words = Figures.percent(LogRatio.share(margin), decimals: 1)
        switch pair.verdict {
        case .equivalent: return (.holds, "within \(words) (two one-sided tests)")
        case .regressed, .slower, .improved, .faster:
            return (.doesNotHold, change.ratio > 1 ? "higher, beyond \(words)" : "lower, beyond \(words)")
        case .inconclusive, .notComparable: break
        }
        guard abs(LogRatio.of(change.ratio)) <= margin else {
            return (.undecided, "differs by more than \(words), but not without doubt")
        }
        guard let one = base.interval, let other = new.interval else {
            return (.undecided, "too few processes for an interval")
        }
        let wide = 1 + LogRatio.share(pair.margin?.noiseFloor ?? 0)
        let meet = one.lower <= other.upper * wide && other.lower <= one.upper * wide
        return meet
            ? (.holds, "intervals meet, within \(words)") : (.undecided, "within \(words), but intervals do not meet")
    }
}
