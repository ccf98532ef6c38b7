import Foundation
import Model
import Synchronization
import SystemFiles
import TestSupport
import Testing

@testable import Power

/// A machine whose counters a thread moves on, and which remembers what it wrote when.
private final class Writer: Sendable {
    let tree: TemporaryDirectory
    let files: SystemFiles
    private let truth = Mutex<[(t: Double, joules: Double)]>([])
    private let isDone = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)

    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// - Parameter fault: what happens to the counter after half a second.
    init(watts: Double, range: Double, period: Double = 0.001, fault: Fault = .none) throws {
        tree = try TemporaryDirectory()
        files = SystemFiles(root: tree.path)
        let zone = tree.path + "/sys/class/powercap/intel-rapl:0"
        try FileManager.default.createDirectory(atPath: zone, withIntermediateDirectories: true)
        try "package-0\n".write(toFile: zone + "/name", atomically: true, encoding: .utf8)
        try "\(Int(range * 1e6))\n".write(toFile: zone + "/max_energy_range_uj", atomically: true, encoding: .utf8)
        try "\(Int(watts * 1.2e6))\n".write(
            toFile: zone + "/constraint_0_power_limit_uw", atomically: true, encoding: .utf8)
        let path = zone + "/energy_uj"
        let start = Self.now()
        put(path, 1, range)
        Thread.detachNewThread { [self] in
            while !isDone.load(ordering: .relaxed) {
                let t = Self.now()
                let isFaulty = t - start > 0.5
                switch fault {
                case .none, .unfed: put(path, fault == .unfed ? 0 : 1 + watts * (t - start), range)
                case .stuck: if !isFaulty { put(path, 1 + watts * (t - start), range) }
                case .backwards: put(path, 1000 + (isFaulty ? -900 : 0) + watts * (t - start), range)
                case .vanishing: if isFaulty { unlink(path) } else { put(path, 1 + watts * (t - start), range) }
                }
                truth.withLock { $0.append((t, watts * (t - start))) }
                usleep(UInt32(period * 1e6))
            }
            hasEnded.store(true, ordering: .releasing)
        }
    }

    enum Fault: Sendable, CaseIterable { case none, unfed, stuck, backwards, vanishing }

    private func put(_ path: String, _ joules: Double, _ range: Double) {
        let count = UInt64(joules.truncatingRemainder(dividingBy: range) * 1e6)
        // Whole at any moment, as in sysfs.
        let text = "\(count)\n"
        let descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
        rename(path + ".new", path)
    }

    func end() {
        isDone.store(true, ordering: .relaxed)
        while !hasEnded.load(ordering: .acquiring) { usleep(500) }
    }

    /// What had been written by `t`.
    func joules(at t: Double) -> Double {
        truth.withLock { $0.last { $0.t <= t }?.joules ?? 0 }
    }
}

/// Samples until `isEnough` says so, at least `seconds`; the readings and the report.
private func sample(_ writer: Writer, seconds: Double, until isEnough: (Double) -> Bool = { _ in true }) -> (
    readings: [PowerReading], report: PowerReport
) {
    let origin = Writer.now()
    let watch = PowerWatch(PowerSources.open(writer.files), now: { Writer.now() - origin })
    watch.start(learningFor: 0.3)
    watch.mark()
    repeat { usleep(20_000) } while Writer.now() - origin < seconds || !isEnough(Writer.now())
    watch.stop()
    let readings = watch.collect([]).map { PowerReading(t: $0.t + origin, source: $0.source, joules: $0.joules) }
    return (readings, watch.report())
}

@Suite(.serialized) struct WriterTests {
    /// Against the writer's own truth: neither the speed of the machine nor its load decides.
    @Test(arguments: [(50.0, 262_143.0), (200, 262_143), (50, 60)])
    func energyIsWhatWasWritten(_ watts: Double, _ range: Double) throws {
        let writer = try Writer(watts: watts, range: range)
        // Two wraps of the small range, however long that takes.
        let wanted = range < 1000 ? 2.2 * range : 0
        let (readings, report) = sample(writer, seconds: 1.5) { writer.joules(at: $0) > wanted }
        writer.end()
        let meter = try #require(report.meters.first)
        #expect(meter.problems == [])
        if range < 1000 { #expect(meter.wraps >= 2) }
        let first = try #require(readings.first)
        let last = try #require(readings.last)
        let joules = last.joules - first.joules
        let truth = writer.joules(at: last.t) - writer.joules(at: first.t)
        // A reading may be one step of the writer behind; its steps are as long as the thread was kept waiting.
        #expect(abs(joules - truth) <= max(0.01 * truth, 2 * watts * max(meter.period, 0.02)))
        #expect((report.cost?.share ?? 1) < 0.5)
    }

    @Test(arguments: [
        (Writer.Fault.stuck, "stood still"), (.backwards, "went backwards"), (.vanishing, "has vanished"),
    ])
    fileprivate func aFaultIsReportedAndCountsNothing(_ fault: Writer.Fault, _ words: String) throws {
        let writer = try Writer(watts: 50, range: 262_143, fault: fault)
        let watch = PowerWatch(PowerSources.open(writer.files), now: Writer.now)
        watch.start(learningFor: 0.1)
        let end = Writer.now() + 30
        while watch.report().meters.first?.problems.isEmpty != false, Writer.now() < end { usleep(20_000) }
        watch.stop()
        writer.end()
        #expect(watch.report().meters.first?.problems.first?.contains(words) == true)
    }

    @Test func aCounterThatNothingFeedsIsNotOpened() throws {
        let writer = try Writer(watts: 50, range: 262_143, fault: .unfed)
        usleep(20_000)
        #expect(PowerSources.open(writer.files).isEmpty)
        let survey = PowerSources.survey(writer.files).first
        #expect(survey?.finding == "the counter reads 0: nothing feeds it")
        writer.end()
    }

    /// A mark reads at once, between two polls, and a slow source keeps nobody waiting.
    @Test func marksAreReadings() throws {
        let writer = try Writer(watts: 50, range: 262_143)
        let watch = PowerWatch(PowerSources.open(writer.files), now: Writer.now)
        watch.start(learningFor: 0.05)
        _ = watch.collect([])
        let edge = Writer.now()
        watch.mark()
        let after = Writer.now()
        let readings = watch.collect([TimedWindow(start: edge, end: after)])
        #expect(readings.contains { $0.t >= edge && $0.t <= after })
        watch.stop()
        writer.end()
    }
}
