import Foundation
import Model
import Record
import TestSupport
import Testing

/// When a run goes on, and when it may not.
@Suite(.serialized) struct ResumeTests {
    private let directory: TemporaryDirectory
    private var output: String { directory.path + "/run" }

    init() throws { directory = try TemporaryDirectory() }

    private func suite() throws -> String {
        let file = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 12, time: "200ms").utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// A library that says which version it is, in the place of OpenBLAS.
    private func library(_ name: String, version: String) throws -> String {
        let path = "\(directory.path)/\(name)"
        let source = path + ".c"
        try Data("const char *openblas_get_config(void) { return \"OpenBLAS \(version) Test\"; }".utf8)
            .write(to: URL(fileURLWithPath: source))
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-o", path, source]
        try compiler.run()
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0, "cc cannot build the library")
        return path
    }

    @Test func anotherVersionOfALibraryIsRefusedAndNamed() throws {
        let path = try library("libtest.so", version: "0.3.1")
        let chosen = ["ASSAY_CBLAS": path]
        #expect(
            try Command.run("run", try suite(), "--output", output, "--time-limit", "0.5s", environment: chosen).status
                == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: output + "/journal.jsonl"))
        let newer = try library("libtest.so", version: "0.3.2")
        #expect(newer == path)
        let refused = try Command.run("run", "--resume", "--output", output, environment: chosen)
        #expect(refused.status == 65)
        #expect(
            refused.errors.contains(
                "was begun with another library: BLAS, as chosen 0.3.2 instead of 0.3.1"), "\(refused.errors)")
        // Nothing was written.
        #expect(try Data(contentsOf: URL(fileURLWithPath: output + "/journal.jsonl")) == before)
        _ = try library("libtest.so", version: "0.3.1")
        let resumed = try Command.run("run", "--resume", "--output", output, "--time-limit", "1m", environment: chosen)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try BundleFiles.read(output).bundle.processes.count { $0.outcome != .interrupted } == 12)
    }

    /// Two that are told to write to one place at once: one does.
    @Test func twoRunsDoNotBeginInOnePlace() throws {
        let file = try suite()
        let runs = try (0..<3).map { _ in
            try Command.Running(["run", file, "--output", output, "--time-limit", "2s"])
        }
        let ended = runs.map { $0.wait() }
        #expect(ended.count { $0.status == 0 } == 1, "\(ended.map(\.errors))")
        #expect(ended.count { $0.status == 73 } == 2)
        let verified = try Command.run("verify", output)
        #expect(verified.status == 0, "\(verified.output)")
    }

    /// Limits are read again when the run is over, and what changed is named in the bundle and its sheet.
    @Test func aLimitThatChangedIsNamed() throws {
        let running = try Command.Running(["run", try suite(), "--output", output], shell: "ulimit -Sn 512;")
        Processes.wait("samples") { ((try? JournalContent(directory: output))?.samples.count ?? 0) > 10 }
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tool.arguments = ["prlimit", "--pid", "\(running.process.processIdentifier)", "--nofile=400:"]
        try tool.run()
        tool.waitUntilExit()
        try #require(tool.terminationStatus == 0)
        #expect(running.wait().status == 0)
        let bundle = try BundleFiles.read(output).bundle
        let change = try #require(bundle.tunablesChanged.first { $0.name == "openFilesLimit" })
        #expect(change.before.value?.hasPrefix("512,") == true && change.after.value?.hasPrefix("400,") == true)
        let page = try String(contentsOfFile: output + "/datasheet.md", encoding: .utf8)
        #expect(page.contains("open files limit"))
    }
}
