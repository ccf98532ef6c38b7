import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
    @Test(arguments: [[], ["doctor"], ["run"], ["probe"], ["list"], ["datasheet"], ["verify"], ["export"]])
    func helpHasExamples(command: [String]) throws {
        let help = try Command.Running(command + ["--help"]).wait()
        #expect(help.status == 0)
        #expect(help.output.contains("Examples:"))
        #expect(!help.output.contains("worker") && !help.output.contains("library-info"))
    }

    /// The exit codes stand in the help and in the README alike.
    @Test func everyExitCodeIsInTheHelp() throws {
        let help = try Command.run("--help").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(help.contains("129, 130, 143 interrupted by SIGHUP, SIGINT, SIGTERM"))
        let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        #expect(try String(contentsOf: readme, encoding: .utf8).contains("| 129 / 130 / 143 |"))
    }

    @Test func usageErrorsAre64() throws {
        #expect(try Command.run("frobnicate").status == 64)
        #expect(try Command.run("run", "--time-limit", "soon").status == 64)
        #expect(try Command.run("run", "--processes", "0").status == 64)
        #expect(try Command.run("run", "--library", "onednn").status == 64)
        #expect(try Command.run("run", "--isa", "avx9000").status == 64)
        #expect(try Command.run("datasheet", "x", "--format", "docx").status == 64)
    }

    @Test(arguments: [["--json", "--xml"], ["--xml", "--svg"], ["--json", "--svg"], ["--json", "--xml", "--svg"]])
    func aProbeHasOneOutput(flags: [String]) throws {
        let probe = try Command.Running(["probe"] + flags).wait()
        #expect(probe.status == 64)
        #expect(probe.output.isEmpty)
        for flag in flags { #expect(probe.errors.contains(flag)) }
    }

    @Test func theTopologyIsExportedAndReadAgain() throws {
        let directory = try TemporaryDirectory()
        let xml = try Command.run("probe", "--xml")
        #expect(xml.status == 0)
        #expect(!xml.output.contains("HostName"))
        let file = directory.path + "/mine.xml"
        try Data(xml.output.utf8).write(to: URL(fileURLWithPath: file))
        let again = try Command.run("probe", "--topology", file, "--xml")
        for type in ["Package", "Core", "PU", "NUMANode", "PCIDev", "OSDev"] {
            let mark = "type=\"\(type)\""
            #expect(
                again.output.components(separatedBy: mark).count == xml.output.components(separatedBy: mark).count)
        }
        // The same with the parser, which a plain request goes without.
        #expect(try Command.run("probe", "--xml", "--topology", file).output == again.output)
        let newer = xml.output.replacingOccurrences(of: "<topology version=\"2.0\"", with: "<topology version=\"3.0\"")
        try Data(newer.utf8).write(to: URL(fileURLWithPath: file))
        for flag in ["--xml", "--svg", "--json"] {
            let refused = try Command.run("probe", "--topology", file, flag)
            #expect(refused.status == 65)
            #expect(refused.errors.contains("version 3.0"))
        }
    }

    @Test func thePictureIsAPicture() throws {
        let picture = try Command.run("probe", "--svg")
        #expect(picture.status == 0)
        try Markup.check(picture.output)
        #expect(picture.output.hasPrefix("<svg "))
        #expect(picture.output.contains("processing unit") || picture.output.contains("thread"))
    }

    @Test func unknownSuitesAre66AndSuggest() throws {
        let run = try Command.run("run", "quik", "--output", "/nonexistent/x")
        #expect(run.status == 66)
        #expect(run.errors.contains("did you mean quick"))
        #expect(run.output.isEmpty)
    }

    @Test func badYAMLIs65AndNamesLineAndKey() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/mine.yaml"
        try Data("cases:\n  - {workload: matmul-1024, threads: [-1]}\n".utf8).write(to: URL(fileURLWithPath: file))
        let run = try Command.run("run", file, "--output", directory.path + "/out")
        #expect(run.status == 65)
        #expect(run.errors.contains("mine.yaml:2: cases[0].threads[0]: -1 is not positive"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/out"))
    }

    @Test func outputThatCannotBeCreatedIs73() throws {
        let run = try Command.run("run", "smoke", "--output", "/proc/nowhere/run")
        #expect(run.status == 73)
        #expect(run.errors.contains("/proc/nowhere/run"))
    }

    @Test func outputThatCannotBeWrittenIs74() throws {
        #expect(try Command.run("list", shell: "exec >/dev/full;").status == 74)
        #expect(try Command.run("probe", "--json", shell: "exec >/dev/full;").status == 74)
    }

    @Test func resumeTakesNoPlan() throws {
        #expect(try Command.run("run", "standard", "--resume").status == 64)
        #expect(try Command.run("run", "--seed", "9", "--resume").status == 64)
    }

    @Test func aCopyOfAShippedSuiteIsASuite() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/suite_smoke.yaml"
        try Data("suite: smoke\ncases: [{workload: no-such}]\n".utf8).write(to: URL(fileURLWithPath: file))
        let run = try Command.run("run", file, "--output", directory.path + "/out")
        #expect(run.status == 65)
        #expect(run.errors.contains("unknown workload no-such"))
    }

    @Test func onlyTakesNamesAndSuggests() throws {
        let run = try Command.run("run", "smoke", "--only", "matmul-102x", "--output", "/nonexistent/x")
        #expect(run.status == 64)
        #expect(run.errors.contains("did you mean matmul-1024"), "\(run.errors)")
    }

    @Test func missingBundlesAre66() throws {
        #expect(try Command.run("verify", "/nonexistent").status == 66)
        #expect(try Command.run("datasheet", "/nonexistent").status == 66)
    }

    @Test func listsAreJSONToo() throws {
        for subject in ["suites", "workloads", "backends", "power"] {
            let list = try Command.run("list", subject, "--json")
            #expect(list.status == 0)
            let value = try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any]
            #expect(value?["schema"] as? String == "assay.list/1")
            #expect((value?["entries"] as? [Any])?.isEmpty == false)
        }
    }

    @Test func probeReadsATopologyFileOrSaysWhyNot() throws {
        #expect(try Command.run("probe", "--topology", "/nonexistent.xml").status == 66)
        let directory = try TemporaryDirectory()
        let file = directory.path + "/bad.xml"
        try Data("<topology><object".utf8).write(to: URL(fileURLWithPath: file))
        let probe = try Command.run("probe", "--topology", file)
        #expect(probe.status == 65)
        #expect(probe.errors.contains("bad.xml"))
    }

    @Test func probeAsJSONHasTheKeysScriptsDependOn() throws {
        let probe = try Command.run("probe", "--json")
        #expect(probe.status == 0)
        let value = try #require(try JSONSerialization.jsonObject(with: Data(probe.output.utf8)) as? [String: Any])
        #expect(value["schema"] as? String == "assay.machine/1")
        let topology = try #require(value["topology"] as? [String: Any])
        for key in ["packages", "cores", "processingUnits"] { #expect((topology[key] as? Int ?? 0) > 0, "\(key)") }
        for key in ["numaNodes", "caches", "coreKinds", "numaDistances", "devices"] {
            #expect(topology[key] is [Any], "\(key)")
        }
        for key in ["processor", "memory", "software", "tunables", "cloud", "limits", "power", "claims"] {
            #expect(value[key] != nil, "\(key)")
        }
    }

    @Test func withoutATerminalThereAreNoEscapes() throws {
        let probe = try Command.run("probe")
        #expect(!probe.output.contains("\u{1B}"))
    }
}
