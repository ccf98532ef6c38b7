import Foundation
import Model
import Record
import TestSupport
import Testing

/// Whole runs with counters that a thread moves on, in the place of this machine's.
@Suite(.serialized) struct PowerCommandTests {
    private let directory: TemporaryDirectory
    private let suite: String

    init() throws {
        directory = try TemporaryDirectory()
        suite = directory.path + "/nulls.yaml"
        // Windows so long, and so few of them, that their ends do not matter, even where everything is kept waiting.
        let yaml = """
            workloads:
              - {name: null-none, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
            suite: nulls
            rules: {processes: 2, processTime: 3s, sampleTime: 300ms, hangTime: 60s, sampleTarget: 0.0001%}
            cases:
              - {workload: null-none, threads: [1]}
            """
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: suite))
    }

    /// A log of 120 W, a hundred lines a second, from a little before now on.
    private func log(_ seconds: Double) throws -> String {
        let start = Date().timeIntervalSince1970 - 5
        let lines = (0..<Int(seconds * 100)).map { "\(start + Double($0) / 100),120.0\($0 % 2)" }
        let path = directory.path + "/meter.csv"
        try Data(("time,watts\n" + lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func aRunWithCountersAndAMeterHasItsEnergyInTheSheet() throws {
        let writer = try RAPLWriter(watts: 50, range: 262_143)
        let output = directory.path + "/run"
        let run = try Command.run(
            "run", suite, "--output", output, "--idle", "3s", "--power-log", try log(240), "--power-log-error", "0.1%",
            environment: ["ASSAY_SYSROOT": writer.path])
        writer.end()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try Command.run("verify", output).output.contains("verified"))

        let recording = try BundleFiles.read(output)
        let measurement = try #require(recording.bundle.measurements.first)
        let energy = try #require(measurement.energy, "\(measurement.energyUnavailable ?? "")")
        #expect(energy.boundary == "wall")
        #expect(abs(energy.meanPower - 120) < 0.5)
        #expect(abs(energy.joules - 120 * energy.duration) <= energy.uncertainty)
        #expect(abs((energy.aboveIdle ?? .nan) - 0) <= energy.aboveIdleUncertainty ?? 0)
        let others = try #require(measurement.energyByOthers, "\(recording.bundle.power?.meters ?? [])")
        let package = try #require(others.first { $0.boundary == "package" })
        let truth = try written(writer, recording)
        #expect(abs(package.joules - truth) <= min(0.01 * truth, package.uncertainty))
        #expect(measurement.metrics.map(\.name) == ["iterationTime", "energyPerWork"])
        #expect(recording.bundle.power?.idle.count == 2)

        let sheet = try String(contentsOfFile: output + "/datasheet.md", encoding: .utf8)
        for words in [
            "Energy over the timed windows", "Power over the run", "at the wall", "Meters read during the run",
        ] {
            #expect(sheet.contains(words), "\(words)")
        }
        try schemasHold(output)
        try changedNumbersAreFound(output)
    }

    /// Joules that the writer wrote in the timed windows: its clock is the run's, which is marked beside the wall clock.
    private func written(_ writer: RAPLWriter, _ recording: Recording) throws -> Double {
        let begun = try #require(recording.bundle.power?.wallClock.first)
        let origin = begun.epoch - begun.t - (Date().timeIntervalSince1970 - RAPLWriter.now())
        // Those that gave way to a quieter one count no energy.
        return recording.bundle.processes.filter { $0.excluded == nil }.flatMap { $0.windows ?? [] }.reduce(0) {
            $0 + writer.joules(at: origin + $1.end) - writer.joules(at: origin + $1.start)
        }
    }

    /// A counter that breaks down while a run goes on: the run is whole, and its energy is missing with the reason.
    @Test(arguments: [
        (RAPLWriter.Fault.stuck, "stood still"), (.backwards, "went backwards"), (.vanishing, "has vanished"),
    ])
    func aCounterThatBreaksDownLeavesNoEnergyButAReason(_ fault: RAPLWriter.Fault, _ words: String) throws {
        let writer = try RAPLWriter(watts: 50, range: 262_143, fault: fault)
        let output = directory.path + "/broken"
        let running = try Command.Running(
            ["run", suite, "--output", output, "--idle", "0"], environment: ["ASSAY_SYSROOT": writer.path])
        // Half-way: the first of the two processes is done.
        Processes.wait(seconds: 120, "the first process") {
            let journal = try? String(contentsOfFile: output + "/journal.jsonl", encoding: .utf8)
            return journal?.contains("\"process\":{") ?? false
        }
        writer.breakDown()
        let run = running.wait()
        writer.end()
        #expect(run.status == 0, "\(run.errors)")
        let recording = try BundleFiles.read(output)
        let measurement = try #require(recording.bundle.measurements.first)
        #expect(measurement.metrics.map(\.name) == ["iterationTime"])
        #expect(measurement.energy == nil && measurement.energyByOthers == nil)
        let reason = try #require(measurement.energyUnavailable)
        #expect(reason.hasPrefix("powercap RAPL, package-0: ") && reason.contains(words), "\(reason)")
        let sheet = try String(contentsOfFile: output + "/datasheet.md", encoding: .utf8)
        #expect(sheet.contains("no energy: ") && sheet.contains(words))
        #expect(try Command.run("verify", output).status == 0)
    }

    /// A board whose counter steps every 100 ms: its period is learnt without a rest before the run, and the ± that follows from
    /// it contains what the board used.
    @Test func aBoardsStepsAreSeenBeforeTheRun() throws {
        let stub = try StubNVML("METERED", "COUNT=1")
        let long = directory.path + "/long.yaml"
        let yaml = """
            workloads:
              - {name: null-none, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
            suite: nulls
            rules: {processes: 1, processTime: 16s, sampleTime: 300ms, hangTime: 60s, sampleTarget: 0.0001%}
            cases:
              - {workload: null-none, threads: [1]}
            """
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: long))
        let output = directory.path + "/board"
        let run = try Command.run(
            "run", long, "--output", output, "--idle", "0", environment: ["ASSAY_NVML": stub.path])
        #expect(run.status == 0, "\(run.errors)")
        let bundle = try BundleFiles.read(output).bundle
        let meter = try #require(bundle.power?.meters.first { $0.id == "nvml.0" })
        #expect(meter.changes >= 5)
        // A machine that keeps the thread waiting sees a step late; the median of many is near the step all the same.
        let period = try #require(meter.updatePeriod)
        #expect(period > 0.05)
        let measurement = try #require(bundle.measurements.first)
        let all = ([measurement.energy].compactMap { $0 } + (measurement.energyByOthers ?? []))
        let board = try #require(
            all.first { $0.source == "NVML" && $0.meters?.contains("nvml.0") == true },
            "\(measurement.energyUnavailable ?? "")")
        let ends = (board.uncertainty * board.uncertainty - 0.05 * 0.05 * board.joules * board.joules).squareRoot()
        #expect(board.updatePeriod ?? 0 >= period)
        #expect(ends >= 0.999 * board.meanPower * 2 * period)
        #expect(abs(board.joules - 300 * board.duration) <= board.uncertainty)
    }

    private func schemasHold(_ output: String) throws {
        let bundle = try Data(contentsOf: URL(fileURLWithPath: output + "/bundle.json"))
        #expect(try SchemaValidator.named("bundle").findings(bundle) == [])
        let lines = try String(contentsOfFile: output + "/power.jsonl", encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 100)
        let validator = try SchemaValidator.named("power")
        for line in lines { #expect(try validator.findings(Data(line.utf8)) == []) }
    }

    /// Energy follows from the readings: a bundle in which it does not is found out, even where the hashes were made anew.
    private func changedNumbersAreFound(_ output: String) throws {
        var recording = try BundleFiles.read(output)
        recording.bundle.measurements[0].energy?.joules *= 1.01
        try BundleFiles.write(recording, to: output)
        let verify = try Command.run("verify", output)
        #expect(verify.status == 1)
        #expect(verify.output.contains("measurements[0]"))
    }

    @Test func withoutAnySourceTheSheetSaysWhy() throws {
        let tree = try CapturedTree(text: "proc/cpuinfo:\n| flags : sse2 hypervisor\n")
        let short = directory.path + "/short.yaml"
        try Data(NullSuite.yaml(["none"], processes: 1).utf8).write(to: URL(fileURLWithPath: short))
        let output = directory.path + "/none"
        let run = try Command.run("run", short, "--output", output, environment: ["ASSAY_SYSROOT": tree.path])
        #expect(run.status == 0)
        let measurement = try #require(try BundleFiles.read(output).bundle.measurements.first)
        #expect(measurement.energy == nil)
        #expect(measurement.energyUnavailable == "no power source can be read here")
        let sheet = try String(contentsOfFile: output + "/datasheet.md", encoding: .utf8)
        #expect(sheet.contains("Unavailable: no power source can be read here. Nothing is estimated."))
        #expect(sheet.contains("no RAPL zone: the hypervisor does not pass it on"))
        #expect(try Command.run("verify", output).status == 0)
    }

    @Test func aLogThatCannotBeReadIsNamedBeforeAnythingIsMeasured() throws {
        let output = directory.path + "/never"
        let missing = try Command.run("run", suite, "--output", output, "--power-log", directory.path + "/no.csv")
        #expect(missing.status == 66)
        let path = directory.path + "/bad.csv"
        try Data("time,watts\n1,5\n2,lots\n3,4\n".utf8).write(to: URL(fileURLWithPath: path))
        let bad = try Command.run("run", suite, "--output", output, "--power-log", path)
        #expect(bad.status == 65)
        #expect(bad.errors.contains("bad.csv: line 3: “lots” is no power in watts"))
        #expect(!FileManager.default.fileExists(atPath: output))
        #expect(try Command.run("run", suite, "--idle", "never").status == 64)
        #expect(try Command.run("run", suite, "--power-log-offset", "3").status == 64)
    }
}
