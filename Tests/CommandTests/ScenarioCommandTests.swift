import Foundation
import Model
import Record
import TestSupport
import Testing

/// Scenarios from the suite to the export, with real processes that compute nothing. What is tested is what happens, not
/// how fast.
@Suite(.serialized) struct ScenarioCommandTests {
    let directory: TemporaryDirectory
    var output: String { directory.path + "/run" }

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ scenarios: String, fault: String = "none", hang: String = "30s") throws -> Command {
        let yaml = """
            workloads:
              - {name: null-\(fault), kernel: null, shape: {nanoseconds: 100000, fault: \(fault)}}
            rules: {processes: 2, processTime: 100ms, hangTime: \(hang)}
            cases:
              - {workload: null-\(fault), threads: [1], \(scenarios)}
            """
        let file = directory.path + "/scenarios.yaml"
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: file))
        return try Command.run("run", file, "--output", output)
    }

    @Test func everyScenarioRunsVerifiesAndIsExported() throws {
        let run = try run(
            "scenarios: [offline, singleStream, multiStream, {name: server, latencyBound: 20ms, searchTime: 3s}]")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("queries/s"))
        let recording = try BundleFiles.read(output)
        let traffic = recording.bundle.processes.compactMap(\.traffic)
        #expect(traffic.count == recording.bundle.processes.count)
        let scenarios = recording.bundle.measurements.map(\.case.scenario)
        #expect(scenarios == [.offline, .singleStream, .multiStream, .server])
        let searching = traffic.filter { $0.role == .search }
        #expect(searching.allSatisfy { !$0.probes.isEmpty })
        // Where both processes found a rate, three fresh ones ran at it.
        if searching.count == 2, searching.allSatisfy({ $0.rate != nil }) {
            #expect([0, 3].contains(traffic.count { $0.role == .confirm }))
        }
        let verified = try Command.run("verify", output)
        #expect(verified.status == 0, "\(verified.output)")
        let logs = directory.path + "/logs"
        let export = try Command.run("export", output, "--to", "mlperf-log", "--output", logs)
        #expect(export.status == 0, "\(export.errors)")
        let first = try #require(export.output.split(separator: "\n").first)
        #expect(try String(contentsOfFile: String(first), encoding: .utf8).contains("not an official LoadGen log"))
    }

    @Test func aBoundThatIsNeverMetIsAReason() throws {
        let run = try run(
            "scenario: {name: server, latencyBound: 1us, searchTime: 3s}".replacing("1us", with: "0.001ms"))
        #expect(run.status == 0, "\(run.errors)")
        let measurement = try #require(try BundleFiles.read(output).bundle.measurements.first)
        #expect(measurement.status == .failed)
        #expect(
            measurement.reason?.contains("the latency bound is not met at any rate") == true,
            "\(measurement.reason ?? "")")
        #expect(try Command.run("verify", output).status == 0)
    }

    @Test func aHangCostsItsCase() throws {
        let run = try run("scenario: singleStream", fault: "hang", hang: "500ms")
        #expect(run.status == 0, "\(run.errors)")
        let measurement = try #require(try BundleFiles.read(output).bundle.measurements.first)
        #expect(measurement.status == .failed)
        #expect(measurement.reason?.hasPrefix("hung") == true)
    }

    @Test func exportIsAsked() throws {
        let list = try Command.run("export", "--list")
        #expect(list.status == 0 && list.output.contains("mlperf-log"))
        #expect(try Command.run("export").status == 64)
        #expect(try Command.run("export", "x").status == 64)
        #expect(try Command.run("export", "x", "--to", "nonsense").status == 64)
        #expect(try Command.run("export", directory.path + "/none", "--to", "mlperf-log").status == 66)
    }
}
