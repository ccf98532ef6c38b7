import Foundation
import Model
import TestSupport
import Testing

@Suite struct DisturbanceTests {
    private func record(_ process: Int, load: Double = 0, replaces: Int? = nil) -> ProcessRecord {
        var record = SampleRun.record(
            SampleRun.matmul, process: process, order: process,
            work: Work(flops: 1, bytes: 1, lookups: 0, footprint: 1))
        record.interference = Interference(otherLoad: load)
        record.replaces = replaces
        return record
    }

    @Test func aDisturbedProcessGivesWayToItsQuietReplacement() {
        let records = [record(0), record(1, load: 0.5), record(2, load: 0.5, replaces: 1), record(3, replaces: 1)]
        let found = Exclusions.applied(to: records, processingUnits: 2)
        #expect(found.map { $0.excluded != nil } == [false, true, true, false])
        #expect(found[1].excluded?.replacedBy == 3)
        #expect(found[1].excluded?.causes.map(\.kind) == [.otherLoad])
        #expect(found[1].excluded?.causes.first?.value == 0.5)
        #expect(found[2].excluded?.replacedBy == nil)
        #expect(Exclusions.wanting(records, processingUnits: 2).isEmpty)
        // Applied to its own result it changes nothing.
        #expect(Exclusions.applied(to: found, processingUnits: 2) == found)
    }

    @Test func whatWasNotReplacedCounts() {
        let records = [record(0), record(1, load: 0.5), record(2, load: 0.5, replaces: 1)]
        let found = Exclusions.applied(to: records, processingUnits: 2)
        #expect(found.map { $0.excluded != nil } == [false, false, true])
        #expect(Exclusions.wanting(records, processingUnits: 2).map(\.process) == [1])
    }

    @Test func anInterruptedReplacementReplacesNothing() {
        var cut = record(2, replaces: 1)
        cut.outcome = .interrupted
        let found = Exclusions.applied(to: [record(0), record(1, load: 0.5), cut], processingUnits: 2)
        #expect(found.allSatisfy { $0.excluded == nil })
    }

    @Test func canariesAreHeldAgainstTheRunsOwnMedian() {
        var records = (0..<6).map { record($0) }
        for index in records.indices {
            records[index].canaries = [
                CanaryPair(name: "ALU", before: 0.002, after: index == 3 ? 0.0022 : 0.002001),
                CanaryPair(name: "latency", before: 0.003, after: index == 3 ? 0.0033 : 0.003),
            ]
        }
        let canaries = CanaryMedians(records)
        let causes = records.map { Disturbance.all(of: $0, processingUnits: 2, canaries: canaries) }
        #expect(causes.map { $0.map(\.detail) } == [[], [], [], ["ALU"], [], []])
        // Too few to know what is usual.
        #expect(Disturbance.all(of: records[3], processingUnits: 2, canaries: CanaryMedians(records[2...4])) == [])
    }

    @Test(arguments: Disturbance.Kind.allCases) func everyKindIsFoundAndNamed(kind: Disturbance.Kind) {
        var record = record(0)
        record.sampling = 0.4
        var seen = Interference()
        seen.readings = 4
        switch kind {
        case .steal: seen.steal = 0.2
        case .otherLoad: seen.otherLoad = 0.2
        case .throttling: seen.throttledPeriods = 1
        case .involuntarySwitches: seen.involuntarySwitches = 100
        case .waiting: seen.waiting = 0.2
        case .migrations: seen.migrations = 100
        case .pressure: seen.cpuPressure = 0.5
        case .majorFaults: seen.majorFaults = 10
        case .frequency: (seen.lowestFrequency, seen.highestFrequency) = (2e9, 3e9)
        case .thermal: seen.thermalThrottles = 1
        case .acceleratorSlowdown: seen.acceleratorSlowdowns = ["idle", "hardware slowdown"]
        case .setting: seen.changedSettings = ["governor"]
        case .canary: record.canaries = [CanaryPair(name: "ALU", before: 0.002, after: 0.01)]
        }
        record.interference = seen
        let usual = (0..<4).map { index in
            var record = self.record(index)
            record.canaries = [CanaryPair(name: "ALU", before: 0.002, after: 0.002)]
            return record
        }
        let found = Disturbance.all(of: record, processingUnits: 2, canaries: CanaryMedians(usual))
        #expect(found.map(\.kind) == [kind])
        #expect(found.allSatisfy { $0.value > $0.bound })
    }
}

extension DisturbanceTests {
    /// What was lost counts, not how often: switches decide where the kernel does not tell how long a thread waited.
    @Test(arguments: [(nil, true), (0.004, false), (0.06, true)] as [(Double?, Bool)])
    func switchesThatCostNothingAreNone(waiting: Double?, isDisturbed: Bool) {
        var record = record(0)
        (record.sampling, record.boundTo) = (0.02, [0, 1])
        var seen = Interference()
        (seen.readings, seen.involuntarySwitches, seen.waiting) = (2, 6, waiting)
        record.interference = seen
        #expect(
            Disturbance.all(of: record, processingUnits: 2).map(\.kind) == (isDisturbed ? [.involuntarySwitches] : []))
    }
}

@Suite struct NoiseFloorTests {
    @Test func anOlderFloorStillReads() throws {
        let old = try JSON.decode(NoiseFloor.self, from: Data(#"{"value": 0.012, "pairs": 59}"#.utf8))
        #expect(old == NoiseFloor(value: 0.012, pairs: 59))
        #expect(old.value(case: "a", metric: "throughput") == 0.012)
    }

    @Test func eachMetricHasItsOwn() throws {
        let floor = NoiseFloor(
            value: 0.03, pairs: 5,
            metrics: [NoiseFloor.MetricFloor(case: "a", metric: "throughput", value: 0.01, pairs: 6)], processes: 6)
        #expect(floor.value(case: "a", metric: "throughput") == 0.01)
        #expect(floor.value(case: "b", metric: "throughput") == 0.03)
        #expect(try JSON.decode(NoiseFloor.self, from: try JSON.line(floor)) == floor)
    }

    @Test func fiftyNinePairsBoundNineteenOfTwenty() {
        #expect(NoiseFloor.boundedShare(pairs: 59) >= 0.95)
        #expect(NoiseFloor.boundedShare(pairs: 58) < 0.95)
        #expect(NoiseFloor.boundedShare(pairs: 0) == 0)
    }
}
