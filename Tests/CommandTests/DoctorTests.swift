import Foundation
import Model
import TestSupport
import Testing

/// `assay doctor` as a user runs it. What it finds depends on the machine; that its answer holds together does not.
@Suite struct DoctorTests {
    private static let machines =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
        + "/ProbeTests/Fixtures/machines/"

    private func diagnosis(_ command: Command) throws -> Diagnosis {
        try JSON.decode(Diagnosis.self, from: Data(command.output.utf8))
    }

    @Test func theAnswerFitsTheSchemaAndTheExitCode() throws {
        let doctor = try Command.run("doctor", "--json", "--no-cloud-metadata")
        #expect(try SchemaValidator.named("doctor").findings(Data(doctor.output.utf8)) == [])
        let found = try diagnosis(doctor)
        #expect(doctor.status == (found.trusted ? 0 : 1), "\(doctor.errors)")
        #expect(found.trusted == found.findings.allSatisfy { !$0.isDisqualifying })
        #expect(found.measured)
        let look = try #require(found.quiet)
        #expect(look.seconds >= 1)
        #expect((0...1).contains(look.lostShare))
        #expect(look.canaries.map(\.name) == ["ALU", "bandwidth", "latency"])
        #expect(look.canaries.allSatisfy { $0.processes == 6 && $0.repetitions == 6 && $0.median > 0 })
        #expect((found.clock?.resolution ?? 0) > 0)
        let groups = Set(found.findings.map(\.group))
        for group in Diagnosis.Finding.Group.allCases where group != .settings {
            #expect(groups.contains(group), "\(group)")
        }
        let ids = found.findings.map(\.id)
        #expect(Set(ids).count == ids.count)
        for finding in found.findings { #expect((finding.mend == nil) == (finding.status == .available), "\(finding)") }
    }

    @Test func theListSaysTheSameWithoutEscapes() throws {
        let doctor = try Command.run("doctor", "--no-cloud-metadata")
        #expect([0, 1].contains(doctor.status))
        #expect(!doctor.output.contains("\u{1B}") && !doctor.errors.contains("\u{1B}"))
        #expect(doctor.output.contains("A standard run can"))
        #expect(doctor.output.contains("✗") == (doctor.status == 1))
        for title in ["Machine", "Compute", "Placement", "Memory", "Clock", "Quiet machine", "Counters", "Assay"] {
            #expect(doctor.output.contains("\n\(title)\n") || doctor.output.hasPrefix("\(title)\n"), "\(title)")
        }
    }

    @Test(arguments: [
        ("amd-two-sockets-nps4", 0), ("arm-server", 0), ("bare-guest", 0), ("container", 1), ("intel-hybrid", 0),
    ])
    func capturedMachinesAreReplayed(_ name: String, _ status: Int32) throws {
        let tree = try CapturedTree(file: Self.machines + name + ".tree")
        let doctor = try Command.run("doctor", "--json", "--sysroot", tree.path)
        #expect(doctor.status == status)
        #expect(try SchemaValidator.named("doctor").findings(Data(doctor.output.utf8)) == [])
        #expect(try !diagnosis(doctor).measured)
        #expect(!doctor.output.contains(tree.path))
        let byVariable = try Command.run("doctor", "--json", environment: ["ASSAY_SYSROOT": tree.path])
        #expect(byVariable.output == doctor.output && byVariable.status == status)
    }

    @Test func whatIsNoMachineIsAnError() throws {
        #expect(try Command.run("doctor", "--sysroot", "/nonexistent").status == 66)
        let directory = try TemporaryDirectory()
        #expect(try Command.run("doctor", "--sysroot", directory.path).status == 65)
        #expect(try Command.run("doctor", "--frobnicate").status == 64)
    }

    @Test func aPlaceThatCannotBeWrittenSpeaksAgainstARun() throws {
        let doctor = try Command.run("doctor", "--json", "--no-cloud-metadata", "--output", "/proc/nowhere")
        #expect(doctor.status == 1)
        #expect(try diagnosis(doctor).findings.contains { $0.id == "storage" && $0.isDisqualifying })
    }

    @Test func theHelpSaysWhatDisqualifies() throws {
        let help = try Command.run("doctor", "--help")
        for word in ["Exit code 0", "1 µs", "1 % steal", "5 % load", "spread above 5 %", "100 MiB", "Examples:"] {
            #expect(help.output.contains(word), "\(word)")
        }
    }

    @Test func theUserIsNotNamed() throws {
        let home = "/home/planted-user"
        let doctor = try Command.run(
            "doctor", "--json", "--no-cloud-metadata",
            environment: ["HOME": home, "ASSAY_ONEDNN": home + "/libdnnl.so.3"])
        #expect(doctor.output.contains("~/libdnnl.so.3"))
        #expect(!doctor.output.contains("planted-user"))
    }
}
