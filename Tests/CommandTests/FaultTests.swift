import Foundation
import Model
import Record
import TestSupport
import Testing

/// Real child processes that crash, hang, and are killed. They compute nothing; what is tested is that nothing is lost.
@Suite(.serialized) struct FaultTests {
    let directory: TemporaryDirectory
    var output: String { directory.path + "/run" }

    init() throws { directory = try TemporaryDirectory() }

    private func suite(_ yaml: String) throws -> String {
        let file = directory.path + "/nulls.yaml"
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    private func measurement(_ recording: Recording, _ name: String) throws -> Model.Measurement {
        try #require(recording.bundle.measurements.first { $0.case.workload.hasPrefix("null-\(name) ") })
    }

    /// Everything that must hold of any run that ended, however it ended.
    private func expectWhole(_ recording: Recording) throws {
        let keys = recording.samples.map { "\($0.case) \($0.process) \($0.index)" }
        #expect(Set(keys).count == keys.count, "a sample is there twice")
        let processes = recording.bundle.processes.map { "\($0.case) \($0.process)" }
        #expect(Set(processes).count == processes.count, "a process is there twice")
        let verified = try Command.run("verify", output)
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func faultsCostOneCaseEach() throws {
        let file = try suite(NullSuite.yaml(["none", "crash", "hang", "exit", "wrong"]))
        let run = try Command.run("run", file, "--output", output)
        #expect(run.status == 0, "\(run.errors)")
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        let good = try measurement(recording, "none")
        #expect(good.processes == 3)
        #expect(good.metrics.count == 1)
        let expected = [
            "crash": "signal ", "hang": "hung: no end within its time", "exit": "exit code 7", "wrong": "wrong result",
        ]
        for (name, reason) in expected {
            let bad = try measurement(recording, name)
            #expect(bad.status == .failed)
            #expect(bad.reason?.hasPrefix(reason) == true, "\(name): \(bad.reason ?? "")")
            #expect(bad.metrics.isEmpty)
        }
        // A wrong kernel is never timed.
        let wrong = try measurement(recording, "wrong").case.id
        #expect(!recording.samples.contains { $0.case == wrong })
        let page = try String(contentsOfFile: output + "/datasheet.md", encoding: .utf8)
        for name in expected.keys { #expect(page.contains("null-\(name)")) }
    }

    @Test func aWorkerKilledFromOutsideFailsItsCaseAlone() throws {
        let file = try suite(NullSuite.yaml(["hang", "none"], hang: "30s"))
        let running = try Command.Running(["run", file, "--output", output])
        // The hanging worker is the one that stays.
        var victim: Int32 = 0
        Processes.wait("a worker that stays") {
            // The probe before has children too, which ask libraries.
            let first = Processes.children(of: running.process.processIdentifier).filter(Processes.isWorker)
            Thread.sleep(forTimeInterval: 0.5)
            let still = Processes.children(of: running.process.processIdentifier).filter(first.contains)
            victim = still.first ?? 0
            return victim > 0
        }
        kill(victim, SIGKILL)
        #expect(running.wait().status == 0)
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        #expect(try measurement(recording, "hang").reason?.hasPrefix("signal 9 (SIGKILL)") == true)
        #expect(try measurement(recording, "none").processes == 3)
    }

    @Test(arguments: [
        (SIGHUP, Int32(129), "SIGHUP"), (SIGINT, Int32(130), "SIGINT"), (SIGTERM, Int32(143), "SIGTERM"),
    ])
    func signalsCloseTheBundle(signal: Int32, code: Int32, name: String) throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 200, time: "200ms"))
        let running = try Command.Running(["run", file, "--output", output])
        var workers: [Int32] = []
        Processes.wait("samples") {
            workers += Processes.children(of: running.process.processIdentifier)
            return ((try? JournalContent(directory: output))?.samples.count ?? 0) > 10
        }
        workers += Processes.children(of: running.process.processIdentifier)
        kill(running.process.processIdentifier, signal)
        let ended = running.wait()
        #expect(ended.status == code)
        let recording = try BundleFiles.read(output)
        #expect(recording.bundle.interrupted == name)
        #expect(!recording.samples.isEmpty)
        try expectWhole(recording)
        Processes.wait("children reaped") { !workers.contains(where: Processes.isAlive) }
        #expect(ended.output.contains("--resume"))
    }

