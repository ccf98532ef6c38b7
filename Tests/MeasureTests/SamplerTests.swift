import Measure
import Model
import Testing

/// A clock that moves only when a workload moves it.
final class FakeClock: TimeSource {
    var nanoseconds: UInt64 = 1_000_000
    /// What each reading itself takes.
    var readCost: UInt64 = 0

    func now() -> UInt64 {
        nanoseconds += readCost
        return nanoseconds
    }

    func wait(until moment: UInt64) { nanoseconds = max(nanoseconds, moment) }
}

/// A workload that computes nothing and takes as long as it is told.
final class NullRunnable: Runnable {
    let clock: FakeClock
    /// Nanoseconds of one iteration, by how many iterations came before.
    let cost: (Int) -> UInt64
    var done = 0
    var failure: String?
    var pages: PageUse?
    var checkResult = Check(error: 0, bound: 1, compared: 1, coverage: "nothing")
    let work = Work(flops: 1, bytes: 1, lookups: 1, footprint: 0)
    let implementation = Implementation(library: "Assay", version: "0", path: nil, reported: "null")

    init(_ clock: FakeClock, cost: @escaping (Int) -> UInt64) {
        self.clock = clock
        self.cost = cost
    }

    func check() -> Check { checkResult }

    func run(iterations: Int) {
        for _ in 0..<iterations {
            clock.nanoseconds += cost(done)
            done += 1
        }
    }
}

func rules(
    seconds: Double = 1, target: Double = 0.01, minimum: Int = 10, maximum: Int = 640, sample: Double = 0.001
) -> Rules {
    Rules(
        processes: 6, processSeconds: seconds, sampleTarget: target, runTarget: 0.05, minimumSamples: minimum,
        maximumSamples: maximum, sampleSeconds: sample, hangSeconds: 30, timeLimit: nil)
}

private func sample(_ rules: Rules, readCost: Double = 0, cost: @escaping (Int) -> UInt64) -> (Sampling, [Timing]) {
    let clock = FakeClock()
    var timings: [Timing] = []
    let sampling = Sampler(clock: clock, rules: rules, readCost: readCost)
        .sample(NullRunnable(clock, cost: cost)) { timings += $0 }
    return (sampling, timings)
}

@Suite struct SamplerTests {
    @Test func aSteadyWorkloadConvergesAtTheFirstLook() {
        let (sampling, timings) = sample(rules()) { _ in 2_000_000 }
        #expect(sampling.stop == .converged)
        #expect(sampling.samples == 10)
        #expect(sampling.warmup == 0)
        #expect(timings.count == 10)
        #expect(timings.allSatisfy { $0.iterations == 1 && $0.seconds == 0.002 })
    }

    @Test func batchesAreLongEnough() {
        let (_, timings) = sample(rules(sample: 0.001)) { _ in 100 }
        #expect(timings.allSatisfy { $0.seconds >= 0.001 && $0.seconds < 0.0025 })
    }

    /// 0.1 % of the batch: half a reading at either end.
    @Test func theClockStaysUnderAThousandth() {
        let (_, timings) = sample(rules(sample: 1e-9), readCost: 50e-9) { _ in 100 }
        #expect(timings.allSatisfy { 50e-9 / $0.seconds <= 0.001 })
    }

    @Test func looksDoubleUntilTheTargetIsMet() {
        // ±5 % noise from a fixed pattern; 99 % intervals narrow with n.
        let pattern: [UInt64] = [1_900_000, 2_100_000, 2_000_000, 2_050_000, 1_950_000, 2_080_000, 1_920_000]
        let (sampling, timings) = sample(rules(target: 0.02)) { pattern[$0 * $0 % 7] }
        #expect(sampling.stop == .converged)
        #expect([10, 20, 40, 80, 160, 320, 640].contains(timings.count))
    }

    @Test func theTimeCapEndsWhatDoesNotConverge() {
        var state: UInt64 = 1
        let (sampling, timings) = sample(rules(seconds: 0.1, target: 0.0001)) { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return 1_000_000 + state >> 44
        }
        #expect(sampling.stop == .timeCap)
        let total = timings.reduce(0) { $0 + $1.seconds }
        #expect(total >= 0.1 && total < 0.11)
    }

    @Test func theSampleCapEndsToo() {
        var state: UInt64 = 1
        let (sampling, timings) = sample(rules(seconds: 100, target: 1e-6, maximum: 40)) { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return 1_000_000 + state >> 44
        }
        #expect(sampling.stop == .sampleCap)
        #expect(timings.count == 40)
    }

    @Test func evenASlowIterationGivesASample() {
        let (sampling, timings) = sample(rules(seconds: 0.01)) { _ in 5_000_000_000 }
        #expect(sampling.stop == .timeCap)
        #expect(timings.count == 1)
    }

    @Test func warmUpEndsWhereTheLevelChanges() {
        // Two calls size the batch; then six slow samples before the steady level.
        let (sampling, timings) = sample(rules(minimum: 20)) {
            $0 < 8 ? 3_000_000 : 2_000_000 + UInt64(($0 + 1) % 3) * 1000
        }
        #expect(sampling.warmup == 6)
        #expect(sampling.stop == .converged)
        #expect(timings.count == 20)
        #expect(sampling.notes.isEmpty)
    }

    @Test func aLateShiftIsNoWarmUpButIsNoted() {
        // 22 samples of 2 ms, then about 12 of 1.5 ms until the time is over.
        let (sampling, _) = sample(rules(seconds: 0.062, target: 1e-6)) {
            ($0 < 24 ? 2_000_000 : 1_500_000) + UInt64(($0 + 1) % 5) * 1000
        }
        #expect(sampling.stop == .timeCap)
        #expect(sampling.warmup == 0)
        #expect(sampling.notes == ["the level shifted after sample 22"])
    }

    @Test func dependenceIsSeen() {
        let (sampling, _) = sample(rules(seconds: 0.2, target: 1e-6)) { 1_000_000 + UInt64($0 % 40) * 5_000 }
        #expect(sampling.seriallyDependent)
    }
}
