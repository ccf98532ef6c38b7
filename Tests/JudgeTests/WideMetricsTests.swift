import Model
import Statistics
import TestSupport
import Testing

@testable import Judge

@Suite struct WideMetricsTests {
    private static func metric(_ name: String, half: Double) -> Metric {
        Metric(
            name: name, symbol: "s", better: .lower, value: 1,
            interval: Interval(lower: 1 - half, upper: 1 + half, level: 0.95), count: 6)
    }

    private static func measured(_ metrics: [Metric], _ status: Status = .valid) -> [String] {
        let measurement = Measurement(
            case: SampleRun.matmul, status: status, reason: nil, processes: 6, stopped: "", metrics: metrics)
        var rules = SampleRun.rules
        rules.runTarget = 0.05
        return WideMetrics.named(measurement, rules).warnings
    }

    @Test func otherMetricsThanTheFirstAreNamedWhereTheyAreWide() {
        let first = Self.metric("latency.p90", half: 0.04)
        #expect(Self.measured([first, Self.metric("latency.p50", half: 0.045)]).isEmpty)
        #expect(
            Self.measured([first, Self.metric("latency.p99", half: 0.192), Self.metric("latency.p97", half: 0.08)])
                == ["run-to-run half-width above the target of 5.0 %: latency.p99 19.2 %, latency.p97 8.0 %"])
    }

    /// There the status says it of all.
    @Test func whatIsNotValidIsLabelledAlready() {
        let all = [Self.metric("latency.p90", half: 0.2), Self.metric("latency.p99", half: 0.2)]
        #expect(Self.measured(all, .unconverged).isEmpty)
        #expect(Self.measured([all[0]]).isEmpty)
    }
}
