import Model
import Statistics

/// One `:::MLLOG` line.
private struct DetailLine: Encodable {
    enum Value: Encodable {
        case text(String)
        case whole(Int)
        case number(Double)
        case flag(Bool)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .whole(let number): try container.encode(number)
            case .number(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            }
        }
    }
    struct Metadata: Encodable {
        var isError = false
        var isWarning: Bool
        var process: Int

        enum CodingKeys: String, CodingKey {
            case isError = "is_error"
            case isWarning = "is_warning"
            case process
        }
    }
    var key: String
    var value: Value
    var milliseconds: Double
    /// Not `mlperf::logging`, which is LoadGen's own.
    var namespace = "assay::native"
    var eventType = "POINT_IN_TIME"
    var metadata: Metadata

    enum CodingKeys: String, CodingKey {
        case key, value, namespace, metadata
        case milliseconds = "time_ms"
        case eventType = "event_type"
    }
}

extension LoggedRun {
    /// `mlperf_log_detail.txt`.
    func detail() throws(ExportRefusal) -> String {
        var text = ""
        for (key, value) in [("assay_native_log", DetailLine.Value.text(MLPerfLog.notice))] + settingLines + resultLines
        {
            let line = DetailLine(
                key: key, value: value, milliseconds: record.ended * 1000,
                metadata: DetailLine.Metadata(isWarning: key == "assay_native_log", process: record.process))
            do {
                text += ":::MLLOG " + String(decoding: try JSON.line(line), as: UTF8.self)
            } catch {
                throw ExportRefusal("\(key) cannot be written as JSON: \(error)")
            }
        }
        return text
    }

    private var settingLines: [(String, DetailLine.Value)] {
        var lines: [(String, DetailLine.Value)] = [
            ("assay_version", .text(bundle.tool.version)), ("assay_commit", .text(bundle.tool.commit)),
            ("assay_bundle", .text(bundle.id)), ("assay_case", .text(planned.id)),
            ("assay_process_role", .text(traffic.role.rawValue)),
            ("sut_name", .text("\(planned.backend.rawValue), \(planned.workload)")),
            ("effective_scenario", .text(scenarioName)), ("effective_test_mode", .text("PerformanceOnly")),
            ("effective_samples_per_query", .whole(traffic.samplesPerQuery)),
            ("effective_min_duration_ms", .whole(Int((settings.minimumDuration * 1000).rounded()))),
            ("effective_min_query_count", .whole(settings.minimumQueries)),
        ]
        if let rate = traffic.rate {
            lines += [
                ("effective_target_qps", .number(rate)),
                ("effective_target_latency_ns", .whole(nanoseconds(settings.latencyBound))),
                ("effective_schedule_rng_seed", .whole(Int(traffic.scheduleSeed ?? 0))),
            ]
        }
        if planned.scenario != .offline {
            lines.append(("effective_target_latency_percentile", .number(settings.percentile)))
        }
        if let scheduled = traffic.scheduled { lines.append(("generated_query_count", .whole(scheduled))) }
        return lines
    }

    private var resultLines: [(String, DetailLine.Value)] {
        var lines: [(String, DetailLine.Value)] = [("result_validity", .text(isValid ? "VALID" : "INVALID"))]
        lines += constraints.map { ($0.key, .flag($0.met)) }
        lines.append(("result_query_count", .whole(traffic.queries)))
        switch planned.scenario {
        case .offline: lines.append(("result_samples_per_second", .number(completedPerSecond)))
        case .server:
            lines.append(("result_overlatency_query_count", .whole(traffic.overLatency ?? 0)))
            lines.append(("result_scheduled_samples_per_sec", .number(traffic.rate ?? 0)))
            lines.append(("result_completed_samples_per_sec", .number(completedPerSecond)))
        case .singleStream, .multiStream:
            lines.append(("result_qps_with_loadgen_overhead", .number(completedPerSecond)))
            if let estimate = latencies.earlyStoppingEstimate(settings.percentile) {
                lines.append(("early_stopping_estimate_ns", .whole(nanoseconds(estimate))))
            }
        }
        lines.append(("result_min_latency_ns", .whole(nanoseconds(latencies.minimum))))
        lines.append(("result_max_latency_ns", .whole(nanoseconds(latencies.maximum))))
        lines += percentiles.map {
            ("result_\(decimals($0.percentile * 100))_percentile_latency_ns", .whole($0.nanoseconds))
        }
        return lines
    }
}
