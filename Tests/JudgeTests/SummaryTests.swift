import Judge
import Model
import Statistics
import TestSupport
import Testing

private let matmulWork = Work(flops: 1e9, bytes: 1e8, lookups: 0, footprint: 0)
private let peakWork = Work(flops: 1e6, bytes: 0, lookups: 0, footprint: 0)
private let triadWork = Work(flops: 0, bytes: 3e6, lookups: 0, footprint: 0)

/// A run of six processes a case: matmul at 0.1 s, peak at 5e-5 s (20 GFLOP/s), triad at 1e-3 s (3 GB/s), each process
/// a little slower than the one before.
private func run(_ change: (inout [ProcessRecord]) -> Void = { _ in }, factor: Double = 1) -> (
    [ProcessRecord], [Sample]
) {
    var records: [ProcessRecord] = []
    var samples: [Sample] = []
    let parts = [
        (SampleRun.matmul, matmulWork, 0.1), (SampleRun.peak, peakWork, 5e-5), (SampleRun.triad, triadWork, 1e-3),
    ]
    for process in 0..<6 {
        for (planned, work, seconds) in parts {
            records.append(SampleRun.record(planned, process: process, order: records.count, work: work))
            let own = planned.kernel == .matmul ? factor : 1
            samples += SampleRun.samples(
                planned, process: process, seconds: seconds * (1 + own * Double(process) * 1e-3))
        }
    }
    change(&records)
    return (records, samples)
}

private func measure(_ run: ([ProcessRecord], [Sample]), cut: String? = nil, plan: Plan = SampleRun.plan())
    -> [Measurement]
{
    Summary.measurements(plan: plan, records: run.0, samples: run.1, processingUnits: 2, cut: cut)
}

@Suite struct SummaryTests {
    @Test func valuesAreMediansOfProcessMedians() throws {
        let matmul = measure(run())[0]
        #expect(matmul.status == .valid)
        #expect(matmul.reason == nil)
        let metric = try #require(matmul.metrics.first)
        // Processes take 0.1·(1 + p/1000) s for 1 GFLOP; the median of six rates lies between the third and the fourth.
        let rates = (0..<6).map { 1e9 / (0.1 * (1 + Double($0) * 1e-3)) }
        #expect(abs(metric.value / ((rates[2] + rates[3]) / 2) - 1) < 1e-9)
        let interval = try #require(metric.interval)
        #expect(abs(interval.lower / rates[5] - 1) < 1e-9)
        #expect(abs(interval.upper / rates[0] - 1) < 1e-9)
        #expect(metric.count == 6)
        #expect(metric.better == .higher)
    }

    @Test func integersAreCountedInOperations() throws {
        var plan = SampleRun.plan()
        plan.cases[0].dataType = .int8
        #expect(try #require(measure(run(), plan: plan)[0].metrics.first).unit == "OP/s")
        #expect(try #require(measure(run())[0].metrics.first).unit == "FLOP/s")
    }

    @Test func reordersAreMediansAndNoMetric() throws {
        let cost = run { records in
            for i in records.indices where records[i].case == SampleRun.matmul.id {
                let seconds = 1e-3 * Double(1 + records[i].process)
                records[i].reorder = ReorderCost(source: seconds, weights: records[i].process == 2 ? 5e-3 : nil)
            }
        }
        let matmul = measure(cost)[0]
        #expect(matmul.reorder == ReorderCost(source: 3.5e-3, weights: 5e-3, destination: nil))
        #expect(matmul.metrics.count == 1)
        #expect(measure(cost)[1].reorder == nil)
    }

    @Test func warmUpIsLeftOut() throws {
        let cold = run { records in for i in records.indices { records[i].warmup = 5 } }
        // The last five of ten symmetric samples lie above the middle: the median moves by 2.5 steps of 1e-4.
        let value = try #require(measure(cold)[0].metrics.first).value
        let all = try #require(measure(run())[0].metrics.first).value
        #expect(abs(value / all * (1 + 2.5e-4) - 1) < 1e-6)
    }

    @Test func theLowerCeilingBinds() throws {
        let measurements = measure(run())
        // Intensity 10 FLOP/B × 3 GB/s = 30 GFLOP/s is above the peak of 20 GFLOP/s: the peak binds.
        let share = try #require(measurements[0].share)
        #expect(measurements[0].operationalIntensity == 10)
        #expect(share.of == SampleRun.peak.workload)
        #expect(abs(share.value - 0.5) < 0.01)
        #expect(measurements[1].share == nil)
        #expect(measurements[2].share == nil)
    }

