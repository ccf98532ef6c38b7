import Model
import TestSupport
import Testing

@testable import Measure

@Suite struct RateFinderTests {
    /// Whatever the true limit: the search ends within 2 % under it, in a bounded number of steps.
    @Test(arguments: [0.03, 0.1, 0.35, 0.699, 0.7, 0.9, 1.0, 1.3, 2.9])
    func everyLimitIsFound(share: Double) throws {
        var finder = RateFinder(capacity: 1000)
        var steps = 0
        while let rate = finder.next, steps < 100 {
            finder.take(rate, isValid: rate <= 1000 * share)
            steps += 1
        }
        let found = try #require(finder.valid)
        #expect(found <= 1000 * share && found * RateFinder.resolution >= 1000 * share)
        #expect(steps <= 16)
    }

    @Test func nothingIsTriedWithoutACapacity() {
        #expect(RateFinder(capacity: 0).next == nil)
        #expect(RateFinder(capacity: .infinity).next == nil)
        #expect(RateFinder(capacity: .nan).next == nil)
    }

    @Test func contradictionsEndToo() {
        var finder = RateFinder(capacity: 1000)
        finder.take(700, isValid: true)
        finder.take(600, isValid: false)
        #expect(finder.valid == nil && finder.next == 300)
        finder.take(800, isValid: true)
        #expect(finder.valid == nil)
    }
}

@Suite struct TrafficBudgetTests {
    private func plan(limit: Double?) -> Plan {
        var plan = SampleRun.plan()
        plan.cases.append(SampleTraffic.plannedCase(.singleStream))
        plan.cases.append(SampleTraffic.plannedCase(.server))
        plan.rules.timeLimit = limit
        return plan
    }

    /// A time limit shortens batches; traffic, which must be whole, only where batches would get next to nothing.
    @Test func trafficKeepsItsTimeAsLongAsItCan() {
        let stream = SampleTraffic.plannedCase(.singleStream)
        // 6 × 1 s and 6 × 11 s of traffic, 3 × 11 s to confirm, 18 × 0.25 s of batches; overheads of 0.2 s.
        for (limit, isWhole) in [(nil, true), (116.0, true), (60.0, false)] {
            let ledger = Ledger(plan: plan(limit: limit), processingUnits: 2, state: RunState())
            let budget = ledger.budget(stream, elapsed: 0)
            #expect(budget.fits && (budget.seconds == 1) == isWhole, "\(limit ?? 0)")
            let batches = ledger.budget(SampleRun.matmul, elapsed: 0).seconds
            #expect(batches <= 0.25 && batches >= 0.05 && (batches < 0.25) == (limit != nil))
        }
    }
}
