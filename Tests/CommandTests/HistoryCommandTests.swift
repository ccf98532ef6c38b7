import Foundation
import GRDB
import Model
import TestSupport
import Testing

@Suite struct HistoryCommandTests {
    let folder: TemporaryDirectory
    private var suite: String { folder.path + "/suite.yaml" }
    private var database: String { folder.path + "/history.sqlite" }

    init() throws {
        folder = try TemporaryDirectory()
        try NullSuite.yaml(["none"]).write(toFile: folder.path + "/suite.yaml", atomically: true, encoding: .utf8)
    }

    private func measure(_ name: String, _ more: String...) throws {
        let arguments = ["run", suite, "--output", folder.path + "/" + name, "--database", database] + more
        let done = try Command.Running(arguments, shell: nil, environment: [:]).wait()
        #expect(done.status == 0, "\(done.errors)")
    }

    @Test func runsAddThemselvesAndAreListedShownAndNamed() throws {
        try measure("one")
        try measure("two", "--no-history")
        let list = try Command.run("history", "list", "--database", database, "--json")
        #expect(list.status == 0)
        let runs = try #require(
            (JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any])?["runs"] as? [[String: Any]])
        #expect(runs.count == 1)
        #expect(try SchemaValidator.named("history").findings(Data(list.output.utf8)) == [])
        let id = try #require(runs[0]["id"] as? String)
        #expect(try Command.run("history", "record", folder.path + "/two", "--database", database).status == 0)
        #expect(try Command.run("history", "baseline", "set", "main", id, "--database", database).status == 0)
        let show = try Command.run("history", "show", id, "--database", database)
        #expect(show.output.contains("iterationTime"))
        let named = try Command.run("history", "baseline", "list", "--database", database)
        #expect(named.output.contains("main") && named.output.contains(id))
        let trend = try Command.run("history", "trend", "--database", database)
        let drawn = try Command.run("history", "trend", "--database", database, "--json")
        #expect(try SchemaValidator.named("trend").findings(Data(drawn.output.utf8)) == [])
        #expect(trend.status == 0 && trend.output.contains("2 runs"), "\(trend.output)\(trend.errors)")
        #expect(try Command.run("history", "show", "nothing", "--database", database).status == 66)
        #expect(try Command.run("history", "prune", "--keep", "0", "--database", database).output.contains("removed"))
        #expect(try Command.run("history", "list", "--database", database).output.contains(id))
    }

    @Test func aHistoryThatCannotBeWrittenIsAWarning() throws {
        try "text".write(toFile: database, atomically: true, encoding: .utf8)
        let done = try Command.run("run", suite, "--output", folder.path + "/one", "--database", database)
        #expect(done.status == 0)
        #expect(done.errors.contains("not added to the history: \(database): is not an SQLite database"))
        #expect(try Command.run("history", "list", "--database", database).status == 65)
        #expect(try Command.run("history", "list", "--database", folder.path + "/none").status == 66)
    }

    /// Two processes import at once; a third is killed in the middle, again and again. What was whole stays whole.
    @Test func writersThatMeetAndDieLeaveASoundDatabase() throws {
        try measure("one")
        let lines = try Command.run("history", "export", "--database", database).output.split(separator: "\n").map(
            String.init)
        let run = try #require(lines.last)
        let id = try #require(run.firstMatch(of: #/"id"\s*:\s*"(\d{8}-[0-9a-f]{6})"/#)?.output.1)
        func file(_ letter: String, _ count: Int) throws -> String {
            let copies = (0..<count).map { run.replacing(id, with: "\(letter)-\($0)") }
            let path = folder.path + "/\(letter).jsonl"
            try (lines.dropLast() + copies).joined(separator: "\n").write(
                toFile: path, atomically: true, encoding: .utf8)
            return path
        }
        let both = try ["aaaa", "bbbb"].map { letter in
            try Command.Running(["history", "import", try file(letter, 40), "--database", database], environment: [:])
        }
        for running in both { #expect(running.wait().status == 0) }
        let victims = try file("cccc", 400)
        for round in 0..<4 {
            let victim = try Command.Running(["history", "import", victims, "--database", database], environment: [:])
            Thread.sleep(forTimeInterval: 0.05 * Double(round + 1))
            kill(victim.process.processIdentifier, SIGKILL)
            _ = victim.wait()
        }
        let list = try Command.run("history", "list", "--last", "9999", "--database", database, "--json")
        #expect(list.status == 0, "\(list.errors)")
        for letter in ["aaaa", "bbbb"] {
            let count = list.output.components(separatedBy: "\"\(letter)-").count - 1
            #expect(count == 40)
        }
        #expect(try Command.run("history", "trend", "--database", database).status == 0)
        #expect(try Command.run("history", "import", victims, "--database", database).status == 0)
        let all = try Command.run("history", "list", "--last", "9999", "--database", database, "--json")
        #expect(all.output.components(separatedBy: "\"cccc-").count - 1 == 400)
        let check = try DatabaseQueue(path: database).read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        #expect(check == ["ok"])
    }

    @Test func aPlanIsReproducedHere() throws {
        try measure("one")
        let done = try Command.run(
            "reproduce", folder.path + "/one", "--output", folder.path + "/again", "--tolerance", "90%", "--json",
            "--database", database)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains(#""schema" : "assay.reproduction/1""#))
        #expect(done.output.contains(#""outcome" : "holds""#))
        #expect(try SchemaValidator.named("reproduction").findings(Data(done.output.utf8)) == [])
        #expect(try Command.run("verify", folder.path + "/again").status == 0)
        let text = try Command.run(
            "reproduce", folder.path + "/one", "--with", folder.path + "/again", "--tolerance", "90%")
        #expect(text.output.contains("1 holds"))
        // It is a run of this machine like any other.
        func count() throws -> Int {
            let list = try Command.run("history", "list", "--database", database, "--json").output
            let object = try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [String: Any]
            return (object?["runs"] as? [Any])?.count ?? 0
        }
        #expect(try count() == 2)
        let left = try Command.run(
            "reproduce", folder.path + "/one", "--output", folder.path + "/third", "--tolerance", "90%", "--database",
            database, "--no-history")
        #expect(left.status == 0)
        #expect(try count() == 2)
        #expect(try Command.run("history", "trend", "--database", database, "--no-color").status == 0)
    }

    @Test func twoSettingsAreMeasuredInterleavedAndLeaveTwoBundles() throws {
        try "name: plain".write(toFile: folder.path + "/a.yaml", atomically: true, encoding: .utf8)
        try "environment: {ASSAY_TEST_SLOWDOWN: \"1\"}".write(
            toFile: folder.path + "/b.yaml", atomically: true, encoding: .utf8)
        let done = try Command.run(
            "compare", "--live", folder.path + "/a.yaml", folder.path + "/b.yaml", "--suite", suite, "--output",
            folder.path + "/ab", "--json")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try SchemaValidator.named("comparison").findings(Data(done.output.utf8)) == [])
        #expect(done.output.contains(#""isInterleaved" : true"#))
        for side in ["a", "b"] {
            #expect(try Command.run("verify", folder.path + "/ab/" + side).status == 0)
        }
        let other = try String(contentsOfFile: folder.path + "/ab/b/bundle.json", encoding: .utf8)
        #expect(other.contains("ASSAY_TEST_SLOWDOWN"))
        #expect(try SchemaValidator.named("bundle").findings(Data(other.utf8)) == [])
        // No option of `run` sets what a side was set to: its sheet names what does.
        for (side, command) in [("a", "assay reproduce DIRECTORY --output"), ("b", "--trust-settings --output")] {
            let sheet = try String(contentsOfFile: folder.path + "/ab/\(side)/datasheet.md", encoding: .utf8)
            #expect(sheet.contains(command) && !sheet.contains("assay run suite"))
        }
        let wrong = try Command.run("compare", "--live", suite, folder.path + "/b.yaml")
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("suite.yaml"))
    }

    @Test func checkTakesABaselineByName() throws {
        try measure("one")
        try measure("two")
        #expect(
            try Command.run("history", "baseline", "set", "main", "newest", "--database", database).status == 0)
        let done = try Command.run(
            "check", folder.path + "/one", "--baseline", "main", "--max-regression", "90%", "--database", database)
        #expect([0, 3].contains(done.status), "\(done.output)\(done.errors)")
        #expect(done.output.contains("main"))
        let none = try Command.run("check", folder.path + "/one", "--baseline", "nothing", "--database", database)
        #expect(none.status == 66)
    }
}
