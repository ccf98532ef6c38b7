import Model
import Statistics
import Units

/// What each process of a scenario came to, and what follows for its case.
struct ScenarioEvidence {
    let planned: Case
    let settings: ScenarioSettings
    /// Processes that count, without those that only confirmed a rate; each with its latencies.
    let processes: [(record: ProcessRecord, latencies: QueryLatencies)]
    let confirmations: [ProcessRecord]

    init?(_ evidence: Evidence) {
        guard let settings = evidence.planned.scenarioSettings else { return nil }
        planned = evidence.planned
        self.settings = settings
        let byProcess = Dictionary(grouping: evidence.samples, by: \.process)
        processes = evidence.completed.map { record in
            (record, QueryLatencies(samples: byProcess[record.process] ?? [], traffic: record.traffic))
        }
        confirmations = evidence.confirming
    }

    /// The scenario's figure first, then the percentiles that every process has queries enough for.
    func values() -> [MetricValues] {
        guard !processes.isEmpty else { return [] }
        if planned.scenario == .offline {
            return [throughput(processes.compactMap(\.record.traffic).map(Self.samplesPerSecond))]
        }
        var found: [MetricValues] = []
        if planned.searchesRate {
            let rates = processes.compactMap { $0.record.foundRate(settings) }
            guard !rates.isEmpty else { return [] }
            found.append(throughput(rates))
        }
        let percentiles = [settings.percentile] + Order.latencyPercentiles.filter { $0 != settings.percentile }
        for percentile in planned.searchesRate ? Order.latencyPercentiles : percentiles {
            let values = processes.compactMap { $0.latencies.supported(percentile) }
            guard values.count == processes.count else { continue }
            found.append(latency(Order.name(percentile: percentile), values))
        }
        guard planned.scenario != .server else { return found }
        let estimates = processes.compactMap { $0.latencies.earlyStoppingEstimate(settings.percentile) }
        if estimates.count == processes.count {
            found.append(latency(Order.name(percentile: settings.percentile) + ".earlyStopping", estimates))
        }
        return found
    }

    private static func samplesPerSecond(_ traffic: Traffic) -> Double {
        Double(traffic.queries * traffic.samplesPerQuery) / traffic.seconds
    }

    private func throughput(_ values: [Double]) -> MetricValues {
        MetricValues(name: "throughput", unit: .samplesPerSecond, better: .higher, values: values)
    }

    private func latency(_ name: String, _ values: [Double]) -> MetricValues {
        MetricValues(name: "latency." + name, unit: .seconds, better: .lower, values: values)
    }

    var distribution: LatencyDistribution? {
        guard planned.scenario != .offline, let fewest = processes.map(\.latencies.count).min(), fewest > 0 else {
            return nil
        }
        let overs = processes.compactMap(\.record.traffic?.overLatency)
        return LatencyDistribution(
            queries: processes.reduce(0) { $0 + $1.latencies.count }, fewestQueries: fewest,
            samplesPerQuery: settings.samplesPerQuery,
            minimum: processes.compactMap(\.latencies.minimum).min() ?? 0,
            maximum: processes.compactMap(\.latencies.maximum).max() ?? 0,
            histogram: LatencyHistogram.sum(processes.map(\.latencies.histogram)), earlyStopping: earlyStopping,
            bound: settings.latencyBound, overLatency: overs.isEmpty ? nil : overs.reduce(0, +))
    }

    private var earlyStopping: EarlyStopping {
        let isServer = planned.scenario == .server
        let met = processes.count { record, latencies in
            guard isServer else {
                return LoadGen.estimateRank(count: latencies.count, percentile: settings.percentile) != nil
            }
            let allowed = LoadGen.overAllowed(count: latencies.count, percentile: settings.percentile)
            return allowed.map { record.traffic?.overLatency ?? 0 <= $0 } ?? false
        }
        return EarlyStopping(
            percentile: settings.percentile, met: met, processes: processes.count,
            needed: LoadGen.needed(over: isServer ? 0 : 1, percentile: settings.percentile) ?? 1)
    }

    var rateSearch: RateSearch? {
        guard planned.searchesRate, let bound = settings.latencyBound else { return nil }
        let rate = confirmations.compactMap(\.traffic?.rate).first
        return RateSearch(
            bound: bound, percentile: settings.percentile, processes: processes.count,
            probes: processes.reduce(0) { $0 + ($1.record.traffic?.probes.count ?? 0) }, confirmedRate: rate,
            confirmed: confirmations.count { $0.traffic?.refusal(settings) == nil }, confirmations: confirmations.count)
    }

    /// Why its number, if it has one, may not be relied on as it stands; `nil` where nothing of its scenario speaks against it.
    func refusal() -> (Status, String)? {
        guard !processes.isEmpty else { return nil }
        if planned.scenario == .server, !planned.searchesRate {
            let refused = processes.compactMap { $0.record.traffic?.refusal(settings) }
            if 2 * refused.count >= processes.count, let reason = refused.first {
                return (
                    .failed, "the rate was not valid in \(refused.count) of \(processes.count) processes: \(reason)"
                )
            }
        }
        if planned.searchesRate, let reason = searchRefusal { return (.unconverged, reason) }
        let cut = processes.count { $0.record.traffic?.end != .complete }
        if cut > 0 {
            return (.unconverged, "the traffic of \(cut) of \(processes.count) processes ended before it was complete")
        }
        let short = processes.count { ($0.record.traffic?.seconds ?? 0) < settings.minimumDuration }
        if short > 0 {
            return (.unconverged, "\(short) of \(processes.count) processes stopped before the minimum duration")
        }
        guard planned.scenario != .offline, earlyStopping.met < processes.count else { return nil }
        let least = processes.map(\.latencies.count).min() ?? 0
        return (
            .unconverged,
            "early stopping is met in \(earlyStopping.met) of \(processes.count) processes; it needs \(earlyStopping.needed) "
                + "queries, the fewest are \(least)"
        )
    }

    private var searchRefusal: String? {
        let found = processes.count { $0.record.foundRate(settings) != nil }
        if found < processes.count {
            return
                "\(processes.count - found) of \(processes.count) processes found no rate that held for the full duration"
        }
        guard let search = rateSearch else { return nil }
        if search.confirmations < RateRules.confirmations {
            return
                "the rate was confirmed in \(search.confirmed) fresh processes; \(RateRules.confirmations) are needed"
        }
        // As elsewhere the median of the processes decides.
        return 2 * search.confirmed > search.confirmations
            ? nil
            : "the rate that was found was valid in \(search.confirmed) of \(search.confirmations) fresh processes"
    }
}
