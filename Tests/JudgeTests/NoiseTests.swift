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

    /// The largest of few may be small by luck; the deviation of all repetitions is not so easily.
    @Test func aLuckyLargestIsNoFloor() {
        #expect(
            abs(NoiseRule.bound(largest: 0.001, deviation: 0.01, pairs: 59) - 2.203 * 2.0.squareRoot() * 0.01) < 1e-5)
        #expect(NoiseRule.bound(largest: 0.04, deviation: 0.01, pairs: 59) == 0.04)
        // One pair: two values, and both figures say the same.
        #expect(abs(NoiseRule.bound(largest: 0.02, deviation: 0.02 / 2.0.squareRoot(), pairs: 1) - 0.02) < 1e-9)
        #expect(NoiseRule.bound(largest: 0.02, deviation: 0, pairs: 0) == 0.02)
    }

    @Test func whatWasSeenIsKeptBesideTheFloor() throws {
        // Pairs agree within themselves, and differ from each other: repetitions differ by more than any pair shows.
        let (records, samples) = run([1, 1.001, 1, 1.001, 1, 1.001, 1.2, 1.201, 1.2, 1.201, 1.2, 1.201])
        let floor = try #require(
            NoiseRule.floor(plan: plan(pairs: 2), records: records, samples: samples)?.metrics.first)
        #expect(abs((floor.largest ?? 0) - log(1.001)) < 1e-9)
        #expect(floor.value > 0.1)
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

    /// A server case whose processes found these rates, then as many that confirm one.
    private func server(_ rates: [Double], pairs: Int, confirming: Int) -> (
        plan: Plan, records: [ProcessRecord], samples: [Sample]
    ) {
        let planned = SampleTraffic.plannedCase(.server)
        var plan = plan(pairs: pairs, processes: rates.count / (2 * pairs))
        plan.cases = [planned]
        let all = rates.map { (Traffic.Role.search, $0) } + Array(repeating: (.confirm, 500), count: confirming)
        let records = all.enumerated().map { process, found in
            SampleTraffic.record(
                planned, process: process, order: process, queries: 800, role: found.0, rate: found.1, overLatency: 0)
        }
        // The same latencies everywhere: their floors are 0, and what a median latency would make of a rate is too.
        let latencies = SampleTraffic.latencies(800, typical: 1e6, process: 0)
        return (
            plan, records,
            records.flatMap { SampleTraffic.samples(planned, process: $0.process, nanoseconds: latencies) }
        )
    }

    @Test func theFloorOfARateIsThatOfTheRatesThatWereFound() throws {
        let run = server([600, 660, 600, 660, 600, 660], pairs: 1, confirming: 3)
        let floor = try #require(NoiseRule.floor(plan: run.plan, records: run.records, samples: run.samples))
        let published = try #require(
            Summary.measurements(
                plan: run.plan, records: run.records, samples: run.samples, processingUnits: 2, cut: nil
            ).first)
        #expect(floor.metrics.map(\.metric) == published.metrics.map(\.name))
        #expect(abs(floor.metrics[0].value - log(1.1)) < 1e-12)
        #expect(floor.metrics.dropFirst().allSatisfy { $0.metric.hasPrefix("latency.") && $0.value == 0 })
    }

    @Test func processesThatConfirmARateAreNoRepetition() throws {
        let run = server([600, 630, 600, 630], pairs: 2, confirming: 3)
        let floor = try #require(NoiseRule.floor(plan: run.plan, records: run.records, samples: run.samples))
        #expect(floor.pairs == 2)
        #expect(abs(floor.value - log(1.05)) < 1e-12)
    }

    @Test func energyHasAFloorToo() throws {
        var (records, samples) = run([1, 1, 1, 1, 1, 1])
        var readings = [PowerReading(t: 0, source: "p", joules: 0)]
        var joules = 0.0
        for index in records.indices {
            let start = 10 + 100 * Double(index)
            records[index].windows = [TimedWindow(start: start, end: start + 40)]
            readings.append(PowerReading(t: start, source: "p", joules: joules))
            joules += index % 2 == 0 ? 4000 : 4400
            readings.append(PowerReading(t: start + 40, source: "p", joules: joules))
        }
        let meter = Meter(
            id: "p", source: "powercap RAPL", name: "package-0", boundary: .package, kind: .counter, resolution: 1e-6,
            statedPeriod: 0.001, gainError: 0.05, gainErrorOrigin: "assumed", pollPeriod: 0.05)
        let power = PowerEvidence(PowerReport(meters: [meter]), readings)
        let plan = plan(pairs: 1)
        let measurements = Summary.measurements(
            plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil, power: power)
        let floor = try #require(
            NoiseRule.floor(
                plan: plan, records: records, samples: samples, measurements: measurements, power: power))
        #expect(floor.metrics.map(\.metric) == ["throughput", "energyPerWork", "throughputPerWatt"])
        #expect(floor.metrics[0].value < 1e-12)
        #expect(floor.metrics.dropFirst().allSatisfy { abs($0.value - log(1.1)) < 1e-9 })
    }
}
