import Measure
import Model
import TestSupport
import Testing

@Suite struct ExpectationTests {
    private func plan(_ cases: [Case], limit: Double? = nil) -> Plan {
        var rules = SampleRun.rules
        (rules.processes, rules.processSeconds, rules.timeLimit) = (10, 2, limit)
        return Plan(suite: "s", seed: 1, cases: cases, rules: rules, skipped: [])
    }

    private let table = SampleRun.plannedCase(
        "table", .embedding, .embedding(EmbeddingShape(rows: 4_000_000, dimension: 128, bag: 20, batch: 2048)))
    private let peak = SampleRun.plannedCase("peak", .peakCompute, .peak(PeakShape()))

    @Test func fillingATableTakesItsTime() {
        // 2 GB filled before each of ten processes, on one thread.
        let difference = plan([table]).expectation.most - plan([peak]).expectation.most
        #expect(difference > 9 && difference < 13, "\(difference)")
    }

    @Test func likelyIsBelowMostAndATimeLimitBoundsBoth() {
        let free = plan([table, peak]).expectation
        #expect(free.likely < free.most && free.most > 2 * 2 * 10)
        #expect(plan([table, peak], limit: 5).expectation == (5, 5))
    }

    /// More processes than the suite's number, and as many again as may be run anew, are part of what a run may take.
    @Test func whatMayBeGrantedIsCountedIn() {
        var open = plan([peak])
        let usual = open.expectation
        (open.rules.maximumProcesses, open.rules.rerunShare) = (20, 0.5)
        #expect(abs(open.expectation.most / usual.most - 3) < 1e-9)
        // Twelve processes are what ten come to: their exact interval wastes less.
        #expect(abs(open.expectation.likely / usual.likely - 1.2) < 1e-9)
        let (likely, most) = open.expectation(resting: 7)
        #expect(abs(likely - open.expectation.likely - 7) < 1e-9 && abs(most - open.expectation.most - 7) < 1e-9)
    }

    /// Traffic may take twice its time, and a search all of its own.
    @Test func trafficThatDoesNotGetOnIsCountedIn() {
        let stream = plan([SampleTraffic.plannedCase(.singleStream)]).expectation
        #expect(stream.most - stream.likely >= 9.9 && stream.most >= 20)
        let server = plan([SampleTraffic.plannedCase(.server)]).expectation
        // Ten that search for ten seconds, and three that confirm.
        #expect(server.most >= 13 * 12 && server.likely >= 13 * 11)
    }
}
