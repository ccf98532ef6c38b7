import Model
import TestSupport
import Testing

@Suite struct TrafficTests {
    @Test(arguments: Scenario.allCases)
    func casesAndRecordsReadBack(scenario: Scenario) throws {
        let planned = SampleTraffic.plannedCase(scenario)
        #expect(try JSON.decode(Case.self, from: try JSON.line(planned)) == planned)
        var record = SampleTraffic.record(planned, process: 1, order: 2, queries: 40, role: .search, rate: 12.5)
        record.traffic?.probes = [
            RateProbe(
                rate: 20, queries: 7, scheduled: 30, overLatency: 3, seconds: 1, latency: 0.5, end: .hopeless,
                valid: false, reason: "too slow")
        ]
        record.traffic?.histogram = LatencyHistogram(digits: 3, nanoseconds: [10, 20], counts: [39, 1])
        #expect(try JSON.decode(ProcessRecord.self, from: try JSON.line(record)) == record)
        #expect(throws: Never.self) { try record.checkBounds() }
    }

    @Test func hostileHistogramsAreRefused() {
        let planned = SampleTraffic.plannedCase(.singleStream)
        for histogram in [
            LatencyHistogram(digits: 3, nanoseconds: [1, 2], counts: [1]),
            LatencyHistogram(digits: 3, nanoseconds: [2, 1], counts: [1, 1]),
            LatencyHistogram(digits: 3, nanoseconds: [-1], counts: [1]),
            LatencyHistogram(digits: 3, nanoseconds: [1], counts: [.max]),
            LatencyHistogram(digits: 99, nanoseconds: [1], counts: [1]),
        ] {
            var record = SampleTraffic.record(planned, process: 0, order: 0, queries: 1)
            record.traffic?.histogram = histogram
            #expect(throws: BoundsProblem.self) { try record.checkBounds() }
        }
    }
}