    /// kill -9 again and again at moments that differ; what a journal had is in the final bundle, once.
    @Test func killNineAndResume() throws {
        let file = try suite(NullSuite.yaml(["none", "exit"], processes: 12, time: "60ms"))
        var seen: [Sample] = []
        for round in 0..<6 {
            let arguments = round == 0 ? ["run", file, "--output", output] : ["run", "--resume", "--output", output]
            let running = try Command.Running(arguments)
            let before = seen.count
            Processes.wait("samples of round \(round)") {
                let journal = try? JournalContent(directory: output)
                return (journal?.samples.count ?? 0) > before || !running.process.isRunning
            }
            Thread.sleep(forTimeInterval: 0.013 * Double(round * round))
            let workers = Processes.children(of: running.process.processIdentifier)
            kill(running.process.processIdentifier, SIGKILL)
            _ = running.wait()
            Processes.wait("workers gone") { !workers.contains(where: Processes.isAlive) }
            guard let journal = try? JournalContent(directory: output) else { break }
            #expect(Array(journal.samples.prefix(seen.count)) == seen)
            seen = journal.samples
        }
        if FileManager.default.fileExists(atPath: output + "/journal.jsonl") {
            let last = try Command.run("run", "--resume", "--output", output)
            #expect(last.status == 0, "\(last.errors)")
        }
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        #expect(Array(recording.samples.prefix(seen.count)) == seen)
        #expect(recording.bundle.interrupted == nil)
        #expect(recording.bundle.resumed >= 1)
        #expect(try measurement(recording, "none").processes == 12)
        #expect(!FileManager.default.fileExists(atPath: output + "/journal.jsonl"))
    }

