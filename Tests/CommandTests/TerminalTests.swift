import Foundation
import Model
import Record
import TestSupport
import Testing

/// What a terminal is shown, through a pseudo-terminal that `script` opens.
@Suite struct TerminalCommandTests {
    private static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

    /// Standard output and standard error as the terminal got them.
    private func onTerminal(_ arguments: [String], environment: [String: String] = [:]) throws -> Command {
        let words = ([Command.executable] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
        process.arguments = ["-qefc", "stty cols 100; \(words)", "/dev/null"]
        let own = [
            "ASSAY_TEST_NULL": "1", "ASSAY_METADATA_ENDPOINT": "http://127.0.0.1:1", "SHELL": "/bin/sh",
            "XDG_STATE_HOME": "/nonexistent", "XDG_DATA_HOME": Command.dataHome, "TERM": "xterm",
        ]
        var inherited = ProcessInfo.processInfo.environment
        inherited["NO_COLOR"] = nil
        process.environment = inherited.merging(own) { $1 }.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Command(
            output: String(decoding: data, as: UTF8.self), errors: "", status: process.terminationStatus)
    }

    private func run(_ flags: [String], environment: [String: String] = [:]) throws -> Command {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none", "exit"]).utf8).write(to: URL(fileURLWithPath: suite))
        return try onTerminal(["run", suite, "--output", directory.path + "/run"] + flags, environment: environment)
    }

    private static let colour = "\u{1B}["
    private static let redrawn = "\r\u{1B}[K"

    @Test(.enabled(if: hasScript, "no script (bsdutils) here"))
    func aTerminalHasALineThatRedrawsAndColours() throws {
        let run = try run([])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains(Self.redrawn + "null-none"))
        #expect(run.output.contains("█") || run.output.contains("░"))
        #expect(run.output.contains(" left"))
        #expect(!run.output.contains("progress   "))
        let bare = run.output.replacing(Self.redrawn, with: "")
        #expect(bare.contains(Self.colour), "a failed case is coloured")
        // The line is taken away when the run is over.
        let last = try #require(run.output.range(of: Self.redrawn, options: .backwards))
        #expect(!run.output[last.upperBound...].contains(" left"))
    }

    /// NO_COLOR takes away colours and leaves the line; --no-color takes away both.
    @Test(.enabled(if: hasScript, "no script (bsdutils) here"))
    func coloursCanBeForbidden() throws {
        let variable = try run([], environment: ["NO_COLOR": "1"])
        #expect(variable.status == 0)
        #expect(variable.output.contains(Self.redrawn))
        #expect(!variable.output.replacing(Self.redrawn, with: "").contains("\u{1B}"))
        let flag = try run(["--no-color"])
        #expect(flag.status == 0)
        #expect(!flag.output.contains("\u{1B}"))
        #expect(flag.output.contains("progress   "))
    }

    @Test(.enabled(if: hasScript, "no script (bsdutils) here"))
    func aListIsColouredUnlessThatIsForbidden() throws {
        let machines =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
            + "/ProbeTests/Fixtures/machines/intel-hybrid.tree"
        let tree = try CapturedTree(file: machines)
        for (flags, environment, isColoured) in [
            ([], [:], true), (["--no-color"], [:], false), ([], ["NO_COLOR": "1"], false), ([], ["NO_COLOR": ""], true),
        ] as [([String], [String: String], Bool)] {
            let doctor = try onTerminal(["doctor", "--sysroot", tree.path] + flags, environment: environment)
            #expect(doctor.status == 0)
            // The line that says what is being done is none of it.
            #expect(
                doctor.output.replacing(Self.redrawn, with: "").contains("\u{1B}[") == isColoured,
                "\(flags) \(environment)")
        }
    }

    @Test func elsewhereAreLinesAlone() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"]).utf8).write(to: URL(fileURLWithPath: suite))
        let run = try Command.run("run", suite, "--output", directory.path + "/run")
        #expect(run.status == 0)
        #expect(!run.errors.contains("\u{1B}") && !run.errors.contains("\r") && !run.output.contains("\u{1B}"))
        #expect(run.errors.contains("progress   0 of 3 processes"))
    }
}

/// A disk that is full when the run is over: what was measured stays, and is published once there is room.
@Suite struct FullDiskTests {
    /// A file system of so many bytes, where this machine lets us mount one.
    private struct Disk {
        let path: String

        init?(_ path: String, bytes: Int) {
            self.path = path
            guard geteuid() == 0,
                (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil,
                Disk.tool(["mount", "-t", "tmpfs", "-o", "size=\(bytes)", "none", path])
            else { return nil }
        }

        func grow(to bytes: Int) -> Bool { Disk.tool(["mount", "-o", "remount,size=\(bytes)", path]) }
        func remove() { _ = Disk.tool(["umount", path]) }

        private static func tool(_ words: [String]) -> Bool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }

        static let isPossible: Bool = {
            guard let folder = try? TemporaryDirectory(), let disk = Disk(folder.path + "/disk", bytes: 1 << 20) else {
                return false
            }
            disk.remove()
            return true
        }()
    }

    @Test(.enabled(if: Disk.isPossible, "no file system can be mounted here"))
    func whatWasMeasuredIsPublishedOnceThereIsRoom() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"]).utf8).write(to: URL(fileURLWithPath: suite))
        // How much a run writes depends on the machine: so much that all but the last file fits.
        let whole = directory.path + "/whole"
        #expect(try Command.run("run", suite, "--output", whole).status == 0)
        let sheet = try Data(contentsOf: URL(fileURLWithPath: whole + "/datasheet.html")).count
        let bundle = try Data(contentsOf: URL(fileURLWithPath: whole + "/bundle.json")).count
        for room in [sheet / 2 + bundle * 2, bundle] {
            let disk = try #require(Disk(directory.path + "/disk\(room)", bytes: (room + 4095) / 4096 * 4096))
            defer { disk.remove() }
            let output = disk.path + "/run"
            let run = try Command.run("run", suite, "--output", output)
            #expect(run.status == 74 || run.status == 73, "\(run.status) \(run.errors)")
            #expect(run.errors.contains("No space left on device"))
            #expect(run.errors.contains("go on with: assay run --resume --output \(output)"))
            let journal = try JournalContent(directory: output)
            #expect(journal.records.count == 3 && journal.samples.count > 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: output).allSatisfy { !$0.hasSuffix(".tmp") })
            #expect(disk.grow(to: 64 << 20))
            let resumed = try Command.run("run", "--resume", "--output", output)
            #expect(resumed.status == 0, "\(resumed.errors)")
            let recording = try BundleFiles.read(output)
            #expect(recording.samples == journal.samples)
            #expect(recording.bundle.interrupted == nil)
            #expect(try Command.run("verify", output).status == 0)
        }
    }
}
