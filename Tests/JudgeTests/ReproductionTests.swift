import Foundation
import Judge
import Model
import TestSupport
import Testing

@Suite struct ReproductionTests {
    private func metric(_ name: String, _ scale: Double, spread: Double) -> RunValues.MetricProcesses {
        RunValues.MetricProcesses(
            metric: Metric(
                name: name, symbol: "FLOP/s", better: .higher, value: 1e9 * scale, interval: nil, count: 10),
            processes: (0..<10).map {
                RunValues.ProcessValue(value: 1e9 * scale * (1 + spread * (Double($0) - 4.5) / 4.5))
            })
    }

    private func values(_ scale: Double, spread: Double = 0.004, metrics: [String] = ["throughput"]) -> RunValues {
        RunValues(
            reference: RunReference(
                id: "run\(scale)", name: "run", created: Date(timeIntervalSince1970: 0), suite: "sample",
                machine: "machine", tool: SampleRun.header().tool, processes: [10, 10]),
            machine: SampleRun.machine(), rules: SampleRun.rules, instructionSet: nil,
            noiseFloor: .unknown("not measured"),
            results: [
                RunValues.Result(
                    case: SampleRun.matmul, status: .valid, reason: nil, implementation: nil,
                    metrics: metrics.map { metric($0, scale, spread: spread) }),
                RunValues.Result(
                    case: SampleRun.peak, status: .failed, reason: "signal 4", implementation: nil, metrics: []),
            ])
    }

    private func claims(_ scale: Double, spread: Double = 0.004, notTried: [String: String] = [:])
        -> [Reproduction.Claim]
    {
        ReproductionJudge.judge(
            published: values(1, spread: spread), reproduced: values(scale, spread: spread), notTried: notTried
        ).claims
    }

    @Test func claimsHoldWithinTheToleranceAndNotBeyond() {
        #expect(claims(1.001).map(\.outcome) == [.holds])
        #expect(claims(0.8).map(\.outcome) == [.doesNotHold])
        #expect(claims(0.8).first?.reason == "lower, beyond 5.0\u{202F}%")
        #expect(claims(1.3).first?.reason == "higher, beyond 5.0\u{202F}%")
        #expect(claims(1.06, spread: 0.3).map(\.outcome) == [.undecided])
    }

    @Test func whatCannotBeTriedSaysWhy() throws {
        let untried = try #require(claims(1, notTried: [SampleRun.matmul.id: "no room"]).first)
        #expect(untried.outcome == .notTried && untried.reason == "no room")
        var failed = values(1)
        failed.results[0].status = .failed
        failed.results[0].reason = "signal 9"
        failed.results[0].metrics = []
        let claim = try #require(
            ReproductionJudge.judge(published: values(1), reproduced: failed, notTried: [:]).claims.first)
        #expect(claim.outcome == .notTried && claim.reason.contains("signal 9"))
        let missing = ReproductionJudge.judge(
            published: values(1), reproduced: values(1, metrics: []), notTried: [:])
        #expect(missing.claims.first?.reason == "the new run has no such metric")
    }

    @Test func energyThatNobodyMetersHereIsNoLoss() throws {
        let published = values(1, metrics: ["throughput", "energyPerWork", "throughputPerWatt"])
        let claims = ReproductionJudge.judge(
            published: published, reproduced: values(1.0001), notTried: [:],
            noEnergy: [SampleRun.matmul.id: "no energy was measured here: no counter"]
        ).claims
        #expect(claims.map(\.outcome) == [.holds, .notTried, .notTried])
        #expect(claims.dropFirst().allSatisfy { $0.reason == "no energy was measured here: no counter" })
    }

    @Test func whereNothingRunsEachClaimSaysWhy() throws {
        var machine = SampleRun.machine()
        machine.software.kernel = .known("6.1.1")
        let reproduction = ReproductionJudge.untried(
            values(1), on: machine, reasons: [SampleRun.matmul.id: "asks for 64 threads"])
        #expect(reproduction.reproduced == nil)
        #expect(reproduction.claims.map(\.reason) == ["asks for 64 threads"])
        #expect(reproduction.count(.notTried) == 1)
        #expect(reproduction.differences.map(\.text) == ["kernel 6.1.0 → 6.1.1"])
    }

    @Test func aRunThatReproducesItselfIsSaid() {
        let same = ReproductionJudge.judge(published: values(1), reproduced: values(1), notTried: [:])
        #expect(same.warnings.contains { $0.contains("compared with itself") })
    }
}
