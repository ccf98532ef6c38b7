import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Measure

/// A clock whose every reading takes what a script says; then a millisecond.
private final class ScriptedClock: TimeSource {
    private let steps: [UInt64]
    private let onReading: (Int) -> Void
    private var readings = 0
    private var nanoseconds: UInt64 = 1_000_000

    init(_ steps: [UInt64] = [], onReading: @escaping (Int) -> Void = { _ in }) {
        self.steps = steps
        self.onReading = onReading
    }

    func now() -> UInt64 {
        nanoseconds += readings < steps.count ? steps[readings] : 1_000_000
        onReading(readings)
        readings += 1
        return nanoseconds
    }
}

private func look(
    _ clock: some TimeSource, seconds: Double = 0.001, cost: Double = 2e-8,
    files: SystemFiles = SystemFiles(root: "/nowhere")
) -> QuietLook<some TimeSource> {
    QuietLook(
        clock: clock, report: ClockReport(name: "fake", resolution: 1e-9, readCost: cost), files: files,
        rules: .init(seconds: seconds, repetitions: 5, repetitionSeconds: 0.001))
}

struct QuietTests {
    /// One reading begins the look; then 20 ns each, with gaps of 6 µs, 4.9 µs (too short) and 80 µs between.
    @Test func gapsAreFound() {
        let clock = ScriptedClock([0, 20, 6000, 20, 4900, 20, 80_000, 20, 1_000_000])
        let gaps = look(clock, seconds: 0.0001).gaps()
        #expect(gaps.count == 3)
        #expect(gaps.threshold == 5e-6)
        #expect(abs(gaps.largest - 1e-3) < 1e-12)
        #expect(abs(gaps.total - (6e-6 + 80e-6 + 1e-3)) < 1e-12)
    }

    @Test func aLookWithoutGapsFindsNone() {
        let gaps = look(ScriptedClock([UInt64](repeating: 50, count: 3000)), seconds: 0.0001).gaps()
        #expect(gaps.count == 0 && gaps.largest == 0 && gaps.total == 0)
    }

    /// Twenty readings of a clock that takes a microsecond.
    @Test func aSlowClockIsNoInterruption() {
        let gaps = look(ScriptedClock([UInt64](repeating: 9000, count: 30)), seconds: 0.0002, cost: 1e-6).gaps()
        #expect(abs(gaps.threshold - 2e-5) < 1e-12)
        #expect(gaps.count == 0)
    }

    @Test func theSpreadOfACanaryIsRobust() {
        let steady = QuietLook<MonotonicRawClock>.summary("ALU", [1, 1, 1, 1, 3])
        #expect(steady.median == 1 && steady.spread == 0 && steady.range == 2 && steady.repetitions == 5)
        let unsteady = QuietLook<MonotonicRawClock>.summary("ALU", [1, 1.1, 1.2, 0.9, 0.8])
        #expect(abs(unsteady.spread - 0.14826) < 1e-9)
        #expect(abs(unsteady.range - 0.4) < 1e-9)
        #expect(QuietLook<MonotonicRawClock>.summary("none", []).spread == 0)
    }

    /// 100 µs an iteration: ten make a repetition of a millisecond, after one to warm up and one to size it.
    @Test func aCanaryIsRepeatedLongEnough() {
        let clock = FakeClock()
        let runnable = NullRunnable(clock) { $0 == 0 ? 5_000_000 : 100_000 }
        let reading = look(clock).repeated(Canary(name: "ALU", runnable: runnable))
        #expect(reading.repetitions == 5)
        #expect(runnable.done == 1 + 1 + 5 * 10)
        #expect(abs(reading.median - 0.001) < 1e-9)
        #expect(reading.spread < 1e-6)
    }

    /// One process that is twice as slow moves the spread of six no more than one repetition would; half of them do.
    @Test func processesAreHeldAgainstEachOther() {
        let rules = QuietLook<MonotonicRawClock>.Rules.thorough
        let one = QuietLook<MonotonicRawClock>.runToRun("ALU", [1, 1, 1, 1, 1, 2].map { $0 * 1e-6 }, rules: rules)
        #expect(one.processes == 6 && one.repetitions == 6)
        #expect(one.spread == 0 && abs(one.range - 1) < 1e-9)
        #expect(abs(one.median - rules.repetitionSeconds) < 1e-9)
        let half = QuietLook<MonotonicRawClock>.runToRun("ALU", [1, 1, 1, 1.2, 1.2, 1.2], rules: rules)
        #expect(half.isUnsteady)
    }

