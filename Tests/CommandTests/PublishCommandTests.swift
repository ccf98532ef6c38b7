import Foundation
import Model
import Record
import TestSupport
import Testing

/// `lint`, `sign` and `verify --key`, by their exit codes and what they print.
struct PublishCommandTests {
    /// The published bundle, copied to where a test may change it.
    private static func report() throws -> TemporaryDirectory {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let directory = try TemporaryDirectory()
        for name in ["bundle.json", "samples.jsonl", "environment.jsonl", "power.jsonl", "SHA256SUMS", "datasheet.md"] {
            try FileManager.default.copyItem(
                atPath: top.appendingPathComponent("Reports/amd-epyc-2c/\(name)").path,
                toPath: directory.path + "/" + name)
        }
        return directory
    }

    private static func edit(_ path: String, _ from: String, _ to: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(from))
        try text.replacing(from, with: to).write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func aSheetEditedByHandIsFound() throws {
        let directory = try Self.report()
        let sheet = directory.path + "/datasheet.md"
        #expect(try Command.run("lint", directory.path, sheet, "--strict").status == 0)
        try Self.edit(sheet, "# 2-core AMD", "# The fastest 2-core AMD")
        let label = try #require(
            String(contentsOfFile: sheet, encoding: .utf8).firstMatch(of: /\*\*(noisy|unconverged)\*\*/))
        try Self.edit(sheet, String(label.0), "**unconvinced**")
        let command = try Command.run("lint", sheet)
        #expect(command.status == 1)
        #expect(command.output.contains("datasheet.md:1: MRK01 error"))
        let json = try Command.run("lint", sheet, "--json")
        #expect(json.status == 1)
        #expect(try SchemaValidator.named("lint").findings(Data(json.output.utf8)) == [])
    }

    @Test func sarifNamesRuleAndLine() throws {
        let directory = try Self.report()
        let sheet = directory.path + "/datasheet.md"
        try Self.edit(sheet, "# 2-core AMD", "# The fastest 2-core AMD")
        let command = try Command.run("lint", sheet, "--format", "sarif")
        let log = try #require(JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect(log["version"] as? String == "2.1.0")
        #expect(result["ruleId"] as? String == "MRK01")
        #expect(result["level"] as? String == "error")
    }

    @Test func whatLintCannotRead() throws {
        let directory = try TemporaryDirectory()
        func status(_ name: String, _ text: String) throws -> Int32 {
            let path = directory.path + "/" + name
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return try Command.run("lint", path).status
        }
        #expect(try Command.run("lint", directory.path + "/none.md").status == 66)
        #expect(try status("a.txt", "text") == 65)
        #expect(try status("a.json", "{") == 65)
        #expect(try status("b.json", #"{"schema": "assay.datasheet/2"}"#) == 65)
        #expect(try status("c.json", String(repeating: "[", count: 100_000)) == 65)
        #expect(try Command.run("lint").status == 64)
    }

    @Test func hostileTextIsInertOnATerminal() throws {
        let directory = try TemporaryDirectory()
        let sheet = directory.path + "/a.md"
        try "# The fastest \u{1B}]0;title\u{7} machine\n".write(toFile: sheet, atomically: true, encoding: .utf8)
        let command = try Command.run("lint", sheet)
        #expect(command.status == 1)
        #expect(!command.output.contains("\u{1B}"))
    }

    @Test func signingAndWhoTrustsIt() throws {
        let directory = try Self.report()
        let key = directory.path + "/key"
        #expect(try Command.run("sign", "--generate-key", key).status == 0)
        #expect(try Command.run("sign", "--generate-key", key).status == 73)
        #expect(try Command.run("sign", directory.path).status == 64)
        let unsigned = try Command.run("verify", directory.path)
        #expect(unsigned.status == 0)
        #expect(unsigned.errors.contains("unsigned"))
        #expect(try Command.run("sign", directory.path, "--key", key).status == 0)
        let trusted = try Command.run("verify", directory.path, "--key", key + ".pub")
        #expect(trusted.status == 0)
        #expect(trusted.errors.isEmpty)
        #expect(try Command.run("verify", directory.path, "--key", key).status == 65)
        #expect(try Command.run("verify", directory.path, "--key", key + ".none").status == 66)
        try Self.edit(directory.path + "/SHA256SUMS", "  bundle.json", "  bundle.jsom")
        #expect(try Command.run("verify", directory.path).status == 1)
        // What does not match its hashes is not signed.
        #expect(try Command.run("sign", directory.path, "--key", key).status == 1)
    }

    @Test func aDatasheetFollowsFromItsBundle() throws {
        let directory = try Self.report()
        let sheet = directory.path + "/datasheet.json"
        #expect(try Command.run("datasheet", directory.path, "--format", "json").status == 0)
        let whole = try Command.run("verify", directory.path)
        #expect(whole.status == 0, "\(whole.output)")
        #expect(whole.output.contains("values compared"))
        // One digit of one value of a table, and nothing else.
        let text = try String(contentsOfFile: sheet, encoding: .utf8)
        let right = String(try #require(text.firstMatch(of: /"([1-8]\d\d\.\d)"/)).1)
        let wrong = "9" + right.dropFirst()
        try Self.edit(sheet, "\"\(right)\"", "\"\(wrong)\"")
        let edited = try Command.run("verify", directory.path)
        #expect(edited.status == 1)
        #expect(edited.output.contains("“\(wrong)”") && edited.output.contains("“\(right)”"))
        let other = directory.path + "/other.json"
        try "{}".write(toFile: other, atomically: true, encoding: .utf8)
        #expect(try Command.run("verify", directory.path, "--datasheet", other).status == 65)
        #expect(try Command.run("verify", directory.path, "--datasheet", other + ".none").status == 66)
    }
}
