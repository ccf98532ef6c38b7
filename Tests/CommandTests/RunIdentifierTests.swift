import Foundation
import Model
import Record
import TestSupport
import Testing

/// Identifiers, and names of users, over every file that a run writes.
@Suite struct RunIdentifierTests {
    /// What a machine is known by, from where the kernel and the system keep it; what is too short to tell is left out.
    private static var ownIdentifiers: [String] {
        func text(_ path: String) -> String? {
            (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let folder = "/sys/class/net"
        let interfaces = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let addresses = interfaces.compactMap { text("\(folder)/\($0)/address") }.filter {
            !$0.hasPrefix("00:00:00:00")
        }
        let firmware = ["product_uuid", "product_serial", "board_serial", "chassis_serial"]
            .compactMap { text("/sys/class/dmi/id/\($0)") }
        let host = ProcessInfo.processInfo.hostName
        return (addresses + firmware + [text("/etc/machine-id"), "\"\(host)\"", "\(host)."].compactMap { $0 })
            .filter { $0.count >= 8 }
    }

    private func files(in folder: String) throws -> [(name: String, text: String)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)).map { (name, $0) }
        }
    }

    /// Of this machine, over every file of a run that was cut off, its journal among them, and of one that was finished.
    @Test func noFileOfARunNamesTheMachine() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 40, time: "60ms").utf8).write(to: URL(fileURLWithPath: suite))
        let output = directory.path + "/run"
        #expect(try Command.run("run", suite, "--output", output, "--time-limit", "0.5s").status == 0)
        let cut = try files(in: output)
        #expect(
            Set(cut.map(\.name)).isSuperset(of: ["journal.jsonl", "bundle.json", "datasheet.md", "datasheet.html"]))
        #expect(try Command.run("run", "--resume", "--output", output, "--time-limit", "1m").status == 0)
        let whole = try files(in: output)
        #expect(!whole.contains { $0.name == "journal.jsonl" })
        for (name, text) in cut + whole {
            for word in Self.ownIdentifiers { #expect(!text.contains(word), "\(name) holds \(word)") }
        }
    }

    /// A library in a home directory: its user's name is in no file but the journal, which has to find it again.
    @Test(arguments: ["planted-user/lib", "planted user"]) func noFileOfARunNamesItsUser(_ folder: String) throws {
        let directory = try TemporaryDirectory()
        let user = directory.path + "/" + folder
        try FileManager.default.createDirectory(atPath: user, withIntermediateDirectories: true)
        let library = user + "/libplanted.so"
        try Data("no library".utf8).write(to: URL(fileURLWithPath: library))
        let suite = directory.path + "/own.yaml"
        let yaml = """
            workloads:
              - {name: small, kernel: matmul, shape: {m: 8, n: 8, k: 8}}
              - {name: null-none, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
            suite: own
            rules: {processes: 2, maximumProcesses: 2, processTime: 30ms, sampleTime: 1ms, rerunShare: 0}
            cases: [{workload: small, backends: [onednn, cblas], threads: [1]}, {workload: null-none, threads: [1]}]
            """
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: suite))
        for home in [directory.path + "/nobody", directory.path] {
            let output = directory.path + "/run" + String(home.count)
            let run = try Command.run(
                "run", suite, "--output", output, "--library", "onednn=\(library)",
                environment: ["HOME": home, "ASSAY_CBLAS": library])
            #expect(run.status == 0, "\(run.errors)")
            let bundle = try BundleFiles.read(output).bundle
            let shown = home == directory.path ? "~/\(folder)/libplanted.so" : "…/libplanted.so"
            #expect(bundle.plan.libraries == ["onednn": shown])
            #expect(bundle.plan.arguments.suffix(2) == ["--library", "onednn=\(shown)"])
            let skipped = bundle.measurements.filter { $0.status == .skipped }
            #expect(skipped.count == 2)
            #expect(skipped.allSatisfy { $0.reason?.contains("libplanted.so: ") == true })
            guard home != directory.path else { continue }
            for (name, text) in try files(in: output) {
                #expect(!text.contains("planted-user") && !text.contains("planted user"), "\(name)")
            }
        }
    }

    /// The file that really computed is part of each measurement; the folder it lies in is not.
    @Test func aLibraryThatWasUsedIsNamedWithoutItsFolder() throws {
        guard let installed = Self.installedBLAS else { return }
        let directory = try TemporaryDirectory()
        let user = directory.path + "/planted-user"
        try FileManager.default.createDirectory(atPath: user, withIntermediateDirectories: true)
        let library = user + "/libcblas-copy.so"
        try FileManager.default.copyItem(atPath: installed, toPath: library)
        let suite = directory.path + "/own.yaml"
        let yaml = """
            workloads: [{name: small, kernel: matmul, shape: {m: 8, n: 8, k: 8}}]
            suite: own
            rules: {processes: 2, maximumProcesses: 2, processTime: 30ms, sampleTime: 1ms, rerunShare: 0}
            cases: [{workload: small, backends: [cblas], threads: [1]}]
            """
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: suite))
        let output = directory.path + "/run"
        let run = try Command.run("run", suite, "--output", output, environment: ["ASSAY_CBLAS": library])
        #expect(run.status == 0, "\(run.errors)")
        let measured = try #require(try BundleFiles.read(output).bundle.measurements.first)
        #expect(measured.implementation?.path == "libcblas-copy.so")
        for (name, text) in try files(in: output) { #expect(!text.contains("planted-user"), "\(name)") }
    }

    private static var installedBLAS: String? {
        let names = ["libopenblas.so.0", "libopenblas.so"]
        let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"]
        let paths = folders.flatMap { folder in names.map { name in folder + "/" + name } }
        return paths.first { FileManager.default.fileExists(atPath: $0) }
            .map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    }
}
