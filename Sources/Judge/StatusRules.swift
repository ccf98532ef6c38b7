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
        guard let metric = metrics.first else {
            return completed.isEmpty
                ? (.skipped, "the run ended before its turn" + (evidence.cut.map { ": \($0)" } ?? ""))
                : (.failed, "its samples give no finite number")
        }
        if let reason = noise(evidence, completed) { return (.noisy, reason) }
        guard let interval = metric.interval else {
            return (
                .unconverged,
                "\(completed.count) of \(evidence.rules.processes) processes"
                    + (evidence.cut.map { " (\($0))" } ?? "") + "; an exact 95 % interval needs 6"
            )
        }
        let width = interval.relativeHalfWidth(of: metric.value)
        if width > evidence.rules.runTarget {
            return (
                .unconverged,
                "run-to-run half-width \(percent(width)), target \(percent(evidence.rules.runTarget))"
            )
        }
        let capped = completed.count { $0.outcome != .completed(.converged) }
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
            let found = Disturbance.causes(record, processingUnits: evidence.processingUnits)
            if !found.isEmpty { disturbed += 1 }
            for cause in found { causes[cause, default: 0] += 1 }
        }
        guard Double(disturbed) > disturbedShare * Double(completed.count) else { return nil }
        let list = causes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) in \($0.value)" }
        return "\(disturbed) of \(completed.count) processes disturbed: " + list.joined(separator: ", ")
    }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        return abs(tenths) < 1e6 ? "\(Int(tenths) / 10).\(Int(tenths) % 10) %" : "over 100000 %"
    }
}

/// When a process counts as disturbed. Bounds are in seconds as well as shares: the kernel counts CPU time in ticks of
/// 10 ms, and one tick in a short process is no evidence.
public enum Disturbance {
    static let leastSeconds = 0.03

    /// What disturbed the process, in words; empty for a quiet one.
    public static func causes(_ record: ProcessRecord, processingUnits: Int) -> [String] {
        guard let seen = record.interference else { return [] }
        let seconds = max(record.ended - record.started, 1e-9)
        let sampling = max(record.sampling ?? seconds, 1e-9)
        let cpuSeconds = seconds * Double(max(processingUnits, 1))
        var causes: [String] = []
        if let steal = seen.steal, steal > max(DisturbanceBounds.steal, leastSeconds / cpuSeconds) {
            causes.append("steal")
        }
        if let load = seen.otherLoad, load > max(DisturbanceBounds.otherLoad, 2 * leastSeconds / cpuSeconds) {
            causes.append("other load")
        }
        if let periods = seen.throttledPeriods, periods > 0 { causes.append("cgroup throttling") }
        if let switches = seen.involuntarySwitches, switches > 3,
            Double(switches) / sampling / Double(max(record.boundTo?.count ?? 1, 1))
                > DisturbanceBounds.switchesPerSecond
        {
            causes.append("involuntary switches")
        }
        return causes
    }
}