    @Test func withoutAPeakThereIsNoShareOfIt() {
        let failing = run { records in
            for i in records.indices where records[i].case == SampleRun.peak.id {
                records[i].outcome = .failed("signal 4")
            }
        }
        let measurements = measure(failing)
        #expect(measurements[1].status == .failed)
        #expect(measurements[0].share == nil)
    }

    @Test func anUnsoundCeilingIsSaid() throws {
        let noisy = run { records in
            for i in records.indices where records[i].case == SampleRun.peak.id {
                records[i].interference = Interference(
                    steal: 0.2, otherLoad: 0, throttledPeriods: 0, involuntarySwitches: 0, majorFaults: 0)
            }
        }
        let matmul = measure(noisy)[0]
        #expect(matmul.share != nil)
        #expect(matmul.warnings == ["its ceiling (\(SampleRun.peak.workload)) is itself noisy"])
    }

    @Test func aFewDisturbedProcessesAreAWarning() {
        let quietEnough = run { records in
            records[0].interference = Interference(
                steal: 0.2, otherLoad: 0, throttledPeriods: 0, involuntarySwitches: 0, majorFaults: 0)
        }
        let matmul = measure(quietEnough)[0]
        #expect(matmul.status == .valid)
        #expect(matmul.warnings == ["1 of 6 processes disturbed, too few to call the case noisy"])
    }

    @Test func aShareAboveOneIsFlagged() throws {
        var (records, samples) = run()
        for i in samples.indices where samples[i].case == SampleRun.matmul.id { samples[i].seconds /= 4 }
        records = records.map { $0 }
        let matmul = measure((records, samples))[0]
        #expect(try #require(matmul.share).value > 1)
        #expect(matmul.warnings.contains { $0.contains("ceiling") })
    }

    @Test func oneFailedProcessFailsTheCaseAndItsTimeIsNotPublished() {
        let failing = run { $0[3].outcome = .failed("signal 11 (SIGSEGV)") }
        let matmul = measure(failing)[0]
        #expect(matmul.status == .failed)
        #expect(matmul.reason == "signal 11 (SIGSEGV) (process 1)")
        #expect(matmul.metrics.isEmpty)
        #expect(matmul.share == nil)
    }

    @Test func skippedSaysWhy() {
        var plan = SampleRun.plan()
        plan.skipped = [
            SkippedCase(planned: SampleRun.plannedCase("x", .peakCompute, .peakCompute), reason: "needs 1 TiB")
        ]
        let measurements = measure(run(), plan: plan)
        #expect(measurements.count == 4)
        #expect(measurements[3].status == .skipped)
        #expect(measurements[3].reason == "needs 1 TiB")
        #expect(measurements.allSatisfy { $0.energy != nil || $0.energyUnavailable != nil })
    }

    @Test func fiveProcessesGiveNoInterval() {
        var (records, samples) = run()
        records.removeAll { $0.process == 5 }
        samples.removeAll { $0.process == 5 }
        let matmul = measure((records, samples), cut: "SIGINT")[0]
        #expect(matmul.status == .unconverged)
        #expect(matmul.metrics.first?.interval == nil)
        #expect(matmul.reason?.contains("5 of 6 processes (SIGINT)") == true)
    }

    @Test func aCaseNeverReachedIsNotSilent() {
        let (records, samples) = run()
        let matmul = measure((records.filter { $0.case != SampleRun.matmul.id }, samples), cut: "SIGTERM")[0]
        #expect(matmul.status == .skipped)
        #expect(matmul.reason == "the run ended before its turn: SIGTERM")
    }

    @Test func aWideIntervalIsUnconverged() {
        let matmul = measure(run(factor: 40))[0]
        #expect(matmul.status == .unconverged)
        #expect(matmul.reason?.hasPrefix("run-to-run half-width") == true)
        #expect(matmul.metrics.count == 1)
    }

    @Test func disturbedProcessesMakeItNoisy() {
        let noisy = run { records in
            for i in records.indices where records[i].case == SampleRun.matmul.id && records[i].process < 3 {
                records[i].interference = Interference(
                    steal: 0.2, otherLoad: 0, throttledPeriods: 0, involuntarySwitches: 0, majorFaults: 0)
            }
        }
        let matmul = measure(noisy)[0]
        #expect(matmul.status == .noisy)
        #expect(matmul.reason == "3 of 6 processes disturbed: steal in 3")
        #expect(matmul.metrics.count == 1)
    }

