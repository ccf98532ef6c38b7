import Model
import Statistics

extension LoggedRun {
    private static let line = String(repeating: "=", count: 48)

    private static func head(_ title: String) -> String { "\(line)\n\(title)\n\(line)\n" }

    /// `mlperf_log_summary.txt`.
    var summary: String {
        var text = Self.head("Assay native summary in the layout of MLPerf LoadGen's\n\(MLPerfLog.notice)")
        text += "SUT name : Assay \(bundle.tool.version), \(planned.backend.rawValue), \(planned.workload)\n"
        text += "Scenario : \(scenarioName)\n"
        text += "Mode     : PerformanceOnly\n"
        text += headline + "\n"
        text += "Result is : \(isValid ? "VALID" : "INVALID")\n"
        for constraint in constraints { text += "  \(constraint.words) : \(constraint.met ? "Yes" : "NO")\n" }
        if planned.scenario != .offline { text += "Early Stopping Result:\n" + earlyStopping }
        text += "\n" + Self.head("Additional Stats") + statistics
        text += "\n" + Self.head("Test Parameters Used") + parameters
        return text + "\nNative log of bundle \(bundle.id), case \(planned.id), process \(record.process).\n"
    }

    private var headline: String {
        switch planned.scenario {
        case .offline: "Samples per second: \(decimals(completedPerSecond))"
        case .server: "Completed samples per second    : \(decimals(completedPerSecond))"
        case .singleStream, .multiStream:
            "\(percent(settings.percentile))th percentile latency (ns) : \(nanoseconds(latencies.percentile(settings.percentile)))"
        }
    }

    private var earlyStopping: String {
        let needed =
            LoadGen.needed(
                over: planned.scenario == .server ? traffic.overLatency ?? 0 : 1, percentile: settings.percentile) ?? 0
        guard earlyStoppingMet else {
            return " * Only processed \(traffic.queries) queries.\n"
                + " * Need to process at least \(needed) queries for early stopping.\n"
        }
        guard planned.scenario != .server else { return " * Run successful.\n" }
        let allowed = LoadGen.overAllowed(count: traffic.queries, percentile: settings.percentile) ?? 1
        let estimate = nanoseconds(latencies.earlyStoppingEstimate(settings.percentile))
        return " * Processed at least \(needed) queries (\(traffic.queries)).\n"
            + " * Would discard \(allowed - 1) highest latency queries.\n"
            + " * Early stopping \(percent(settings.percentile))th percentile estimate: \(estimate)\n"
    }

    private var statistics: String {
        var text = ""
        if let rate = traffic.rate { text += "Scheduled samples per second : \(decimals(rate))\n" }
        text += "Min latency (ns)                : \(nanoseconds(latencies.minimum))\n"
        text += "Max latency (ns)                : \(nanoseconds(latencies.maximum))\n"
        for (percentile, value) in percentiles {
            text += "\(decimals(percentile * 100)) percentile latency (ns)   : \(value)\n"
        }
        if traffic.histogram != nil { text += "Latencies are those of histogram buckets, at most 0.1 % wide.\n" }
        return text
    }

    private var parameters: String {
        """
        samples_per_query : \(traffic.samplesPerQuery)
        target_qps : \(traffic.rate.map(decimals) ?? "0")
        target_latency (ns): \(nanoseconds(settings.latencyBound))
        min_duration (ms): \(Int((settings.minimumDuration * 1000).rounded()))
        min_query_count : \(settings.minimumQueries)
        schedule_rng_seed : \(traffic.scheduleSeed ?? 0)

        """
    }

    /// Two decimals, whatever the locale.
    func decimals(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e13 else { return "0.00" }
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
