import Foundation
import History
import Model
import Statistics
import TestSupport
import Testing

/// A run whose one metric has `value`, two processes around it.
func run(_ index: Int, value: Double = 1e9, facts: [Fact] = [Fact(.kernel, "kernel", "6.1")]) -> HistoryRun {
    let metric = Metric(
        name: "throughput", symbol: "FLOP/s", better: .higher, value: value,
        interval: Interval(lower: value * 0.99, upper: value * 1.01, level: 0.95), count: 2)
    let values = [value * 0.995, value * 1.005].map { RunValues.ProcessValue(value: $0) }
    let done = RunValues.Result(
        case: SampleRun.matmul, status: .valid, reason: nil,
        implementation: Implementation(library: "Assay", version: "0.1.0", path: nil, reported: "avx2"),
        metrics: [RunValues.MetricProcesses(metric: metric, processes: values)])
    let failed = RunValues.Result(
        case: SampleRun.peak, status: .failed, reason: "signal 4", implementation: nil, metrics: [])
    let reference = RunReference(
        id: "2026-run\(index)", name: "2026-run\(index)",
        created: Date(timeIntervalSince1970: 1_795_000_000 + Double(index)),
        suite: "sample", machine: "AMD EPYC, 2 cores", tool: SampleRun.header().tool, processes: [2, 2])
    return HistoryRun(
        values: RunValues(
            reference: reference, machine: SampleRun.machine(), rules: SampleRun.rules, instructionSet: nil,
            noiseFloor: .unknown("not measured"), results: [done, failed]),
        seed: UInt64(index), arguments: ["sample"], interrupted: nil, facts: facts)
}

@Suite struct HistoryTests {
    let folder: TemporaryDirectory
    var path: String { folder.path + "/data/history.sqlite" }

    init() throws { folder = try TemporaryDirectory() }

    private func store() throws -> HistoryStore { try HistoryStore(path: path, access: .writing) }

    @Test func aRunComesBackAsItWas() throws {
        let store = try store()
        #expect(try store.add(run(1)) == .added)
        #expect(try store.run("2026-run1") == run(1))
        #expect(try store.run("2026-r") == run(1))
        #expect(throws: RecordError.self) { try store.run("2027") }
        let entry = try #require(try store.entries().first)
        #expect(entry.measured == 1)
        #expect(entry.cases == 2)
        #expect(entry.machine == SampleRun.machine().identity)
    }

    @Test func aRunOfTheSameIdTakesThePlaceAndTheNames() throws {
        let store = try store()
        try store.add(run(1))
        try store.setBaseline("main", runs: ["2026-run1"])
        #expect(try store.add(run(1, value: 2e9)) == .replaced)
        #expect(try store.count() == 1)
        #expect(try store.runs(ofBaseline: "main").first?.values.results[0].metrics[0].metric.value == 2e9)
    }

    @Test func prunesAllButBaselinesAndTheNewest() throws {
        let store = try store()
        for index in 0..<6 { try store.add(run(index)) }
        try store.setBaseline("first", runs: ["2026-run0"])
        let pruning = HistoryStore.Pruning(keep: 2)
        #expect(try store.prune(pruning, isTrial: true).count == 3)
        #expect(try store.count() == 6)
        #expect(try store.prune(pruning) == ["2026-run1", "2026-run2", "2026-run3"])
        #expect(try store.entries().map(\.id) == ["2026-run5", "2026-run4", "2026-run0"])
        #expect(try store.run("2026-run0") == run(0))
        #expect(try store.metrics(HistoryStore.Selection()).series[0].points.count == 3)
    }

    @Test func baselinesAreNamesOfRuns() throws {
        let store = try store()
        for index in 0..<3 { try store.add(run(index)) }
        try store.setBaseline("main", runs: ["2026-run0", "2026-run2"])
        try store.setBaseline("main", runs: ["2026-run1", "2026-run2"])
        #expect(try store.baselines().map(\.runs) == [["2026-run1", "2026-run2"]])
        #expect(try store.removeBaseline("main"))
        #expect(try !store.removeBaseline("main"))
        #expect(throws: RecordError.self) { try store.setBaseline("x", runs: ["nothing"]) }
        for (name, holds) in [
            ("main", true), ("v1.2_rc-3", true), ("", false), ("a/b", false), ("-x", false), ("ä", false),
        ] {
            #expect(HistoryStore.isName(name) == holds, "\(name)")
        }
    }

    @Test func whatIsExportedIsImported() throws {
        let store = try store()
        for index in 0..<3 { try store.add(run(index)) }
        try store.setBaseline("main", runs: ["2026-run1"])
        var lines: [Data] = []
        #expect(try store.export { lines.append($0) } == 3)
        let other = try HistoryStore(path: folder.path + "/other.sqlite", access: .writing)
        var taken = HistoryStore.Import(into: other, from: "all.jsonl")
        for line in lines { try taken.take(line) }
        #expect(taken.added == 3)
        #expect(try other.run("2026-run2") == run(2))
        #expect(try other.baselines().map(\.name) == ["main"])
    }

    @Test(arguments: [
        ("{}", "schema is missing"), (#"{"schema":"assay.history-export/9"}"#, "schema is assay.history-export/9"),
        ("nonsense", "line 1: "),
    ])
    func aForeignExportIsRefusedWithItsLine(line: String, said: String) throws {
        var taken = HistoryStore.Import(into: try store(), from: "all.jsonl")
        let error = try #require(throws: RecordError.self) { try taken.take(Data(line.utf8)) }
        #expect(error.kind == .badInput)
        #expect("\(error)".contains(said) && "\(error)".hasPrefix("all.jsonl: line 1"))
    }

    @Test func anImportedRunWithoutItsPartsIsRefused() throws {
        let store = try store()
        try store.add(run(1))
        var lines: [Data] = []
        try store.export { lines.append($0) }
        var taken = HistoryStore.Import(into: store, from: "x")
        try taken.take(lines[0])
        let error = try #require(throws: RecordError.self) { try taken.take(lines[lines.count - 1]) }
        #expect("\(error)".contains("its part is missing"))
    }

    @Test func aTrendReadsSeriesInTheOrderOfTime() throws {
        let store = try store()
        for index in [3, 0, 2, 1] { try store.add(run(index, value: 1e9 + Double(index))) }
        let history = try store.metrics(HistoryStore.Selection(last: 3))
        #expect(history.runs.map(\.id) == ["2026-run1", "2026-run2", "2026-run3"])
        #expect(history.series.map(\.key.metric) == ["throughput"])
        let values: [Double] = [1_000_000_001, 1_000_000_002, 1_000_000_003]
        #expect(history.series[0].points.map(\.value) == values)
        #expect(history.series[0].points[0].implementation?.reported == "avx2")
        #expect(try store.metrics(HistoryStore.Selection(metrics: ["bandwidth"])).series.isEmpty)
        #expect(throws: RecordError.self) { try store.metrics(HistoryStore.Selection(machine: "ffffffff")) }
    }

    @Test func placeFollowsXDG() {
        #expect(HistoryPlace.standard(environment: ["XDG_DATA_HOME": "/x", "HOME": "/h"]) == "/x/assay/history.sqlite")
        #expect(
            HistoryPlace.standard(environment: ["XDG_DATA_HOME": "x", "HOME": "/h"])
                == "/h/.local/share/assay/history.sqlite")
        #expect(HistoryPlace.standard(environment: [:]) == nil)
    }
}
