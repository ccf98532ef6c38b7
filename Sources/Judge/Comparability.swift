import Model

extension Pairing {
    /// Why this pair cannot be compared, in a sentence; `nil` where it can.
    func whyNot(_ match: Matching, _ old: RunValues.MetricProcesses?, _ now: RunValues.MetricProcesses?) -> String? {
        guard let base = match.base else { return "not in the base" }
        guard let new = match.new else { return "not in the new run’s plan" }
        let forbidding = match.differences.filter {
            $0.subject.forbidsComparison && !acknowledged.contains($0.subject)
        }
        if !forbidding.isEmpty {
            let words = Set(forbidding.map(\.subject.rawValue)).sorted().joined(separator: ",")
            return forbidding.map(\.text).joined(separator: "; ") + " (--acknowledge \(words) compares them)"
        }
        if let reason = unmeasured(base, "base") ?? unmeasured(new, "new") { return reason }
        if old == nil { return "the base has no such metric" }
        if now == nil { return "the new run has no such metric" }
        if let old, let now {
            if old.metric.unit != now.metric.unit {
                return "units differ: \(old.metric.unit) and \(now.metric.unit)"
            }
            if old.metric.better != now.metric.better { return "one side counts upwards, the other downwards" }
            if old.processes.isEmpty || now.processes.isEmpty {
                return "what each process measured was not kept for this metric"
            }
        }
        return nil
    }

    private func unmeasured(_ result: RunValues.Result, _ side: String) -> String? {
        guard result.status == .failed || result.status == .skipped else { return nil }
        return "\(result.status.rawValue) in the \(side)" + (result.reason.map { ": \($0)" } ?? "")
    }
}
