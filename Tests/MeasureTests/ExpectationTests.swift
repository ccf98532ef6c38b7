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
}
