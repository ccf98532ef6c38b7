import Foundation
import Judge
import Model
import Statistics
import TestSupport
import Testing

/// What the order of samples and processes says.
@Suite struct OrderTests {
    private static let work = Work(flops: 1e9, bytes: 1e6, lookups: 0, footprint: 1 << 20)

    /// Six processes of one case; each sample's seconds by process and index.
    private func recording(
        count: Int = 12, _ seconds: (Int, Int) -> Double, change: (inout [ProcessRecord]) -> Void = { _ in }
    ) -> Recording {
        var records: [ProcessRecord] = []
        var samples: [Sample] = []
        for process in 0..<6 {
            var record = SampleRun.record(SampleRun.matmul, process: process, order: process, work: Self.work)
            let values = (0..<count).map { seconds(process, $0) }
            record.samples = count
            record.dependence = Dependence(values, after: 0)
            record.seriallyDependent = record.dependence?.isSuspect ?? false
            records.append(record)
            samples += values.enumerated().map {
                Sample(case: record.case, process: process, index: $0, seconds: $1, iterations: 1)
            }
        }
        change(&records)
        var plan = SampleRun.plan()
        plan.cases = [SampleRun.matmul]
        let header = SampleRun.header()
        let bundle = Bundle(
            id: header.id, created: header.created, duration: 6, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: plan, clock: header.clock, interrupted: nil, resumed: 0,
            measurements: Summary.measurements(
                plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil), processes: records)
        return Recording(bundle: bundle, samples: samples, environment: [], files: [])
    }

    /// Independent, and the same each time.
    private func quiet(_ process: Int, _ index: Int) -> Double {
        let chance = CounterGenerator(seed: 3)
        let own = [3.0, -1, 4, -2, 0, -4][process]
        return 1e-3 * (1 + 1e-3 * chance.unit(UInt64(process * 100 + index)) + 1e-4 * own)
    }

    @Test func independentSamplesCarryNoWarning() {
        let recording = recording { quiet($0, $1) }
        #expect(recording.bundle.measurements[0].warnings == [])
        #expect(Recheck.findings(recording) == [])
    }

    @Test func dependenceIsSaidOfAllProcessesTogether() {
        let recording = recording { process, index in quiet(process, 0) + 1e-6 * Double((index / 3) % 2) }
        #expect(
            recording.bundle.measurements[0].warnings.contains { $0.hasPrefix("samples depend on their neighbours") })
    }

    /// Chance makes one process in ten: one is counted, four of six are said, whatever the sign.
    @Test func processesThatDependAreCountedAndManyAreSaid() {
        func judged(_ marked: Set<Int>) -> Model.Measurement {
            recording(quiet) { records in
                for index in records.indices { records[index].seriallyDependent = marked.contains(index) }
            }.bundle.measurements[0]
        }
        #expect(judged([]).dependentProcesses == 0)
        #expect(judged([2]).dependentProcesses == 1)
        #expect(judged([2]).warnings == [])
        #expect(judged([0, 2, 3, 5]).dependentProcesses == 4)
        #expect(judged([0, 2, 3, 5]).warnings == ["samples depend on their neighbours (seen in 4 of 6 processes)"])
    }

    @Test func aShiftInOneProcessMayBeChanceInThreeIsNot() {
        func shifted(_ processes: ClosedRange<Int>) -> [String] {
            recording(count: 24) { process, index in
                quiet(process, index % 12) + (processes.contains(process) && index >= 12 ? 1e-5 : 0)
            }.bundle.measurements[0].warnings.filter { $0.hasPrefix("the level shifted") }
        }
        #expect(shifted(0...0) == [])
        #expect(shifted(0...2) == ["the level shifted while 3 of 6 processes sampled"])
    }

    @Test func aDriftOverTheRunIsSaid() {
        let rising = recording { process, index in quiet(0, index) + 1e-5 * Double(process) }
        #expect(
            rising.bundle.measurements[0].warnings.contains(
                "the time of an iteration rises from process to process over the run"))
    }

    @Test func figuresThatDoNotFollowAreFound() {
        let recording = recording({ quiet($0, $1) }) { $0[2].dependence?.lag1 = 0.9 }
        #expect(
            Recheck.findings(recording) == [
                "bundle.json: processes[2]: the dependence of its samples does not follow from them"
            ])
    }

    @Test func sizesThatDoNotFollowAreFound() throws {
        var recording = recording { quiet($0, $1) }
        recording.bundle.plan.rules.maximumProcesses = 12
        let pilots = recording.bundle.processes.compactMap { record in
            Pilot(record, samples: recording.samples.filter { $0.process == record.process })
        }
        let size = try #require(
            Sizing(case: SampleRun.matmul.id, pilots: pilots, rules: recording.bundle.plan.rules, seconds: nil))
        recording.bundle.sizing = [size]
        #expect(Recheck.findings(recording) == [])
        recording.bundle.sizing?[0].varianceBetween *= 2
        #expect(
            Recheck.findings(recording) == [
                "bundle.json: sizing[0]: the number of processes does not follow from the pilots"
            ])
    }

    @Test func exclusionsThatDoNotFollowAreFound() {
        let recording = recording({ quiet($0, $1) }) {
            $0[1].excluded = Exclusion(causes: [Disturbance(.otherLoad, 0.5, beyond: 0.05)], replacedBy: 2)
        }
        #expect(Recheck.findings(recording).contains { $0.contains("processes[1]: whether it counts does not follow") })
    }

    @Test func anExcludedProcessCountsForNothing() {
        let whole = recording { quiet($0, $1) }
        let less = recording({ $0 == 3 ? 9 : quiet($0, $1) }) {
            $0[3].excluded = Exclusion(causes: [Disturbance(.otherLoad, 0.5, beyond: 0.05)], replacedBy: 5)
        }
        #expect(less.bundle.measurements[0].processes == 5)
        #expect(less.bundle.measurements[0].metrics[0].count == 5)
        #expect(
            abs(less.bundle.measurements[0].metrics[0].value / whole.bundle.measurements[0].metrics[0].value - 1) < 0.01
        )
    }
}
