import Foundation
import TestSupport
import Testing

/// docs/schema against what the executable really writes.
@Suite struct SchemaTests {
    @Test func probeIsAMachine() throws {
        let probe = try Command.run("probe", "--json")
        #expect(try SchemaValidator.named("machine").findings(Data(probe.output.utf8)) == [])
    }

    @Test func theFilesOfARunAreABundle() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none", "exit"], processes: 6).utf8).write(to: URL(fileURLWithPath: suite))
        let output = directory.path + "/run"
        let run = try Command.run("run", suite, "--output", output, "--json")
        #expect(run.status == 0)
        let file = try Data(contentsOf: URL(fileURLWithPath: output + "/bundle.json"))
        #expect(file == Data(run.output.utf8))
        #expect(try SchemaValidator.named("bundle").findings(file) == [])
        for (schema, name) in [("sample", "samples.jsonl"), ("environment", "environment.jsonl")] {
            let lines = try String(contentsOfFile: output + "/" + name, encoding: .utf8).split(separator: "\n")
            #expect(lines.count > 10)
            let validator = try SchemaValidator.named(schema)
            for line in lines { #expect(try validator.findings(Data(line.utf8)) == []) }
        }
    }

    /// The validator itself can say no.
    @Test func whatIsNoMachineIsRefused() throws {
        let validator = try SchemaValidator.named("machine")
        #expect(try validator.findings(Data("[]".utf8)) != [])
        #expect(try validator.findings(Data("{}".utf8)).contains("$: topology is missing"))
        let probe = try Command.run("probe", "--json").output
        let wrongType = probe.replacingOccurrences(
            of: #""packages" : [0-9]+"#, with: #""packages" : "one""#, options: .regularExpression)
        #expect(wrongType != probe)
        #expect(try validator.findings(Data(wrongType.utf8)).contains("$.topology.packages: is no integer"))
        let noReason = probe.replacingOccurrences(
            of: #""(nominalFrequency|cpuQuota)" : (\{[^}]*\}|[0-9.]+)"#, with: #""$1" : {"unknown" : ""}"#,
            options: .regularExpression)
        #expect(try validator.findings(Data(noReason.utf8)) != [])
    }
}
