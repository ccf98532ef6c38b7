import Foundation
import Model
import TestSupport
import Testing

/// `--cloud-metadata` and ASSAY_METADATA_ENDPOINT, from the command line to the answer.
@Suite struct CloudCommandTests {
    private func cloud(_ probe: Command) throws -> Any? {
        let machine = try JSONSerialization.jsonObject(with: Data(probe.output.utf8)) as? [String: Any]
        return machine?["cloud"]
    }

    @Test func theServiceThatTheEnvironmentNamesIsAsked() throws {
        let server = try LocalServer(CloudServers.azure)
        defer { server.stop() }
        let environment = ["ASSAY_METADATA_ENDPOINT": server.endpoint]
        let probe = try Command.run("probe", "--json", "--cloud-metadata", environment: environment)
        #expect(probe.status == 0)
        let found = try #require(try cloud(probe) as? [String: Any])
        #expect(found["provider"] as? String == "Microsoft Azure")
        #expect(found["instanceType"] as? String == "Standard_D8s_v5")
        #expect(try SchemaValidator.named("machine").findings(Data(probe.output.utf8)) == [])
        for word in ["PLANTED", "planted-host", "10.0.0.77", "02FEEDFACADE"] {
            #expect(!probe.output.contains(word), "\(word)")
        }
        let tree = try Command.run("probe", "--cloud-metadata", environment: environment)
        #expect(tree.output.contains("Standard_D8s_v5"))
        #expect(tree.output.contains("westeurope"))
    }

    @Test func noneAnswersIsAPlainAnswer() throws {
        let endpoint = "http://127.0.0.1:\(try LocalServer.closedPort())"
        let environment = ["ASSAY_METADATA_ENDPOINT": endpoint]
        let probe = try Command.run("probe", "--json", "--cloud-metadata", environment: environment)
        #expect(probe.status == 0)
        // On a machine whose firmware names a cloud, that name stays.
        let answer = try cloud(probe)
        #expect(answer as? String == "none" || (answer as? [String: Any])?["provider"] != nil)
        #expect(try SchemaValidator.named("machine").findings(Data(probe.output.utf8)) == [])
    }

    @Test func nothingIsSentWhereThatIsNotWanted() throws {
        let server = try LocalServer(CloudServers.amazon)
        defer { server.stop() }
        let environment = ["ASSAY_METADATA_ENDPOINT": server.endpoint]
        #expect(try Command.run("probe", "--no-cloud-metadata", environment: environment).status == 0)
        #expect(server.requests.isEmpty)
    }

    @Test func anEndpointThatIsNoneIsNamedAndStopsNothing() throws {
        let endpoint = ["ASSAY_METADATA_ENDPOINT": "https://example.org"]
        let probe = try Command.run("probe", "--json", "--cloud-metadata", environment: endpoint)
        #expect(probe.status == 0)
        #expect(probe.output.contains("http://ADDRESS:PORT is needed"))
        for timeout in ["soon", "0", "60001", "-5"] {
            let environment = ["ASSAY_METADATA_TIMEOUT": timeout]
            let probe = try Command.run("probe", "--json", "--cloud-metadata", environment: environment)
            #expect(probe.status == 0)
            #expect(probe.output.contains("(ASSAY_METADATA_TIMEOUT) is no number of milliseconds from 1 to 60000"))
        }
    }

    @Test func aServiceThatHangsIsLeft() throws {
        let server = try LocalServer { _ in .hang }
        defer { server.stop() }
        let environment = ["ASSAY_METADATA_ENDPOINT": server.endpoint, "ASSAY_METADATA_TIMEOUT": ""]
        let probe = try Command.run("probe", "--json", "--cloud-metadata", environment: environment)
        #expect(probe.status == 0)
        let answer = try cloud(probe)
        #expect(answer as? String == "none" || (answer as? [String: Any])?["provider"] != nil)
    }

    @Test func aRunRecordsIt() throws {
        let server = try LocalServer(CloudServers.google)
        defer { server.stop() }
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"]).utf8).write(to: URL(fileURLWithPath: suite))
        let output = directory.path + "/run"
        let run = try Command.run(
            "run", suite, "--output", output, "--cloud-metadata",
            environment: ["ASSAY_METADATA_ENDPOINT": server.endpoint])
        #expect(run.status == 0, "\(run.errors)")
        let bundle = try Data(contentsOf: URL(fileURLWithPath: output + "/bundle.json"))
        #expect(String(decoding: bundle, as: UTF8.self).contains("n2-standard-8"))
        #expect(try SchemaValidator.named("bundle").findings(bundle) == [])
        #expect(try Command.run("run", "--resume", "--cloud-metadata").status == 64)
    }

    /// Every command that probes obeys the same flags and variables.
    @Test func whatMeasuresAsksOnlyWhereItMay() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 1).utf8).write(to: URL(fileURLWithPath: suite))
        for name in ["a", "b"] {
            try Data("name: \(name)\n".utf8).write(to: URL(fileURLWithPath: "\(directory.path)/\(name).yaml"))
        }
        #expect(try Command.run("run", suite, "--output", directory.path + "/base").status == 0)
        let commands: [[String]] = [
            ["noise", suite, "--pairs", "1", "--output", directory.path + "/noise"],
            ["reproduce", directory.path + "/base", "--output", directory.path + "/again"],
            [
                "compare", "--live", directory.path + "/a.yaml", directory.path + "/b.yaml", "--suite", suite,
                "--output", directory.path + "/live",
            ], ["doctor", "--json"],
        ]
        for command in commands {
            let server = try LocalServer(CloudServers.google)
            defer { server.stop() }
            let environment = [
                "ASSAY_METADATA_ENDPOINT": server.endpoint, "XDG_STATE_HOME": directory.path + "/state",
            ]
            func run(_ flag: String, _ ending: String) throws -> Command {
                let place = command.lastIndex(of: "--output").map { $0 + 1 }
                let own = command.enumerated().map { $0.offset == place ? $0.element + ending : $0.element }
                return try Command.Running(own + [flag], environment: environment).wait()
            }
            let without = try run("--no-cloud-metadata", "-without")
            #expect(![64, 65, 66, 70].contains(without.status), "\(command[0]): \(without.errors)")
            #expect(server.requests.isEmpty, "\(command[0])")
            let with = try run("--cloud-metadata", "-with")
            #expect(![64, 65, 66, 70].contains(with.status), "\(command[0]): \(with.errors)")
            #expect(!server.requests.isEmpty, "\(command[0])")
        }
        #expect(try Command.run("compare", "x", "y", "--no-cloud-metadata").status == 64)
    }

    /// A plan of which nothing can run here is no bad input: something needed is unavailable.
    @Test func aPlanThatCannotRunHereIsUnavailable() throws {
        let directory = try TemporaryDirectory()
        try SampleBundle.write(1e-3, to: directory.path + "/other", id: "20261123-aaaaaa") { bundle in
            bundle.plan.cases = bundle.plan.cases.map { planned in
                var planned = planned
                planned.threads = 60_000
                return planned
            }
        }
        let again = try Command.run(
            "reproduce", directory.path + "/other", "--unverified", "--output", directory.path + "/again")
        #expect(again.status == 69, "\(again.errors)")
        #expect(again.output.contains("60000 threads"), "\(again.output)")
    }
}
