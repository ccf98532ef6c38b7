import Measure
import Model
import Synchronization
import SystemFiles
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct InterferenceWatchTests {
    @Test func theThreadLooksAndTellsWhatItCost() throws {
        let moved = Mutex<[[Int]]>([])
        let watch = InterferenceWatch(watch: EnvironmentWatch(files: SystemFiles())) { units in
            moved.withLock { $0.append(units) }
        }
        watch.attend([1])
        watch.begin(at: 100)
        var seen: [EnvironmentReading] = []
        for _ in 0..<400 where seen.count < 3 {
            usleep(50_000)
            seen += watch.take()
        }
        let report = watch.end()
        #expect(seen.count >= 3)
        #expect(seen.allSatisfy { $0.t >= 100 && $0.busy != nil })
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.t < $1.t })
        #expect(report.polls >= seen.count)
        #expect(report.cpuSeconds > 0 && report.duration > 0)
        #expect(report.period >= 0.1)
        // It moved aside once, and not again for the same units.
        #expect(moved.withLock { $0 } == [[1]])
        // Ending it twice is harmless.
        _ = watch.end()
    }

    @Test func aWatchThatNeverBeganEnds() {
        let watch = InterferenceWatch(watch: EnvironmentWatch(files: SystemFiles()))
        #expect(watch.end().polls == 0)
    }

    @Test func whatCannotBeWatchedIsNamed() throws {
        let report = WatchReport([
            WatchReport(period: 0.1, polls: 5, cpuSeconds: 0.01, duration: 10, betweenSeconds: 1),
            WatchReport(period: 0.3, polls: 7, cpuSeconds: 0.02, duration: 20),
        ])
        #expect(report?.polls == 12 && report?.period == 0.3 && report?.betweenSeconds == 1)
        #expect(abs((report?.share ?? 0) - 0.001) < 1e-12)
        let absent = EnvironmentWatch(files: SystemFiles(root: "/nonexistent")).absences
        #expect(absent.map(\.subject).contains("thermal throttling"))
        #expect(absent.allSatisfy { !$0.reason.isEmpty })
    }

    @Test func acceleratorsAreAskedWhereThereAreAny() {
        let watch = EnvironmentWatch(files: SystemFiles(root: "/nonexistent")) { ["hardware slowdown"] }
        #expect(watch.read(at: 0).acceleratorSlowdowns == ["hardware slowdown"])
        #expect(watch.read(at: 0, withSlow: false).acceleratorSlowdowns == nil)
        #expect(!watch.absences.map(\.subject).contains("accelerator slowdowns"))
    }
}

@Suite struct BracketTests {
    @Test func eachCanaryRunsAFewTimesAndTellsTheMedian() {
        let clock = FakeClock()
        let runnable = NullRunnable(clock) { _ in 100_000 }
        var units: [Int?] = []
        let bracket = Bracket(clock: clock, canaries: [Canary(name: "ALU", runnable: runnable)]) { unit, body in
            units.append(unit)
            return body(unit)
        }
        let times = bracket.readings(on: 3)
        #expect(times == [CanaryTime(name: "ALU", processingUnit: 3, seconds: 0.002)])
        #expect(units == [3])
        // Twenty iterations are two milliseconds; three repetitions, an eighth to warm up, two to find the number.
        #expect(runnable.done == 2 + 2 + 60)
        #expect(bracket.readings(on: nil).first?.processingUnit == nil)
    }
}
