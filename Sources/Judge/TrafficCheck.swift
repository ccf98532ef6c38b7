import Model

/// Whether what a process says of its traffic agrees with its latencies, and its verdicts on rates with their counts.
enum TrafficCheck {
    static func findings(_ recording: Recording) -> [String] {
        let cases = Dictionary(recording.bundle.plan.cases.map { ($0.id, $0) }) { first, _ in first }
        struct Key: Hashable { let `case`: String, process: Int }
        let withTraffic = Set(recording.bundle.processes.filter { $0.traffic != nil }.map(\.case))
        guard !withTraffic.isEmpty else { return [] }
        let samples = Dictionary(grouping: recording.samples.filter { withTraffic.contains($0.case) }) {
            Key(case: $0.case, process: $0.process)
        }
        return recording.bundle.processes.enumerated().compactMap { index, record in
            guard let traffic = record.traffic, let settings = cases[record.case]?.scenarioSettings,
                case .completed = record.outcome
            else { return nil }
            let latencies = QueryLatencies(
                samples: samples[Key(case: record.case, process: record.process)] ?? [], traffic: traffic)
            return problem(traffic, latencies, settings).map { "bundle.json: processes[\(index)].traffic: \($0)" }
        }
    }

    private static func problem(_ traffic: Traffic, _ latencies: QueryLatencies, _ settings: ScenarioSettings)
        -> String?
    {
        if latencies.count != traffic.queries {
            return "\(traffic.queries) queries, but \(latencies.count) latencies are there"
        }
        if let over = traffic.overLatency, let bound = settings.latencyBound, traffic.histogram == nil {
            let found = latencies.over(bound)
            if over != found { return "\(over) queries over the bound, its latencies say \(found)" }
        }
        for (index, probe) in traffic.probes.enumerated() {
            let refusal = RateRules.refusal(
                queries: probe.queries, over: probe.overLatency, end: probe.end, percentile: settings.percentile)
            if probe.valid != (refusal == nil) {
                return "probes[\(index)] is said to be \(probe.valid ? "valid" : "not valid"); its counts say otherwise"
            }
        }
        guard traffic.role == .search, let last = traffic.probes.last else { return nil }
        if last.rate != traffic.rate || last.queries != traffic.queries {
            return "its last probe is not the run whose latencies are kept"
        }
        return nil
    }
}