    /// Processes find other numbers of iterations long enough, so what is compared is one of them.
    @Test func aCanaryIsToldByTheIteration() {
        let clock = FakeClock()
        let runnable = NullRunnable(clock) { $0 == 0 ? 5_000_000 : 100_000 }
        #expect(abs(look(clock).secondsPerIteration(Canary(name: "ALU", runnable: runnable)) - 1e-4) < 1e-12)
    }

    @Test func whatTheMachineCountedMeanwhileIsReadFromItsFiles() throws {
        let directory = try TemporaryDirectory()
        func write(_ path: String, _ text: String) {
            let url = URL(fileURLWithPath: directory.path + path)
            let folder = url.deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: url)
        }
        func counters(busy: Int, idle: Int, steal: Int, timer: Int, throttled: Int) {
            write(
                "/proc/stat",
                "cpu  \(2 * busy) 0 0 \(2 * idle) 0 0 0 \(steal)\ncpu0 0 0 0 1 0 0 0 0\n"
                    + "cpu1 \(busy) 0 0 \(idle) 0 0 0 \(steal)\n")
            write("/proc/interrupts", "     CPU0 CPU1\nLOC: 5 \(timer) Local timer interrupts\nRES: 1 \(timer) x\n")
            write("/sys/fs/cgroup/cpu.stat", "nr_periods 9\nnr_throttled \(throttled)\n")
        }
        write("/proc/self/cgroup", "0::/\n")
        write("/proc/loadavg", "0.25 0.10 0.05 3/100 1234\n")
        counters(busy: 100, idle: 100, steal: 0, timer: 1000, throttled: 4)
        // Half a second goes by at the second reading, and with it the counters change.
        let clock = ScriptedClock([0, 0, 500_000_000]) { reading in
            if reading == 2 { counters(busy: 160, idle: 120, steal: 20, timer: 1125, throttled: 6) }
        }
        let reading = look(clock, seconds: 0.0001, files: SystemFiles(root: directory.path)).reading(
            on: 1, canaries: [])
        let seconds = reading.seconds
        #expect(seconds > 0.5 && seconds < 0.51)
        #expect(reading.timerInterrupts.value == 125 / seconds)
        #expect(reading.interrupts.value == 250 / seconds)
        #expect(reading.steal == .known(0.2))
        #expect(reading.stealOfAll.value.map { abs($0 - 0.2 / 1.8) < 1e-9 } == true)
        // 1.2 s of 1.8 s, less what this process took itself.
        let load = try #require(reading.otherLoad.value)
        #expect(load > 0 && load <= 1.2 / 1.8)
        #expect(reading.runnable == .known(2))
        #expect(reading.loadAverage == .known(0.25))
        #expect(reading.throttledPeriods == .known(2))
        #expect(reading.gaps.count == 1 && reading.gaps.largest == 0.5)
        #expect(reading.canaries.isEmpty)
    }

    @Test func whatIsNotThereSaysWhy() {
        let reading = look(ScriptedClock()).reading(on: 0, canaries: [])
        #expect(reading.steal.reason == "/proc/stat: No such file or directory")
        #expect(reading.timerInterrupts.reason == "/proc/interrupts: No such file or directory")
        #expect(reading.loadAverage.reason != nil && reading.runnable.reason != nil)
        #expect(reading.throttledPeriods.reason?.contains("no control group") == true)
        let unbound = look(ScriptedClock()).reading(on: nil, canaries: [])
        #expect(unbound.processingUnit == nil)
        #expect(unbound.timerInterrupts.reason == "the thread could not be bound")
    }

    @Test func countersThatStandStillOrGoBackGiveNoShare() {
        func counters(_ busy: Double, _ timer: UInt64) -> ProcessorCounters {
            var counters = ProcessorCounters(SystemFiles(root: "/nowhere"), unit: 0)
            counters.all = Reported(ProcessorTimes(line: "cpu \(Int(busy)) 0 0 0 0 0 0 0", label: "cpu"), else: "")
            counters.interrupts = Reported(
                InterruptCounts(text: "CPU0\nLOC: \(timer) x\n", processingUnit: 0), else: "")
            return counters
        }
        let still = CounterInterval(before: counters(5, 9), after: counters(5, 3), seconds: 1)
        #expect(still.share(\.all) { $1.busy - $0.busy }.reason?.contains("no time went by") == true)
        #expect(still.interrupts(\.timer).reason?.contains("backwards") == true)
    }
}