    /// Two coordinators on one journal would measure at once, and under the same numbers.
    @Test func aRunThatGoesOnCannotBeResumed() throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 30, time: "60ms"))
        let running = try Command.Running(["run", file, "--output", output])
        Processes.wait("samples") { ((try? JournalContent(directory: output))?.samples.count ?? 0) > 10 }
        let second = try Command.run("run", "--resume", "--output", output)
        #expect(second.status == 73)
        #expect(second.errors.contains("a run is writing it"))
        #expect(running.wait().status == 0)
        try expectWhole(try BundleFiles.read(output))
    }

    /// A suspended terminal is no fault of the worker.
    @Test func aSuspendedCoordinatorFailsNothing() throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 6, time: "100ms", hang: "1s"))
        let running = try Command.Running(["run", file, "--output", output])
        Processes.wait("samples") { ((try? JournalContent(directory: output))?.samples.count ?? 0) > 10 }
        kill(running.process.processIdentifier, SIGSTOP)
        Thread.sleep(forTimeInterval: 2.5)
        kill(running.process.processIdentifier, SIGCONT)
        #expect(running.wait().status == 0)
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        #expect(try measurement(recording, "none").processes == 6)
    }

    @Test func afterATimeLimitResumeGoesOn() throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 12, time: "200ms"))
        #expect(try Command.run("run", file, "--output", output, "--time-limit", "0.5s").status == 0)
        let first = try BundleFiles.read(output)
        #expect(first.bundle.interrupted?.contains("time limit") == true)
        #expect(try measurement(first, "none").processes < 12)
        #expect(try Command.run("run", "--resume", "--output", output, "--time-limit", "1m").status == 0)
        let second = try BundleFiles.read(output)
        try expectWhole(second)
        #expect(second.bundle.interrupted == nil)
        #expect(try measurement(second, "none").processes == 12)
    }

    @Test func aTamperedBundleIsNotStampedValid() throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 6))
        #expect(try Command.run("run", file, "--output", output).status == 0)
        let url = URL(fileURLWithPath: output + "/bundle.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        let changed = text.replacingOccurrences(of: "\"modified\" : true", with: "\"modified\" : false")
            .replacingOccurrences(of: "\"seed\" : ", with: "\"seed\" : 1")
        #expect(changed != text)
        try Data(changed.utf8).write(to: url)
        let again = directory.path + "/again"
        let sheet = try Command.run("datasheet", output, "--output", again)
        #expect(sheet.status == 0)
        #expect(sheet.errors.contains("bundle.json: changed"))
        #expect(try String(contentsOfFile: again + "/datasheet.md", encoding: .utf8).contains("**INVALID**"))
    }

    @Test func aFullDiskLeavesWhatWasMeasured() throws {
        let file = try suite(NullSuite.yaml(["none"], processes: 400, time: "30ms"))
        // Files may grow to 64 KiB (ulimit counts in blocks of 512 bytes here): the journal reaches that half-way.
        let run = try Command.run("run", file, "--output", output, shell: "ulimit -f 128;")
        #expect(run.status == 74, "\(run.status) \(run.errors)")
        #expect(run.errors.contains("journal.jsonl"))
        #expect(run.errors.contains("--resume"))
        let journal = try JournalContent(directory: output)
        #expect(journal.samples.count > 10)
        #expect(!journal.records.isEmpty)
        // With room again the run goes on, and has everything it had.
        let resumed = try Command.run("run", "--resume", "--output", output, "--time-limit", "1s")
        #expect(resumed.status == 0, "\(resumed.errors)")
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        #expect(Array(recording.samples.prefix(journal.samples.count)) == journal.samples)
    }

    @Test func oneChangedByteIsNamedByVerify() throws {
        let file = try suite(NullSuite.yaml(["none"]))
        #expect(try Command.run("run", file, "--output", output).status == 0)
        let url = URL(fileURLWithPath: output + "/samples.jsonl")
        var data = try Data(contentsOf: url)
        let digit = try #require(data.firstIndex(of: UInt8(ascii: "1")))
        data[digit] = UInt8(ascii: "2")
        try data.write(to: url)
        let verified = try Command.run("verify", output)
        #expect(verified.status == 1)
        #expect(verified.output.contains("samples.jsonl: changed"))
        let json = try Command.run("verify", output, "--json")
        #expect(json.status == 1)
        #expect(json.output.contains("\"holds\" : false"))
    }

    @Test func aShapeLargerThanMemoryIsSkippedAndTheRestRuns() throws {
        let yaml = """
            workloads:
              - {name: huge, kernel: matmul, shape: {m: 2000000, n: 2000000, k: 8}}
              - {name: null-none, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
            suite: nulls
            rules: {processes: 2, processTime: 30ms, sampleTime: 1ms}
            cases: [{workload: huge}, {workload: null-none, threads: [1]}]
            """
        let run = try Command.run("run", try suite(yaml), "--output", output)
        #expect(run.status == 0)
        let recording = try BundleFiles.read(output)
        try expectWhole(recording)
        #expect(try measurement(recording, "none").processes == 2)
        let huge = try #require(recording.bundle.measurements.first { $0.case.workload == "huge f32" })
        #expect(huge.status == .skipped)
        #expect(huge.reason?.hasPrefix("needs ") == true)
    }

    @Test func renderingAgainGivesTheSameBytes() throws {
        #expect(try Command.run("run", try suite(NullSuite.yaml(["none", "exit"])), "--output", output).status == 0)
        let again = directory.path + "/again"
        #expect(try Command.run("datasheet", output, "--output", again).status == 0)
        for name in ["datasheet.md", "datasheet.html"] {
            let first = try Data(contentsOf: URL(fileURLWithPath: output + "/" + name))
            let second = try Data(contentsOf: URL(fileURLWithPath: again + "/" + name))
            #expect(first == second, "\(name)")
        }
    }
}
