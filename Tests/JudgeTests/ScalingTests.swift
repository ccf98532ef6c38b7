import Judge
import Model
import Statistics
import TestSupport
import Testing

/// Cases with the seconds of each of their processes; every iteration is ten units of work.
private func measure(_ all: [(planned: Case, seconds: [Double])]) -> [Measurement] {
    var records: [ProcessRecord] = []
    var samples: [Sample] = []
    let work = Work(flops: 10, bytes: 10, lookups: 10, footprint: 0)
    for (planned, seconds) in all {
        for (process, value) in seconds.enumerated() {
            records.append(SampleRun.record(planned, process: process, order: records.count, work: work))
            samples += SampleRun.samples(planned, process: process, seconds: value)
        }
    }
    let plan = Plan(suite: "s", seed: 1, cases: all.map(\.planned), rules: SampleRun.rules, skipped: [])
    return Summary.measurements(plan: plan, records: records, samples: samples, processingUnits: 4, cut: nil)
}

private func planned(_ threads: Int, policy: Placement.Policy = .firstCores, memory: Placement.MemoryPolicy = .local)
    -> Case
{
    var planned = SampleRun.plannedCase(
        "matmul f32", .matmul, .matmul(MatmulShape(m: 8, n: 8, k: 8)), type: .f32, threads: threads)
    planned.placement.policy = policy
    planned.placement.memory = memory
    planned.id = Digest.identity(of: "\(threads) \(policy) \(memory.rawValue)")
    return planned
}

private func around(_ seconds: Double) -> [Double] { (0..<6).map { seconds * (1 + 0.001 * Double($0)) } }

@Suite struct ScalingTests {
    @Test func efficiencyIsSpeedUpOverThreadsWithItsInterval() throws {
        let found = measure([(planned(1), around(8)), (planned(2), around(4.4)), (planned(4), around(2.5))])
        #expect(found[0].scaling == nil)
        let two = try #require(found[1].scaling)
        #expect(two.baseline == found[0].case.id)
        #expect(abs(two.speedUp - 8 / 4.4) < 1e-9 && abs(two.efficiency - 4 / 4.4) < 1e-9)
        let interval = try #require(two.efficiencyInterval)
        #expect(interval.level == 0.95 && interval.lower < two.efficiency && interval.upper > two.efficiency)
        #expect(interval.lower > 0.98 * two.efficiency && interval.upper < 1.02 * two.efficiency)
        #expect(abs(try #require(found[2].scaling).efficiency - 0.8) < 1e-3)
    }

    @Test func compactAndSpreadShareTheirOneThread() throws {
        let found = measure([
            (planned(1), around(8)), (planned(2), around(4)), (planned(2, policy: .spreadCores), around(5)),
        ])
        #expect(found[1].scaling?.baseline == found[0].case.id && found[2].scaling?.baseline == found[0].case.id)
        #expect(try #require(found[2].scaling).speedUp < found[1].scaling?.speedUp ?? 0)
    }

    @Test func anotherMemoryPolicyIsAnotherCurve() {
        let found = measure([(planned(1), around(8)), (planned(2, memory: .interleave), around(4))])
        #expect(found[1].scaling == nil)
    }

    @Test func tooFewProcessesGiveNoInterval() throws {
        let found = measure([(planned(1), [8, 8.1]), (planned(2), [4, 4.1])])
        let scaling = try #require(found[1].scaling)
        #expect(scaling.speedUpInterval == nil && scaling.efficiencyInterval == nil)
    }

    @Test func latencyDoesNotScale() {
        func chase(_ threads: Int) -> Case {
            var planned = SampleRun.plannedCase(
                "latency", .pointerChase, .pointerChase(BufferShape(bytes: 1 << 20)), type: .f32, threads: threads)
            planned.id = Digest.identity(of: "chase \(threads)")
            return planned
        }
        let found = measure([(chase(1), around(1)), (chase(2), around(1))])
        #expect(found[1].scaling == nil)
    }
}
