import Foundation
import Judge
import Model
import TestSupport
import Testing

/// A/A: the floor follows from pairs of repetitions.
@Suite struct NoiseTests {
    private let work = Work(flops: 1e9, bytes: 1e6, lookups: 0, footprint: 1 << 20)

    private func plan(pairs: Int, processes: Int = 3) -> Plan {
        var plan = SampleRun.plan()
        plan.cases = [SampleRun.matmul]
        plan.rules.processes = processes
        plan.rules.becomeNoise(pairs: pairs)
        return plan
    }

    /// One process a value: its median in seconds.
    private func run(_ seconds: [Double]) -> (records: [ProcessRecord], samples: [Sample]) {
        let records = seconds.indices.map {
            SampleRun.record(SampleRun.matmul, process: $0, order: $0, work: work)
        }
        let samples = seconds.enumerated().flatMap {
            SampleRun.samples(SampleRun.matmul, process: $0.offset, seconds: $0.element)
        }
        return (records, samples)
    }

    @Test func theLargestRatioOfThePairsIsTheFloor() throws {
        // First pair: 1.00 against 1.02; second: 1.00 against 1.05. Processes of a pair alternate.
        let (records, samples) = run([1, 1.02, 1, 1.02, 1, 1.02, 1, 1.05, 1, 1.05, 1, 1.05])
        let floor = try #require(NoiseRule.floor(plan: plan(pairs: 2), records: records, samples: samples))
        #expect(abs(floor.value - log(1.05)) < 1e-12)
        #expect(floor.pairs == 2 && floor.processes == 3)
        #expect(floor.metrics.map(\.metric) == ["throughput"])
        #expect(floor.metrics[0].repetitions == 4)
        #expect(floor.metrics[0].deviation ?? 0 > 0)
    }

    @Test func aPairThatIsNotWholeSaysNothing() throws {
        let (records, samples) = run([1, 1.02, 1, 1.02, 1, 1.02, 1, 9, 1, 9, 1])
        let floor = try #require(NoiseRule.floor(plan: plan(pairs: 2), records: records, samples: samples))
        #expect(floor.pairs == 1)
        #expect(abs(floor.value - log(1.02)) < 1e-12)
        #expect(NoiseRule.floor(plan: plan(pairs: 2), records: Array(records.prefix(5)), samples: samples) == nil)
        #expect(NoiseRule.floor(plan: SampleRun.plan(), records: records, samples: samples) == nil)
    }

    @Test func aReplacementTakesThePartOfTheProcessItReplaces() throws {
        var (records, samples) = run([1, 1.02, 7, 1.02, 1, 1.02, 1])
        records[6].replaces = 2
        records[2].excluded = Exclusion(causes: [Disturbance(.otherLoad, 0.5, beyond: 0.05)], replacedBy: 6)
        let floor = try #require(NoiseRule.floor(plan: plan(pairs: 1), records: records, samples: samples))
        #expect(abs(floor.value - log(1.02)) < 1e-12)
    }
}
