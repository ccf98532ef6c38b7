import Model
import Testing

@testable import Power

private func counter(range: Double? = 262_143, rated: Double? = 240) -> Meter {
    Meter(
        id: "rapl.x", source: "powercap RAPL", name: "package-0", boundary: .package, kind: .counter, resolution: 1e-6,
        statedPeriod: 0.001, gainError: 0.05, gainErrorOrigin: "assumed", range: range, ratedPower: rated,
        pollPeriod: 0.05)
}

/// What a counter of `range` joules shows that has counted `joules`.
private func shown(_ joules: Double, range: Double) -> RawPower {
    .count(UInt64(joules.truncatingRemainder(dividingBy: range) * 1e6))
}

@Suite struct MeterTraceTests {
    /// At constant power, across wraps, read at uneven times: the joules are the writer's.
    @Test(arguments: [(50.0, 262_143.0, 60.0), (200, 262_143, 60), (200, 400, 5), (50, 120, 6)])
    func energyIsTheWriters(_ watts: Double, _ range: Double, _ seconds: Double) {
        var trace = MeterTrace(counter(range: range))
        let start = 13.7
        var t = 0.0
        var step = 0
        while t < seconds {
            trace.take(shown(start + watts * t, range: range), at: t)
            step += 1
            t += 0.02 + 0.03 * Double(step * 7 % 11) / 11
        }
        let last = trace.pending.last
        #expect(trace.report().problems == [])
        #expect(abs((last?.joules ?? 0) - watts * (last?.t ?? 0)) < 1e-3)
        #expect(trace.report().wraps == Int((start + watts * (last?.t ?? 0)) / range))
    }

    /// A wrap between two readings that are too far apart can have been several: that is said, and nothing is counted.
    @Test func aWrapThatCouldHaveBeenMissedIsReported() {
        var trace = MeterTrace(counter(range: 100))
        trace.take(shown(50, range: 100), at: 0)
        trace.take(shown(60, range: 100), at: 0.2)
        trace.take(shown(70, range: 100), at: 2)
        #expect(trace.report().problems == ["at 0.2 s: was not read for 1.8 s: it may have begun again unseen"])
        #expect(trace.pending.last?.joules == 10)
    }

    @Test func zeroAtTheStartIsNoEnergy() {
        var trace = MeterTrace(counter())
        for step in 0..<100 { trace.take(.count(0), at: Double(step)) }
        #expect(trace.report().problems == ["the counter reads 0: nothing feeds it"])
        #expect(trace.pending.isEmpty)
    }

    @Test func standingStillIsNoEnergy() {
        var trace = MeterTrace(counter())
        for step in 0..<10 { trace.take(.count(UInt64(1000 + step * 1_000_000)), at: Double(step) * 0.05) }
        for step in 10..<100 { trace.take(.count(9_001_000), at: Double(step) * 0.05) }
        #expect(trace.report().problems.first?.contains("stood still for 2.0") == true)
        var short = MeterTrace(counter())
        for step in 0..<5 { short.take(.count(77), at: Double(step) * 0.05) }
        #expect(short.report().problems == ["the counter did not advance while it was read"])
    }

    @Test func goingBackwardsIsNoWrap() {
        for range in [262_143.0, nil] {
            var trace = MeterTrace(counter(range: range))
            trace.take(.count(5_000_000_000), at: 0)
            trace.take(.count(5_002_000_000), at: 0.05)
            trace.take(.count(3_000_000_000), at: 0.1)
            trace.take(.count(3_002_000_000), at: 0.15)
            #expect(trace.report().problems == ["at 0.05 s: the counter went backwards, from 5002000000 to 3000000000"])
            #expect(trace.pending.count == 2)
        }
    }

    @Test func aJumpIsNoLoad() {
        var trace = MeterTrace(counter())
        trace.take(.count(1_000_000), at: 0)
        trace.take(.count(9_000_000_000), at: 0.05)
        #expect(trace.report().problems.first?.contains("jumped by 8999.0 J in 0.05 s") == true)
    }

    @Test func vanishingIsReportedOnce() {
        var trace = MeterTrace(counter())
        trace.take(.count(1_000_000), at: 0)
        trace.take(.count(2_000_000), at: 0.05)
        trace.fail(PowerFault("energy_uj has vanished"), at: 0.1)
        trace.fail(PowerFault("energy_uj has vanished"), at: 0.15)
        trace.take(.count(3_000_000), at: 0.2)
        #expect(trace.report().problems == ["at 0.1 s: energy_uj has vanished"])
        #expect(trace.pending.count == 2)
    }

