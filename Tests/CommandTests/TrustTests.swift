import Foundation
import Model
import Record
import TestSupport
import Testing

/// A bundle is data: what it names decides no code here, and what does not verify is not judged.
@Suite struct TrustTests {
    private let folder: TemporaryDirectory
    private let base: String
    private let changed: String

    init() throws {
        folder = try TemporaryDirectory()
        base = try SampleBundle.write(0.1, to: folder.path + "/base", id: "base")
        changed = try SampleBundle.write(0.1, to: folder.path + "/changed", id: "changed")
        let file = changed + "/bundle.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let edited = text.replacing("\"duration\" : 10", with: "\"duration\" : 11")
        #expect(edited != text)
        try edited.write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// A run of a null workload, whose bundle then says that it was measured under `change`.
    private func run(_ name: String, _ change: (inout Plan) -> Void) throws -> String {
        let suite = folder.path + "/suite.yaml"
        try NullSuite.yaml(["none"]).write(toFile: suite, atomically: true, encoding: .utf8)
        let path = folder.path + "/" + name
        #expect(try Command.run("run", suite, "--no-history", "--output", path).status == 0)
        var recording = try BundleFiles.read(path)
        change(&recording.bundle.plan)
        try BundleFiles.write(recording, to: path)
        #expect(try Command.run("verify", path).status == 0)
        return path
    }

    private func files(_ prefix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(prefix) }
    }

    /// The loader writes a file for each process that is started with these variables: so it is seen whether one was.
    @Test func aForeignPlanSetsNoVariableOfTheLoader() throws {
        let output = folder.path + "/loader"
        let path = try run("foreign") { $0.environment = ["LD_DEBUG": "files", "LD_DEBUG_OUTPUT": output] }
        let refused = try Command.run("reproduce", path, "--no-history", "--output", folder.path + "/again")
        #expect(refused.status == 69)
        #expect(refused.errors.contains("refused    variable LD_DEBUG=files"))
        #expect(refused.output.contains("a bundle may not set here"), "\(refused.output)")
        #expect(try files("loader") == [])
        let trusted = try Command.run(
            "reproduce", path, "--no-history", "--output", folder.path + "/again", "--trust-settings", "--tolerance",
            "90%")
        #expect(trusted.status == 0, "\(trusted.errors)")
        #expect(trusted.errors.contains("applied    variable LD_DEBUG=files"))
        #expect(!(try files("loader").isEmpty))
    }

    /// Whoever loads a library names it to the loader, whose words we ask for ourselves.
    @Test func aForeignPlanLoadsNoLibrary() throws {
        let library = folder.path + "/evil.so"
        let real = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/lib"].map { $0 + "/libm.so.6" }
        try FileManager.default.copyItem(
            atPath: try #require(real.first { FileManager.default.fileExists(atPath: $0) }), toPath: library)
        let path = try run("foreign") { $0.libraries = ["cblas": library] }
        func loaded(_ name: String, _ more: String...) throws -> Bool {
            let log = folder.path + "/" + name
            let done = try Command.Running(
                ["reproduce", path, "--no-history", "--output", log + "-again", "--tolerance", "90%"] + more,
                environment: ["LD_DEBUG": "files", "LD_DEBUG_OUTPUT": log + "-log"]
            ).wait()
            #expect(done.status == 0, "\(done.errors)")
            #expect(done.errors.contains("library cblas=\(library)"))
            return try files(name + "-log").contains {
                try String(contentsOfFile: folder.path + "/" + $0, encoding: .utf8).contains("evil.so")
            }
        }
        #expect(try !loaded("untrusted"))
        // The same question answers yes where the library is asked for.
        #expect(try loaded("trusted", "--trust-settings"))
    }

    @Test func harmlessVariablesAreAppliedAndTold() throws {
        let path = try run("mild") { $0.environment = ["OMP_SCHEDULE": "static", "DNNL_VERBOSE": "0"] }
        let done = try Command.run(
            "reproduce", path, "--no-history", "--output", folder.path + "/again", "--tolerance", "90%")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.errors.contains("applied    variable OMP_SCHEDULE=static"))
    }

    @Test func confirmingLoadsNothingUnasked() throws {
        let slower = try SampleBundle.write(0.11, to: folder.path + "/slower", id: "slower!") {
            $0.plan.libraries = ["onednn": "/tmp/evil.so"]
        }
        let check = try Command.run("check", slower, "--baseline", base, "--confirm")
        #expect(check.status == 69)
        #expect(check.errors.contains("library onednn=/tmp/evil.so") && check.errors.contains("--trust-settings"))
        #expect(try Command.run("check", slower, "--baseline", base, "--trust-settings").status == 64)
    }

    @Test func whatDoesNotVerifyIsNotJudged() throws {
        let database = folder.path + "/history.sqlite"
        let commands = [
            ["compare", base, changed], ["compare", changed, base], ["check", changed, "--baseline", base],
            ["check", base, "--baseline", changed], ["reproduce", base, "--with", changed],
            ["reproduce", changed, "--with", base],
            ["datasheet", base, "--versus", changed, "--format", "md", "--stdout"],
            ["history", "add", changed, "--database", database],
        ]
        for command in commands {
            let refused = try Command.Running(command).wait()
            #expect(refused.status == 65, "\(command)")
            #expect(refused.errors.contains("changed/bundle.json: changed after it was written"), "\(command)")
            #expect(refused.errors.contains("--unverified"))
            let judged = try Command.Running(command + ["--unverified"]).wait()
            #expect(judged.status == 0, "\(command) \(judged.errors)")
            #expect(judged.output.contains("is not verified: bundle.json: changed"), "\(command)")
        }
        #expect(try Command.run("history", "list", "--database", database).output.contains("changed"))
    }

    /// Hashes that hold say nothing of numbers that do not follow.
    @Test func numbersThatDoNotFollowAreNotJudgedEither() throws {
        let made = try SampleBundle.write(0.1, to: folder.path + "/made", id: "made") {
            $0.measurements[0].metrics[0].value *= 1.2
        }
        let refused = try Command.run("check", made, "--baseline", base)
        #expect(refused.status == 65)
        #expect(refused.errors.contains("made/bundle.json: measurements[0]"))
    }
}
