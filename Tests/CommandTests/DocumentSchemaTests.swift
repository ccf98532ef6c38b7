import Foundation
import TestSupport
import Testing

/// Every document that a command prints carries its schema, and holds to it.
@Suite struct DocumentSchemaTests {
    private let directory: TemporaryDirectory
    private let one: String
    private let two: String
    private var database: String { directory.path + "/history.sqlite" }

    init() throws {
        directory = try TemporaryDirectory()
        one = try SampleBundle.write(0.1, to: directory.path + "/one", id: "20261124-aaaaaa")
        two = try SampleBundle.write(0.1, to: directory.path + "/two", id: "20261124-bbbbbb")
    }

    private func holds(_ schema: String, _ text: String) throws {
        let data = Data(text.utf8)
        #expect(try SchemaValidator.named(schema).findings(data) == [])
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        #expect(document?["schema"] as? String == "assay.\(schema)/1")
    }

    @Test(arguments: ["suites", "workloads", "backends", "power"]) func lists(_ subject: String) throws {
        try holds("list", try Command.run("list", subject, "--json").output)
    }

    @Test func verifications() throws {
        try holds("verification", try Command.run("verify", one, "--json").output)
        try Data("x".utf8).write(to: URL(fileURLWithPath: one + "/environment.jsonl"))
        let broken = try Command.run("verify", one, "--json")
        #expect(broken.status == 1)
        try holds("verification", broken.output)
    }

    @Test func rulesOfLint() throws {
        try holds("lint-rules", try Command.run("lint", "--rules", "--json").output)
    }

    @Test func answersOfTheHistory() throws {
        func history(_ arguments: String...) throws -> String {
            let done = try Command.Running(["history"] + arguments + ["--database", database], environment: [:]).wait()
            #expect(done.status == 0, "\(done.errors)")
            return done.output
        }
        try holds("history-additions", try history("add", one, two, "--json"))
        _ = try history("baseline", "set", "main", "20261124-aaaaaa")
        try holds("baselines", try history("baseline", "list", "--json"))
        try holds("history-run", try history("show", "20261124-aaaaaa", "--json"))
        try holds("history-pruning", try history("prune", "--keep", "0", "--dry-run", "--json"))
        let lines = try history("export")
        let validator = try SchemaValidator.named("history-export")
        let all = lines.split(separator: "\n")
        #expect(all.count > 3)
        for line in all { #expect(try validator.findings(Data(line.utf8)) == []) }
        #expect(try validator.findings(Data("{}".utf8)) != [])
        let file = directory.path + "/all.jsonl"
        try lines.write(toFile: file, atomically: true, encoding: .utf8)
        try holds("history-import", try history("import", file, "--json"))
    }
}
