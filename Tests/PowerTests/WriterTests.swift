import Foundation
import Judge
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Power

/// Samples until `isEnough` says so, at least `seconds`; the readings and the report.
private func sample(_ writer: RAPLWriter, seconds: Double, until isEnough: (Double) -> Bool = { _ in true }) -> (
    readings: [PowerReading], report: PowerReport
) {
    let origin = RAPLWriter.now()
    let watch = PowerWatch(PowerSources.open(SystemFiles(root: writer.path)), now: { RAPLWriter.now() - origin })
    watch.start(learningFor: 0.3)
    watch.mark()
    repeat { usleep(20_000) } while RAPLWriter.now() - origin < seconds || !isEnough(RAPLWriter.now())
    watch.stop()
    let readings = watch.collect([]).map { PowerReading(t: $0.t + origin, source: $0.source, joules: $0.joules) }
    return (readings, watch.report())
}

@Suite(.serialized) struct WriterTests {
    /// Against the writer's own truth: neither the speed of the machine nor its load decides.
    @Test(arguments: [(50.0, 262_143.0), (200, 262_143), (50, 60)])
    func energyIsWhatWasWritten(_ watts: Double, _ range: Double) throws {
        let writer = try RAPLWriter(watts: watts, range: range)
        // Two wraps of the small range, however long that takes; and until one per cent is more than two of the writer's own
        // steps, which are as long as its thread was kept waiting.
        let wanted = range < 1000 ? 2.2 * range : 0
        let (readings, report) = sample(writer, seconds: 1.5) {
            writer.joules(at: $0) > max(wanted, 100 * 2 * watts * max(writer.longestStep, 0.01))
        }
        writer.end()
        let meter = try #require(report.meters.first)
        #expect(meter.problems == [])
        if range < 1000 { #expect(meter.wraps >= 2) }
        let first = try #require(readings.first)
        let last = try #require(readings.last)
        let joules = last.joules - first.joules
        let truth = writer.joules(at: last.t) - writer.joules(at: first.t)
        #expect(abs(joules - truth) <= 0.01 * truth)
        // And what the sheet would say of the same stretch contains the truth.
        var record = SampleRun.record(
            SampleRun.matmul, process: 0, order: 0, work: Work(flops: 1, bytes: 1, lookups: 0, footprint: 1))
        record.windows = [TimedWindow(start: first.t, end: last.t)]
        let measured = Summary.measurements(
            plan: Plan(suite: "s", seed: 1, cases: [SampleRun.matmul], rules: SampleRun.rules, skipped: []),
            records: [record], samples: SampleRun.samples(SampleRun.matmul, process: 0, seconds: 1), processingUnits: 2,
            cut: nil, power: PowerEvidence(report, readings))
        let energy = try #require(measured.first?.energy, "\(measured.first?.energyUnavailable ?? "")")
        #expect(abs(energy.joules - truth) <= min(energy.uncertainty, 0.01 * truth))
        #expect((report.cost?.share ?? 1) < 0.5)
    }

    @Test(arguments: [
        (RAPLWriter.Fault.stuck, "stood still"), (.backwards, "went backwards"), (.vanishing, "has vanished"),
    ])
    func aFaultIsReportedAndCountsNothing(_ fault: RAPLWriter.Fault, _ words: String) throws {
        let writer = try RAPLWriter(watts: 50, range: 262_143, fault: fault)
        let watch = PowerWatch(PowerSources.open(SystemFiles(root: writer.path)), now: RAPLWriter.now)
        watch.start(learningFor: 0.1)
        writer.breakDown()
        let end = RAPLWriter.now() + 30
        while watch.report().meters.first?.problems.isEmpty != false, RAPLWriter.now() < end { usleep(20_000) }
        watch.stop()
        writer.end()
        #expect(watch.report().meters.first?.problems.first?.contains(words) == true)
    }

    @Test func aCounterThatNothingFeedsIsNotOpened() throws {
        let writer = try RAPLWriter(watts: 50, range: 262_143, fault: .unfed)
        usleep(20_000)
        #expect(PowerSources.open(SystemFiles(root: writer.path)).isEmpty)
        let survey = PowerSources.survey(SystemFiles(root: writer.path)).first
        #expect(survey?.finding == "the counter reads 0: nothing feeds it")
        writer.end()
    }

    /// A mark reads at once, between two polls, and a slow source keeps nobody waiting.
    @Test func marksAreReadings() throws {
        let writer = try RAPLWriter(watts: 50, range: 262_143)
        let watch = PowerWatch(PowerSources.open(SystemFiles(root: writer.path)), now: RAPLWriter.now)
        watch.start(learningFor: 0.05)
        _ = watch.collect([])
        let edge = RAPLWriter.now()
        watch.mark()
        let after = RAPLWriter.now()
        let readings = watch.collect([TimedWindow(start: edge, end: after)])
        #expect(readings.contains { $0.t >= edge && $0.t <= after })
        watch.stop()
        writer.end()
    }
}
