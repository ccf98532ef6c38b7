import Judge
import Model
import TestSupport
import Testing

/// Settings that changed while a run went on.
@Suite struct SettingTests {
    private let work = Work(flops: 1e9, bytes: 1e6, lookups: 0, footprint: 1 << 20)
    private let plan = Plan(suite: "s", seed: 7, cases: [SampleRun.matmul], rules: SampleRun.rules, skipped: [])

    /// A case of which some processes ran before a setting changed and some after says so; one that is all on one side does not.
    @Test func aChangeOfSettingsIsSaidOfTheCasesThatStraddleIt() throws {
        func warnings(since: Double?, seen: Double) throws -> [[String]] {
            let records = (0..<6).map { SampleRun.record(SampleRun.matmul, process: $0, order: $0, work: work) }
            let samples = records.flatMap { SampleRun.samples(SampleRun.matmul, process: $0.process, seconds: 1) }
            let change = TunableChange(
                name: "governor", before: .known("performance"), after: .known("powersave"), seen: seen, since: since)
            return Summary.measurements(
                plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil,
                changes: [change]
            ).map { $0.warnings.filter { $0.contains("governor") } }
        }
        // Processes begin at 0, 1, 2 … s and take half a second each.
        let mid = try warnings(since: 2.6, seen: 2.9)
        #expect(mid.map(\.count) == [1])
        #expect(
            mid[0][0].hasPrefix(
                "governor changed while the case was measured, from performance to powersave: 3 of 6 processes ran before"
            ),
            "\(mid[0])")
        #expect(
            try warnings(since: 2.1, seen: 3.1)[0][0].hasSuffix(
                "2 of 6 processes ran before, 2 after, 2 about that time"))
        #expect(try warnings(since: 6, seen: 7).allSatisfy(\.isEmpty))
        #expect(try warnings(since: nil, seen: 2.9).allSatisfy(\.isEmpty))
    }
}
