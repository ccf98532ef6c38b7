import Foundation
import Judge
import Model
import TestSupport
import Testing

private let key = SeriesKey(
    case: "abc", workload: "matmul", backend: .onednn, threads: 1, metric: "throughput", unit: "FLOP/s",
    better: .higher)

private func history(
    _ values: [Double], facts: (Int) -> [Fact] = { _ in [] }, implementation: (Int) -> String = { _ in "2.6.3" }
) -> MetricHistory {
    MetricHistory(
        machine: SampleRun.machine().identity,
        runs: values.indices.map {
            MetricHistory.Run(
                id: "run\($0)", created: Date(timeIntervalSince1970: Double($0) * 86_400), facts: facts($0))
        },
        series: [
            MetricHistory.Series(
                key: key,
                points: values.enumerated().map { index, value in
                    MetricHistory.Point(
                        run: index, value: value, interval: nil, status: .valid,
                        implementation: Implementation(
                            library: "oneDNN", version: implementation(index), path: nil, reported: "avx2"))
                })
        ])
}

/// Thirty runs around 100, then thirty that are 5 % slower; the noise is half a per cent.
private let values = (0..<60).map { index in
    (index < 30 ? 100 : 95) * (1 + 0.005 * sin(Double(index) * 7.3))
}

@Suite struct TrendTests {
    @Test func aShiftNamesTheKernelThatChangedThere() throws {
        let trend = TrendJudge.trend(
            history(values) { [Fact(.kernel, "kernel", $0 < 30 ? "6.1.0-18" : "6.1.0-22")] })
        let shift = try #require(trend.metrics[0].shifts.first)
        #expect(trend.metrics[0].shifts.count == 1)
        #expect(shift.run == 30)
        #expect(shift.isWorse)
        #expect(abs(shift.relative + 0.05) < 0.005)
        #expect(shift.likelyCauses.map(\.text) == ["kernel 6.1.0-18 → 6.1.0-22"])
        #expect(trend.breaks.map(\.run) == [30])
    }

    @Test func newFirmwareIsAKnownBreakAndACause() throws {
        var machines = [SampleRun.machine(), SampleRun.machine()]
        for (index, version) in ["3.1", "3.2"].enumerated() {
            machines[index].firmware = .known(
                SystemFirmware(vendor: .known("AMI"), version: .known(version), date: .unknown("not told")))
            machines[index].processor.microcode = .known("0x1\(index)")
        }
        let facts = machines.map { Fingerprint.facts($0) }
        let trend = TrendJudge.trend(history(values) { facts[$0 < 30 ? 0 : 1] })
        let told = ["firmware AMI 3.1 → AMI 3.2", "microcode 0x10 → 0x11"]
        #expect(trend.breaks.map { $0.changes.map(\.text) } == [told])
        #expect(trend.metrics[0].shifts.first?.likelyCauses.map(\.text) == told)
    }

    @Test func aLibrarysNewVersionIsACauseToo() throws {
        let trend = TrendJudge.trend(history(values, implementation: { $0 < 30 ? "2.6.3" : "3.4" }))
        #expect(trend.metrics[0].shifts.first?.likelyCauses.map(\.text) == ["oneDNN 2.6.3 → 3.4"])
    }

    /// As in a comparison: what is not listed was not there.
    @Test(arguments: [true, false]) func aLibraryThatAppearsOrGoesIsABreak(appears: Bool) throws {
        let trend = TrendJudge.trend(
            history(values) { run in
                let common = [Fact(.kernel, "kernel", "6.1.0")]
                return (run < 30) == appears ? common : common + [Fact(.library, "OpenBLAS", "0.3.21")]
            })
        #expect(trend.breaks.map(\.run) == [30])
        let said = appears ? "OpenBLAS absent → 0.3.21" : "OpenBLAS 0.3.21 → absent"
        #expect(trend.metrics[0].shifts.first?.likelyCauses.map(\.text) == [said])
        // What a run did not record is none.
        let unrecorded = TrendJudge.trend(
            history(values) { [Fact(.kernel, "kernel", "a")] + ($0 < 30 ? [Fact(.tunable, "governor", "x")] : []) })
        #expect(unrecorded.breaks.isEmpty)
    }

    @Test func aBreakFarAwayIsNoCause() throws {
        let trend = TrendJudge.trend(history(values) { [Fact(.kernel, "kernel", $0 < 10 ? "a" : "b")] })
        #expect(trend.metrics[0].shifts.first?.likelyCauses.isEmpty == true)
        #expect(trend.breaks.count == 1)
    }

    @Test func theNoiseFloorRaisesWhatCounts() {
        var noisy = history(values)
        noisy.noiseFloor = NoiseFloor(value: 0.08, pairs: 59)
        #expect(TrendJudge.trend(noisy).metrics[0].shifts.isEmpty)
        #expect(TrendJudge.trend(history(values), magnitude: 0.1).metrics[0].shifts.isEmpty)
    }

    @Test func whatIsNotPositiveIsNoPoint() {
        #expect(TrendJudge.trend(history([1, 0, -1, .nan, 1])).metrics[0].points.count == 2)
    }
}