    @Test(arguments: [0.0, -4, .nan, .infinity])
    func whatIsNoPowerIsNotIntegrated(_ watts: Double) {
        let sensor = Meter(
            id: "s", source: "hwmon", name: "s", boundary: .node, kind: .power, resolution: 1, statedPeriod: 0.1,
            gainError: 0.05, gainErrorOrigin: "assumed", pollPeriod: 0.02)
        var trace = MeterTrace(sensor)
        trace.take(.watts(100), at: 0)
        trace.take(.watts(100), at: 1)
        trace.take(.watts(watts), at: 2)
        #expect(trace.report().problems.count == 1)
        #expect(trace.pending.last?.joules == 100)
    }

    @Test func powerIsIntegrated() {
        var meter = counter(range: nil)
        meter.kind = .power
        var trace = MeterTrace(meter, sitting: 2)
        for (t, watts) in [(0.0, 100.0), (1, 200), (3, 200)] { trace.take(.watts(watts), at: t) }
        #expect(trace.pending.map(\.joules) == [0, 150, 550])
        #expect(trace.pending.allSatisfy { $0.sitting == 2 && $0.watts != nil })
    }

    /// A counter that steps every 100 ms, read every 10 ms: 100 ms it is. Read more slowly than it steps, nothing is claimed.
    @Test func theUpdatePeriodIsThatOfTheSteps() {
        var trace = MeterTrace(counter())
        var slow = MeterTrace(counter())
        for step in 0..<200 {
            let t = Double(step) * 0.01
            let count = RawPower.count(UInt64(1_000_000 + 5_000_000 * (step / 10)))
            trace.take(count, at: t)
            if step % 15 == 0 { slow.take(count, at: t) }
        }
        let period = trace.report().updatePeriod ?? 0
        #expect(abs(period - 0.1) < 1e-9)
        #expect(trace.report().changes == 18 || trace.report().changes == 19)
        #expect(slow.report().updatePeriod == nil)
    }

    /// A sensor of whole watts that is renewed every second under a steady load: its reading stays the same for a while, which
    /// says nothing of how often it is renewed.
    @Test(arguments: [1, 3, 12])
    func aPowerThatStaysTheSameIsNoSlowSensor(_ updatesBetweenChanges: Int) {
        let sensor = Meter(
            id: "s", source: "IPMI", name: "s", boundary: .node, kind: .power, resolution: 1, statedPeriod: 0.5,
            gainError: 0.05, gainErrorOrigin: "assumed", pollPeriod: 0.1)
        var trace = MeterTrace(sensor)
        // Now and then two updates in a row differ.
        func watts(_ update: Int) -> Double {
            130 + Double(update / updatesBetweenChanges % 2) + (update % 40 == 7 ? 5 : 0)
        }
        for step in 0..<6000 { trace.take(.watts(watts(step / 10)), at: Double(step) * 0.1) }
        #expect(abs(trace.report().period - 1) < 1e-6, "\(trace.report().period)")
    }

    /// Too few changes tell nothing: what is stated holds, however long the reading stayed the same.
    @Test func aPowerThatHardlyEverChangesHasItsStatedPeriod() {
        var meter = counter(range: nil)
        (meter.kind, meter.statedPeriod) = (.power, 0.25)
        var trace = MeterTrace(meter)
        for step in 0..<900 { trace.take(.watts(step < 300 ? 130 : step < 500 ? 131 : 132), at: Double(step) * 0.1) }
        #expect(trace.report().updatePeriod == nil && trace.report().period == 0.25)
    }

    /// Read as closely as can be and different each time: the period is no longer than the readings are apart.
    @Test func aPeriodTooShortToSeeIsBounded() {
        var trace = MeterTrace(counter())
        for step in 0..<40 { trace.take(.count(UInt64(1000 + step)), at: Double(step) * 0.0005, isClose: true) }
        #expect(abs((trace.report().updatePeriod ?? 0) - 0.0005) < 1e-9)
    }

    @Test func readingsAroundWindowsAreKept() {
        let readings = (0..<1000).map { PowerReading(t: Double($0) * 0.01, source: "x", joules: Double($0)) }
        let window = TimedWindow(start: 3.333, end: 6.666)
        let kept = Thinning.thinned(readings, around: [window])
        #expect(kept.count < 70)
        for t in [3.33, 3.34, 6.66, 6.67, 0, 9.99] { #expect(kept.contains { abs($0.t - t) < 1e-9 }) }
        #expect(Thinning.thinned([], around: [window]).isEmpty)
    }
}
