import Foundation
import Model
import TestSupport
import Testing

@Suite struct CompareCommandTests {
    private let directory: TemporaryDirectory
    private let base: String
    private let same: String
    private let slower: String

    init() throws {
        directory = try TemporaryDirectory()
        base = try SampleBundle.write(0.1, to: directory.path + "/base", id: "base")
        same = try SampleBundle.write(0.1, to: directory.path + "/same", id: "again")
        slower = try SampleBundle.write(0.11, to: directory.path + "/slower", id: "slower!") {
            $0.machine.software.kernel = .known("6.1.1")
            $0.plan.cases[0].workload = "<b>=cmd()|x` ::error::%0A"
            $0.measurements[0].case = $0.plan.cases[0]
        }
    }

    private func write(_ text: String, _ name: String) throws -> String {
        let path = directory.path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func theTableNamesDifferencesFirst() throws {
        let text = try Command.run("compare", base, slower)
        #expect(text.status == 0)
        let differs = try #require(text.output.range(of: "kernel"))
        let verdict = try #require(text.output.range(of: "regressed"))
        #expect(differs.lowerBound < verdict.lowerBound)
        #expect(text.output.contains(" → 9.09") && text.output.contains("GFLOP/s"))
    }

    @Test func aRunHeldAgainstItselfIsSaidBeforeAnyRatio() throws {
        let copy = directory.path + "/copy"
        try FileManager.default.copyItem(atPath: base, toPath: copy)
        let other = try SampleBundle.write(0.1, to: directory.path + "/other", id: "base") { $0.id = "another" }
        for (new, said) in [
            (base, "Note: a run is compared with itself (base): no change can show."),
            (copy, "Note: a run is compared with itself (base, as base and copy): no change can show."),
            (other, "base and other (another) hold the same measurements: one is a copy of the other"),
        ] {
            for format in ["text", "md"] {
                let done = try Command.run("compare", base, new, "--format", format)
                #expect(done.status == 0)
                let note = try #require(done.output.range(of: said), "\(done.output)")
                let table = try #require(done.output.range(of: "Every metric"))
                #expect(note.lowerBound < table.lowerBound)
            }
        }
        let check = try Command.run("check", copy, "--baseline", base)
        #expect(check.status == 0 && check.output.contains("a run is compared with itself"))
        #expect(try !Command.run("compare", base, same).output.contains("no change can show"))
    }

    @Test func jsonHoldsToItsSchema() throws {
        let comparison = try Command.run("compare", base, slower, "--format", "json")
        #expect(try SchemaValidator.named("comparison").findings(Data(comparison.output.utf8)) == [])
        let check = try Command.run("check", slower, "--baseline", base, "--json")
        #expect(check.status == 1)
        #expect(try SchemaValidator.named("check").findings(Data(check.output.utf8)) == [])
        let three = try Command.run("compare", base, same, slower, "--json")
        #expect(try SchemaValidator.named("comparisons").findings(Data(three.output.utf8)) == [])
        let list = try JSONSerialization.jsonObject(with: Data(three.output.utf8)) as? [String: Any]
        #expect((list?["comparisons"] as? [Any])?.count == 2)
    }

    @Test func exitCodesAreTheContract() throws {
        #expect(try Command.run("check", same, "--baseline", base).status == 0)
        #expect(try Command.run("check", slower, "--baseline", base).status == 1)
        let loud = try SampleBundle.write(0.101, to: directory.path + "/loud", spread: 0.2, id: "loud")
        #expect(try Command.run("check", loud, "--baseline", base).status == 3)
        let other = try SampleBundle.write(0.1, to: directory.path + "/other", id: "other") {
            $0.measurements[0].implementation?.version = "9"
            for index in $0.processes.indices { $0.processes[index].implementation?.version = "9" }
        }
        #expect(try Command.run("check", other, "--baseline", base).status == 4)
        #expect(try Command.run("check", other, "--baseline", base, "--acknowledge", "library").status == 0)
        #expect(try Command.run("check", slower, "--baseline", base, "--max-regression", "20%").status == 0)
    }

    @Test func dataNeverBecomesMarkup() throws {
        let markdown = try Command.run("compare", base, slower, "--format", "md").output
        #expect(!markdown.contains("<b>"))
        let csv = try Command.run("compare", base, slower, "--format", "csv").output
        #expect(csv.split(separator: "\r\n").count == 2)
        #expect(!csv.contains(",<b>=cmd"))
        let github = try Command.run(
            "check", slower, "--baseline", base, "--format", "json", environment: ["GITHUB_ACTIONS": "true"])
        let commands = github.errors.split(separator: "\n").filter { $0.hasPrefix("::") }
        #expect(commands.count == 1)
        #expect(commands.first?.contains("%250A") == true)
    }

    @Test func reportsAreWritten() throws {
        let path = { (name: String) in self.directory.path + "/reports/" + name }
        let summary = directory.path + "/summary.md"
        let check = try Command.run(
            "check", slower, "--baseline", base, "--report", "junit=" + path("check.xml"), "--report",
            "sarif=" + path("check.sarif"), "--report", "md=" + path("check.md"),
            environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary])
        #expect(check.status == 1)
        #expect(check.output.contains("::error title=regressed"))
        let junit = try String(contentsOfFile: path("check.xml"), encoding: .utf8)
        #expect(junit.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        let elements = try Markup.check(junit.split(separator: "\n").dropFirst().joined(separator: "\n"))
        #expect(elements.count { $0.name == "failure" } == 1)
        let sarif = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path("check.sarif"))))
        let runs = (sarif as? [String: Any])?["runs"] as? [[String: Any]]
        #expect((runs?.first?["results"] as? [Any])?.count == 1)
        #expect(try String(contentsOfFile: summary, encoding: .utf8).contains("regressed"))
    }

    @Test func policiesDecide() throws {
        let lenient = try write("max-regression: 20%\n", "lenient.yaml")
        #expect(try Command.run("check", slower, "--baseline", base, "--policy", lenient).status == 0)
        let ignored = try write(
            "ignore:\n  - {metric: throughput, reason: known, until: 2999-12-31}\n", "ignored.yaml")
        let check = try Command.run("check", slower, "--baseline", base, "--policy", ignored)
        #expect(check.status == 0)
        #expect(check.output.contains("ignored until 2999-12-31"))
        let expired = try write(
            "ignore:\n  - {metric: other, reason: known, until: 2020-01-01}\n", "expired.yaml")
        #expect(try Command.run("check", same, "--baseline", base, "--policy", expired).status == 1)
    }

    @Test func faultsNameTheirPlace() throws {
        let policy = try write("max-regresion: 3%\n", "wrong.yaml")
        let wrong = try Command.run("check", same, "--baseline", base, "--policy", policy)
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("wrong.yaml:1"))
        #expect(try Command.run("check", same, "--baseline", base, "--policy", "absent.yaml").status == 66)
        #expect(try Command.run("compare", base, directory.path + "/absent").status == 66)
        #expect(try Command.run("compare", base).status == 64)
        #expect(try Command.run("compare", base, same, "--acknowledge", "luck").status == 64)
        #expect(try Command.run("check", same, "--baseline", base, "--max-regression", "much").status == 64)

        let broken = try SampleBundle.write(0.1, to: directory.path + "/broken", id: "broken")
        let file = URL(fileURLWithPath: broken + "/samples.jsonl")
        try Data(try Data(contentsOf: file).dropLast(20)).write(to: file)
        let cut = try Command.run("check", broken, "--baseline", base)
        #expect(cut.status == 65)
        #expect(cut.errors.contains("samples.jsonl: line 100: is cut off"))
        let newer = directory.path + "/newer"
        try SampleBundle.write(0.1, to: newer, id: "newer") { $0.schema = "assay.bundle/9" }
        let refused = try Command.run("compare", base, newer)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("newer than this Assay reads"))
    }

    @Test func aSheetHoldsAnotherMachineBesideIt() throws {
        let out = directory.path + "/sheet"
        let sheet = try Command.run(
            "datasheet", slower, "--versus", base, "--format", "md,html,json", "--output", out)
        #expect(sheet.status == 0)
        let markdown = try String(contentsOfFile: out + "/datasheet.md", encoding: .utf8)
        #expect(markdown.contains("Against base"))
        #expect(markdown.contains("slower"))
        // In sight of whoever reads no further than the first half page.
        let glance = markdown.components(separatedBy: "## 3 ")[0]
        #expect(glance.contains("Against base") && glance.contains("1 slower"))
        let html = try String(contentsOfFile: out + "/datasheet.html", encoding: .utf8)
        #expect(html.contains("This machine against base"))
        let json = try Data(contentsOf: URL(fileURLWithPath: out + "/datasheet.json"))
        #expect(try SchemaValidator.named("datasheet").findings(json) == [])
        // It holds to the rules of honest reporting, and so does the comparison itself.
        let rules = ["CMP01", "CMP02", "CMP03", "CMP04"]
        for name in ["datasheet.md", "datasheet.json"] {
            let lint = try Command.run("lint", out + "/" + name)
            for rule in rules { #expect(!lint.output.contains(rule), "\(name): \(lint.output)") }
        }
    }

    @Test func aComparisonIsLinted() throws {
        let path = directory.path + "/comparison.json"
        func lint(_ text: String) throws -> Command {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            return try Command.run("lint", path)
        }
        let one = try Command.run("compare", base, slower, "--json").output
        #expect(try lint(one).status == 0)
        let list = try Command.run("compare", base, same, slower, "--json").output
        #expect(try lint(list).status == 0)
        let unnamed = try lint(one.replacing("\"id\" : \"base\"", with: "\"id\" : \"\""))
        #expect(unnamed.status == 1 && unnamed.output.contains("base[0]: CMP02 error"), "\(unnamed.output)")
        let unversioned = try lint(one.replacing("\"commit\" : \"aaaa\"", with: "\"commit\" : \"unknown\""))
        #expect(unversioned.status == 1 && unversioned.output.contains("base[0].tool: CMP02 error"))
    }

    @Test func aSheetHoldsSeveralMachinesBesideIt() throws {
        let out = directory.path + "/both"
        let sheet = try Command.run(
            "datasheet", slower, "--versus", base, same, "--format", "md", "--output", out)
        #expect(sheet.status == 0, "\(sheet.errors)")
        let markdown = try String(contentsOfFile: out + "/datasheet.md", encoding: .utf8)
        #expect(markdown.contains("Against base") && markdown.contains("Against same"))
        let repeated = try Command.run(
            "datasheet", slower, "--versus", base, "--versus", same, "--format", "md", "--output", out)
        #expect(repeated.status == 0)
        #expect(try String(contentsOfFile: out + "/datasheet.md", encoding: .utf8) == markdown)
        let many = try Command.run("datasheet", slower, "--versus", base, same, base, same, base)
        #expect(many.status == 64)
    }

    /// What stands in section 15 is the command that was given, and it makes the same bytes.
    @Test(arguments: [
        [], ["--revision", "2", "--title", "A lab's machine"],
        [
            "--price", "0.36", "--currency", "USD", "--billing", "on-demand", "--region", "eu-central-1",
            "--price-date",
            "2026-11-20", "--price-source", "price page", "--run-by", "Lab A",
        ],
        ["--training-parameters", "7e9", "--training-tokens", "1.4e11", "--training-name", "a 7B model"],
        ["--training-flop", "3.15e23"],
    ]) func theSheetNamesItsOwnCommand(options: [String]) throws {
        let (first, second) = (directory.path + "/first", directory.path + "/second")
        let given = ["datasheet", same, "--format", "md", "--output", first] + options
        #expect(try Command.Running(given + ["--versus", base]).wait().status == 0)
        let markdown = try String(contentsOfFile: first + "/datasheet.md", encoding: .utf8)
        let line = try #require(markdown.split(separator: "\n").first { $0.hasPrefix("assay datasheet DIRECTORY") })
        let command = line.components(separatedBy: "  #")[0].replacing("DIRECTORY", with: same)
            .replacing("--versus base", with: "--versus " + base)
        let again = try Command.run(
            "unused",
            shell:
                "cd \(directory.path); exec \(Command.executable)\(command.dropFirst(5)) --format md --output \(second); "
        )
        #expect(again.status == 0, "\(command)\n\(again.errors)")
        #expect(try String(contentsOfFile: second + "/datasheet.md", encoding: .utf8) == markdown)
    }

    /// A value of a noisy measurement is compared, and nobody has to guess that it is one.
    @Test func theStatusOfEachSideIsSaid() throws {
        let noisy = try SampleBundle.write(0.1, to: directory.path + "/noisy", id: "noisy") {
            $0.measurements[0].status = .noisy
            $0.measurements[0].reason = "steal"
        }
        for arguments in [["compare", base, noisy], ["check", noisy, "--baseline", base]] {
            let text = try Command.Running(arguments + ["--unverified"]).wait().output
            #expect(text.contains("1 of 1 metrics of the new run rest on measurements that are not valid (1 noisy)"))
        }
        let table = try Command.run("compare", noisy, base, "--unverified", "--format", "md").output
        #expect(table.contains("base noisy"))
        let csv = try Command.run("compare", noisy, base, "--unverified", "--format", "csv").output
        #expect(csv.contains("baseStatus") && csv.contains(",noisy,") && csv.contains(",valid,"))
        let sheet = try Command.run("datasheet", base, "--versus", noisy, "--unverified", "--format", "md", "--stdout")
        #expect(sheet.output.contains("noisy noisy") && sheet.output.contains("rest on measurements"))
    }
}
