import Foundation
import Judge
import Model
import Record
import TestSupport
import Testing

/// `check --confirm`, from whole runs of a null workload that is told to be slower.
@Suite struct ConfirmCommandTests {
    private static let slower = ["ASSAY_TEST_SLOWDOWN": "6"]
    private static let room = ["--max-regression", "60%"]
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        try NullSuite.steady.write(toFile: folder.path + "/suite.yaml", atomically: true, encoding: .utf8)
    }

    /// In the test's folder, because confirming leaves its samples under `Reports/local`.
    private func assay(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Command {
        try Command.Running(
            arguments, shell: "cd '\(folder.path)' && ", environment: environment.merging(["GITHUB_ACTIONS": ""]) { $1 }
        ).wait()
    }

    private func measure(_ name: String, _ environment: [String: String] = [:], _ more: [String] = []) throws {
        let done = try assay(["run", "suite.yaml", "--no-history", "--output", name] + more, environment)
        #expect(done.status == 0, "\(done.errors)")
    }

    private func confirmations() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/Reports/local")) ?? []
        return names.filter { $0.hasPrefix("confirm-") }
    }

    /// Anything else would be another run: the loader writes a file for each process that is started with these variables.
    @Test func freshProcessesAreGivenTheVariablesOfTheRun() throws {
        try measure("base")
        try measure("slow", Self.slower)
        var recording = try BundleFiles.read(folder.path + "/slow")
        let log = folder.path + "/loader"
        recording.bundle.plan.environment = ["LD_DEBUG": "files", "LD_DEBUG_OUTPUT": log]
        try BundleFiles.write(recording, to: folder.path + "/slow")
        let check = ["check", "slow", "--baseline", "base", "--confirm", "--trust-settings"] + Self.room
        let done = try assay(check, Self.slower)
        #expect(done.status == 1, "\(done.output)\(done.errors)")
        let logs = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("loader") }
        #expect(logs.count >= 10)
    }

    @Test func aRealRegressionIsConfirmedAndAPassingOneIsWithdrawn() throws {
        try measure("base")
        try measure("slow", Self.slower)
        let check = ["check", "slow", "--baseline", "base", "--confirm"] + Self.room

        let real = try assay(check + ["--json"], Self.slower)
        #expect(real.status == 1, "\(real.output)\(real.errors)")
        #expect(try SchemaValidator.named("check").findings(Data(real.output.utf8)) == [])
        let report = try JSON.decode(CheckReport.self, from: Data(real.output.utf8))
        #expect(report.isConfirmed && report.findings.map(\.kind) == [.regressed])
        let pair = try #require(report.comparisons.first?.pairs.first)
        #expect(pair.verdict == .regressed)
        #expect(pair.confirmation?.held == true)
        #expect(try #require(pair.confirmation?.change).ratio > 1.6)

        // Fresh processes, in a bundle of their own that holds; the first run's are not among them.
        let directory = try #require(confirmations().first)
        let fresh = folder.path + "/Reports/local/\(directory)/new"
        #expect(try BundleFiles.read(fresh).bundle.processes.count == 10)
        #expect(try Command.run("verify", fresh).status == 0)
        #expect(pair.new?.processes == 10)

        // What made the run slow is gone: fresh processes do not show it.
        let gone = try assay(check)
        #expect(gone.status == 3, "\(gone.output)\(gone.errors)")
        #expect(gone.output.contains("not confirmed by fresh processes"), "\(gone.output)")
        #expect(gone.output.contains("inconclusive"))
        #expect(confirmations().count == 2)
    }

    @Test func whatIsNotFlaggedIsNotMeasuredAgain() throws {
        let base = try SampleBundle.write(0.1, to: folder.path + "/base", id: "base")
        let same = try SampleBundle.write(0.1, to: folder.path + "/same", id: "again")
        let done = try assay(["check", same, "--baseline", base, "--confirm"])
        #expect(done.status == 0, "\(done.output)\(done.errors)")
        #expect(confirmations().isEmpty)
    }

    @Test func onlyTheMachineOfTheRunCanConfirmIt() throws {
        let base = try SampleBundle.write(0.1, to: folder.path + "/base", id: "base")
        let slow = try SampleBundle.write(0.12, to: folder.path + "/slow", id: "slow")
        let done = try assay(["check", slow, "--baseline", base, "--confirm"])
        #expect(done.status == 69, "\(done.output)\(done.errors)")
        #expect(done.errors.contains("--confirm measures on the machine of the run, and this is another"))
        #expect(confirmations().isEmpty)
    }

    /// A baseline with settings of its own is measured again too, in the same minutes: what slows the machine now slows both.
    @Test func whereSettingsDifferBothSidesAreMeasuredInterleaved() throws {
        try measure("base", [:], ["--isa", "portable"])
        try measure("slow", Self.slower)
        let check = ["check", "slow", "--baseline", "base", "--confirm", "--acknowledge", "isa", "--json"] + Self.room
        let done = try assay(check, Self.slower)
        #expect(done.errors.contains("both sides interleaved"), "\(done.errors)")
        #expect(done.status == 3, "\(done.output)\(done.errors)")
        let report = try JSON.decode(CheckReport.self, from: Data(done.output.utf8))
        #expect(report.comparisons.first?.pairs.first?.confirmation?.held == false)
        let directory = try #require(confirmations().first)
        for side in ["base", "new"] {
            let bundle = try BundleFiles.read(folder.path + "/Reports/local/\(directory)/\(side)").bundle
            #expect(bundle.processes.count == 10)
        }
    }
}
