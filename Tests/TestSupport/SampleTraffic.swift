import Model
import Statistics

/// Scenario cases made by hand, whose latencies are known.
public enum SampleTraffic {
    public static func settings(_ scenario: Scenario) -> ScenarioSettings {
        switch scenario {
        case .offline: ScenarioSettings(percentile: 0.99, minimumDuration: 1, minimumQueries: 1)
        case .singleStream: ScenarioSettings(percentile: 0.9, minimumDuration: 1, minimumQueries: 64)
        case .multiStream:
            ScenarioSettings(percentile: 0.99, samplesPerQuery: 8, minimumDuration: 1, minimumQueries: 662)
        case .server:
            ScenarioSettings(
                latencyBound: 0.015, percentile: 0.99, minimumDuration: 1, minimumQueries: 662, searchSeconds: 10)
        }
    }

    public static func plannedCase(_ scenario: Scenario) -> Case {
        var planned = SampleRun.matmul
        planned.id = Digest.identity(of: "matmul \(scenario.rawValue)")
        planned.workload = "matmul 64³ \(scenario.rawValue) f32"
        planned.scenario = scenario
        planned.scenarioSettings = settings(scenario)
        return planned
    }

    /// `count` latencies in nanoseconds: a body around `typical`, and one in fifty three times as long.
    public static func latencies(_ count: Int, typical: Double, process: Int) -> [Int64] {
        (0..<count).map { index in
            let wave = Double((index * 37 + process * 11) % 100) / 100
            return Int64(typical * (1 + 0.2 * wave) * (index % 50 == 49 ? 3 : 1))
        }
    }

    public static func samples(_ planned: Case, process: Int, nanoseconds: [Int64]) -> [Sample] {
        let iterations = planned.scenarioSettings?.samplesPerQuery ?? 1
        return nanoseconds.enumerated().map {
            Sample(
                case: planned.id, process: process, index: $0, seconds: Double($1) * 1e-9, iterations: iterations)
        }
    }

    /// A completed process that issued these queries.
    public static func record(
        _ planned: Case, process: Int, order: Int, queries: Int, role: Traffic.Role = .measure, rate: Double? = nil,
        overLatency: Int? = nil, probes: [RateProbe] = []
    ) -> ProcessRecord {
        var record = SampleRun.record(
            planned, process: process, order: order,
            work: Work(flops: 524_288, bytes: 49_152, lookups: 0, footprint: 49_152))
        record.outcome = .completed(.traffic)
        record.samples = queries
        record.traffic = Traffic(
            role: role, end: .complete, queries: queries, scheduled: rate == nil ? nil : queries,
            samplesPerQuery: planned.scenarioSettings?.samplesPerQuery ?? 1, seconds: 1.25, rate: rate,
            scheduleSeed: rate == nil ? nil : UInt32(7 + process), overLatency: overLatency, probes: probes)
        return record
    }
}