    @Test func oneTickOfStealIsNoEvidence() {
        var record = SampleRun.record(SampleRun.matmul, process: 0, order: 0, work: matmulWork)
        // Half a second on two processing units is a hundred ticks: one of them is 1 %.
        record.interference = Interference(
            steal: 0.0101, otherLoad: 0.02, throttledPeriods: 0, involuntarySwitches: 2, majorFaults: 0)
        #expect(Disturbance.all(of: record, processingUnits: 2) == [])
        record.interference = Interference(
            steal: 0.05, otherLoad: 0.2, throttledPeriods: 1, involuntarySwitches: 100, majorFaults: 0)
        #expect(
            Disturbance.all(of: record, processingUnits: 2).map(\.kind.words)
                == ["steal", "other load", "cgroup throttling", "involuntary switches"])
    }

    @Test func interruptedProcessesCountForNothing() {
        let cut = run { records in
            records.append(SampleRun.record(SampleRun.matmul, process: 6, order: 18, work: matmulWork))
            records[18].outcome = .interrupted
        }
        let samples = cut.1 + SampleRun.samples(SampleRun.matmul, process: 6, seconds: 9)
        #expect(measure((cut.0, samples))[0] == measure(run())[0])
    }
}

@Suite struct RecheckTests {
    private func recording() -> Recording {
        let (records, samples) = run()
        let header = SampleRun.header()
        return Recording(
            bundle: Bundle(
                id: header.id, created: header.created, duration: 1, tool: header.tool, machine: header.machine,
                tunablesChanged: [], plan: header.plan, clock: header.clock, interrupted: nil, resumed: 0,
                measurements: measure((records, samples)), processes: records),
            samples: samples, environment: [], files: [])
    }

    @Test func whatFollowsHolds() {
        #expect(Recheck.findings(recording()) == [])
    }

    @Test func aChangedValueIsNamed() {
        var changed = recording()
        changed.bundle.measurements[0].metrics[0].value *= 1.0001
        #expect(Recheck.findings(changed).count == 1)
        #expect(Recheck.findings(changed)[0].contains("measurements[0] (matmul 64³ f32): throughput is"))
    }

    @Test func aChangedDoubtIsNoticedAndAnOldBundleHasNone() {
        var changed = recording()
        changed.bundle.measurements[0].share?.doubt = .ceilingNoisy
        #expect(Recheck.findings(changed)[0].contains("the share of its ceiling does not follow"))
        let (records, slow) = run()
        let samples = slow.map { sample in
            var sample = sample
            if sample.case == SampleRun.matmul.id { sample.seconds /= 4 }
            return sample
        }
        var old = changed
        old.samples = samples
        old.bundle.measurements = measure((records, samples))
        #expect(old.bundle.measurements[0].share?.doubt == .aboveCeiling)
        #expect(Recheck.findings(old) == [])
        old.bundle.measurements[0].share?.doubt = nil
        #expect(Recheck.findings(old) == [])
    }

    /// Older versions rounded half-widths until they looked like their target: one digit more or less is the same sentence.
    @Test func anOlderRoundingOfAHalfWidthHolds() {
        var wide = recording()
        (wide.bundle.processes, wide.samples) = run(factor: 40)
        wide.bundle.measurements = measure((wide.bundle.processes, wide.samples))
        let words = wide.bundle.measurements[0].reason ?? ""
        wide.bundle.measurements[0].reason = words.replacing(" %, target", with: "1 %, target")
        #expect(wide.bundle.measurements[0].reason != words && Recheck.findings(wide) == [])
        wide.bundle.measurements[0].reason = "run-to-run half-width 0.1 %, target 5.0 %"
        #expect(!Recheck.findings(wide).isEmpty)
    }

    @Test func aChangedStatusIsNamed() {
        var changed = recording()
        changed.bundle.measurements[1].status = .noisy
        #expect(Recheck.findings(changed)[0].contains("status is noisy, the samples say valid"))
    }

    @Test func changedSamplesAreNoticed() {
        var changed = recording()
        for i in 0..<10 { changed.samples[i].seconds *= 2 }
        #expect(!Recheck.findings(changed).isEmpty)
    }

    @Test func aMissingSampleIsNoticed() {
        var changed = recording()
        changed.samples.remove(at: 3)
        #expect(Recheck.findings(changed)[0].contains("took 10 samples, samples.jsonl has 9"))
    }

    @Test func aChangedIntervalIsNamed() {
        var changed = recording()
        changed.bundle.measurements[0].metrics[0].interval?.lower *= 0.9
        #expect(Recheck.findings(changed)[0].contains("the interval of throughput does not follow"))
    }

    @Test func aSampleThatIsThereTwiceIsNoticed() {
        var changed = recording()
        changed.samples.append(changed.samples[0])
        #expect(Recheck.findings(changed).contains { $0.contains("there twice") })
    }
}
