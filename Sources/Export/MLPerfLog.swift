import Model
import Statistics

/// The two logs that MLPerf LoadGen leaves, in its layout and with its names, for each case that ran a scenario and each
/// of its processes. They say themselves that LoadGen did not write them.
struct MLPerfLog: Exporter {
    let name = "mlperf-log"
    let about = "mlperf_log_summary.txt and mlperf_log_detail.txt of each scenario's processes; native, not LoadGen's"

    static let notice = "MLPerf-style, not an MLPerf result; not an official LoadGen log"

    func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile] {
        struct Key: Hashable { let `case`: String, process: Int }
        let samples = Dictionary(grouping: recording.samples) { Key(case: $0.case, process: $0.process) }
        var files: [ExportedFile] = []
        for record in recording.bundle.processes {
            guard case .completed = record.outcome, let traffic = record.traffic,
                let planned = recording.bundle.plan.cases.first(where: { $0.id == record.case }),
                let settings = planned.scenarioSettings
            else { continue }
            let latencies = QueryLatencies(
                samples: samples[Key(case: record.case, process: record.process)] ?? [], traffic: traffic)
            let run = LoggedRun(
                bundle: recording.bundle, planned: planned, settings: settings, record: record, traffic: traffic,
                latencies: latencies)
            files.append(ExportedFile(folder: run.folder, name: "mlperf_log_summary.txt", content: run.summary))
            files.append(ExportedFile(folder: run.folder, name: "mlperf_log_detail.txt", content: try run.detail()))
        }
        guard !files.isEmpty else {
            throw ExportRefusal(
                "no process of this bundle ran a scenario to its end; `scenario:` in a suite asks for one")
        }
        return files
    }
}

/// One process of a scenario: what LoadGen calls a run.
struct LoggedRun {
    let bundle: Bundle
    let planned: Case
    let settings: ScenarioSettings
    let record: ProcessRecord
    let traffic: Traffic
    let latencies: QueryLatencies

    /// `matmul-64-f32-server-0123456789ab-process-3`: safe as a file name, and no two alike.
    var folder: String {
        let words = planned.workload.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let identity = planned.id.filter { $0.isASCII && $0.isHexDigit }.prefix(12)
        return words.joined(separator: "-").prefix(60) + "-\(identity)-process-\(record.process)"
    }

    var scenarioName: String {
        switch planned.scenario {
        case .offline: "Offline"
        case .singleStream: "SingleStream"
        case .multiStream: "MultiStream"
        case .server: "Server"
        }
    }

    func nanoseconds(_ seconds: Double?) -> Int { seconds.map { Int(($0 * 1e9).rounded()) } ?? 0 }

    var completedPerSecond: Double {
        traffic.seconds > 0 ? Double(traffic.queries * traffic.samplesPerQuery) / traffic.seconds : 0
    }

    /// Whether what was asked of the run came about, each with LoadGen's words for it.
    var constraints: [(words: String, key: String, met: Bool)] {
        var found: [(String, String, Bool)] = []
        if let over = traffic.overLatency, planned.scenario == .server {
            let within = Double(traffic.queries - over) >= settings.percentile * Double(traffic.queries)
            found.append(("Performance constraints satisfied", "result_perf_constraints_met", within))
        }
        found.append(("Min duration satisfied", "result_min_duration_met", traffic.seconds >= settings.minimumDuration))
        if planned.scenario != .offline {
            found.append(
                ("Min queries satisfied", "result_min_queries_met", traffic.queries >= settings.minimumQueries))
            found.append(("Early stopping satisfied", "early_stopping_met", earlyStoppingMet))
        }
        return found
    }

    var earlyStoppingMet: Bool {
        guard planned.scenario == .server else {
            return LoadGen.estimateRank(count: traffic.queries, percentile: settings.percentile) != nil
        }
        let allowed = LoadGen.overAllowed(count: traffic.queries, percentile: settings.percentile)
        return allowed.map { traffic.overLatency ?? 0 <= $0 } ?? false
    }

    var isValid: Bool { constraints.allSatisfy(\.met) }

    /// Those that there are queries enough for: LoadGen prints them all.
    var percentiles: [(percentile: Double, nanoseconds: Int)] {
        Order.latencyPercentiles.compactMap { percentile in
            latencies.supported(percentile).map { (percentile, nanoseconds($0)) }
        }
    }
}
