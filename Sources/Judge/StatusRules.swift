import Model
import Statistics

/// Which status a case gets, and the sentence that says why.
extension Status {
    /// Share of a case's processes that may be disturbed before the case is noisy.
    static let disturbedShare = 1.0 / 3

    static func of(_ evidence: Evidence, metrics: [Metric]) -> (Status, String?) {
        for record in evidence.records {
            switch record.outcome {
            case .failed(let reason): return (.failed, reason + " (process \(record.process))")
            case .skipped(let reason): return (.skipped, reason)
            case .completed, .interrupted: continue
            }
        }
        let completed = evidence.completed
        let refusal = ScenarioEvidence(evidence)?.refusal()
        if let refusal, refusal.0 == .failed || metrics.isEmpty { return refusal }
        guard let metric = metrics.first else {
            return completed.isEmpty
                ? (.skipped, "the run ended before its turn" + (evidence.cut.map { ": \($0)" } ?? ""))
                : (.failed, "its samples give no finite number")
        }
        if let reason = noise(evidence, completed) { return (.noisy, reason) }
        if let refusal { return refusal }
        guard let interval = metric.interval else {
            return (
                .unconverged,
                "\(completed.count) of \(evidence.rules.processes) processes"
                    + (evidence.cut.map { " (\($0))" } ?? "") + "; an exact 95 % interval needs 6"
            )
        }
        let width = interval.relativeHalfWidth(of: metric.value)
        if width > evidence.rules.runTarget {
            return (.unconverged, StatusWords.wide(width, target: evidence.rules.runTarget))
        }
        let capped = completed.count {
            ![.completed(.converged), .completed(.enough), .completed(.traffic)].contains($0.outcome)
        }
        if capped * 2 > completed.count, width > evidence.rules.sampleTarget {
            return (
                .unconverged,
                "\(capped) of \(completed.count) processes reached their cap before ± \(percent(evidence.rules.sampleTarget))"
            )
        }
        return (.valid, nil)
    }

    private static func noise(_ evidence: Evidence, _ completed: [ProcessRecord]) -> String? {
        var causes: [String: Int] = [:]
        var disturbed = 0
        for record in completed {
            let found = evidence.disturbances(record)
            if !found.isEmpty { disturbed += 1 }
            for words in Set(found.map(\.kind.words)) { causes[words, default: 0] += 1 }
        }
        guard Double(disturbed) > disturbedShare * Double(completed.count) else { return nil }
        let list = causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value)" }
        return "\(disturbed) of \(completed.count) processes disturbed: " + list.joined(separator: ", ")
    }

    static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        return abs(tenths) < 1e6 ? "\(Int(tenths) / 10).\(Int(tenths) % 10) %" : "over 100000 %"
    }
}
