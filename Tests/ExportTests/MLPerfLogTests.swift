import Export
import Foundation
import Model
import TestSupport
import Testing

/// A bundle with one process of each scenario.
private func recording(_ scenarios: [Scenario]) -> Recording {
    let cases = scenarios.map(SampleTraffic.plannedCase)
    var samples: [Sample] = []
    var records: [ProcessRecord] = []
    for (order, planned) in cases.enumerated() {
        let isServer = planned.scenario == .server
        let latencies = SampleTraffic.latencies(planned.scenario == .offline ? 1 : 800, typical: 1e6, process: 0)
        samples += SampleTraffic.samples(planned, process: 0, nanoseconds: latencies)
        records.append(
            SampleTraffic.record(
                planned, process: 0, order: order, queries: latencies.count, rate: isServer ? 640 : nil,
                overLatency: isServer ? 0 : nil))
    }
    let header = SampleRun.header()
    let plan = Plan(suite: "sample", seed: 7, cases: cases, rules: SampleRun.rules, skipped: [])
    let bundle = Bundle(
        id: header.id, created: header.created, duration: 10, tool: header.tool, machine: header.machine,
        tunablesChanged: [], plan: plan, clock: header.clock, interrupted: nil, resumed: 0, measurements: [],
        processes: records)
    return Recording(bundle: bundle, samples: samples, environment: [], files: [])
}

@Suite struct MLPerfLogTests {
    @Test(arguments: Scenario.allCases)
    func theLayoutIsLoadGens(scenario: Scenario) throws {
        let exporter = try #require(Exporters.named("mlperf-log"))
        let files = try exporter.export(recording([scenario]))
        #expect(files.map(\.name) == ["mlperf_log_summary.txt", "mlperf_log_detail.txt"])
        try Golden.check(files.map(\.content).joined(separator: "\n"), "mlperf-log-\(scenario.rawValue).txt")
    }

    @Test func everyLineIsMarkedAsNative() throws {
        let exporter = try #require(Exporters.named("mlperf-log"))
        for file in try exporter.export(recording(Scenario.allCases)) {
            #expect(file.content.contains("not an MLPerf result; not an official LoadGen log"))
            #expect(!file.content.contains("MLPerf Results Summary"))
            guard file.name.contains("detail") else { continue }
            for line in file.content.split(separator: "\n") {
                #expect(line.hasPrefix(":::MLLOG "))
                let json = try JSONSerialization.jsonObject(with: Data(line.dropFirst(9).utf8)) as? [String: Any]
                #expect(json?["namespace"] as? String == "assay::native")
                #expect(json?["key"] is String && json?["time_ms"] is Double)
            }
        }
    }

    @Test func noTwoProcessesShareAFolder() throws {
        let exporter = try #require(Exporters.named("mlperf-log"))
        let files = try exporter.export(recording(Scenario.allCases))
        #expect(Set(files.map { ($0.folder ?? "") + "/" + $0.name }).count == files.count)
        for folder in files.compactMap(\.folder) {
            #expect(folder.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        }
    }

    @Test func aBundleWithoutScenariosIsRefused() throws {
        let exporter = try #require(Exporters.named("mlperf-log"))
        #expect(throws: ExportRefusal.self) { try exporter.export(recording([])) }
    }

    @Test func formatsHaveNamesOfTheirOwn() {
        #expect(Set(Exporters.all.map(\.name)).count == Exporters.all.count)
        for exporter in Exporters.all { #expect(!exporter.about.isEmpty && !exporter.about.contains("\n")) }
    }
}
