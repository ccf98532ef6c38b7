import Datasheet
import Doctor
import Document
import Foundation
import Measure
import Model
import Power
import Probe
import Render
import SystemFiles
import TestSupport
import Testing

/// Captured machines: what can be told of them is told, and nothing of the machine that runs the tests.
struct ReplayTests {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
        + "/ProbeTests/Fixtures/machines"

    static let names = ["amd-two-sockets-nps4", "arm-server", "bare-guest", "container", "intel-hybrid"]

    private func diagnosis(_ name: String, extra: String = "") throws -> Diagnosis {
        let tree = try CapturedTree(file: "\(Self.folder)/\(name).tree", extra: extra)
        return try withExtendedLifetime(tree) {
            let options = ProbeOptions(sysroot: tree.path, isDeep: true)
            let files = SystemFiles(root: tree.path)
            var machine = try Probe.machine(options)
            machine.power = PowerSources.survey(files)
            return Doctor.diagnose(
                Examination(
                    tool: Tool(version: "0.1.0", commit: "c", modified: false, compiler: "Swift"), isOptimized: true,
                    machine: machine, surroundings: Probe.surroundings(options),
                    watch: EnvironmentWatch(files: files).survey(),
                    variants: ["avx512f", "avx2", "asimd", "portable"].map {
                        Examination.Variant(name: $0, isSupported: nil)
                    }, asksCloud: false, live: nil))
        }
    }

    @Test(arguments: names)
    func nothingIsMeasured(_ name: String) throws {
        let diagnosis = try diagnosis(name)
        #expect(!diagnosis.measured)
        #expect(diagnosis.quiet == nil && diagnosis.clock == nil)
        let omitted = Set(diagnosis.omitted.map(\.subject))
        for subject in ["pinning", "memory policy", "clock", "steal", "canaries", "hardware counters", "oneDNN"] {
            #expect(omitted.contains(subject), "\(subject)")
        }
        #expect(diagnosis.findings.allSatisfy { $0.group != .quiet && $0.group != .counters && $0.group != .output })
        #expect(diagnosis.findings.allSatisfy { ($0.mend == nil) == ($0.status == .available) })
    }

    @Test func aQuotaBelowTheThreadsSpeaksAgainstARun() throws {
        let diagnosis = try diagnosis("container")
        #expect(!diagnosis.trusted)
        #expect(diagnosis.verdict == "These files speak against a standard run: CPU quota.")
        let quota = try #require(diagnosis.finding("cpuQuota"))
        #expect(quota.evidence.hasPrefix("1.5 CPUs' worth of time for 3 threads"))
        #expect(quota.mend == .command("kubectl set resources deployment NAME --limits=cpu=3", on: .host))
        #expect(diagnosis.finding("allowedProcessingUnits")?.evidence == "3 of 4 may be used: 0-1,3")
    }

    @Test(arguments: names.filter { $0 != "container" })
    func othersHaveNothingAgainstThem(_ name: String) throws {
        let diagnosis = try diagnosis(name)
        #expect(diagnosis.trusted, "\(diagnosis.verdict)")
        #expect(diagnosis.verdict.contains("was not measured"))
    }

    @Test func variantsAreThoseOfTheCapturedProcessor() throws {
        func variants(_ name: String) throws -> String? { try diagnosis(name).finding("instructionSets")?.evidence }
        #expect(try variants("arm-server")?.hasPrefix("kernels run as asimd, portable") == true)
        #expect(try variants("bare-guest")?.hasPrefix("kernels run as avx512f, avx2, portable") == true)
        #expect(try variants("container")?.hasPrefix("kernels run as avx2, portable") == true)
    }

    @Test func aGuestThatShowsNothingIsToldSo() throws {
        let diagnosis = try diagnosis("bare-guest")
        #expect(diagnosis.finding("topology")?.status == .degraded)
        for id in ["frequency", "watch.temperature", "power.powercapRAPL"] {
            let finding = try #require(diagnosis.finding(id))
            #expect(finding.status == .unavailable)
            guard case .nothing = finding.mend else {
                Issue.record("\(id): \(String(describing: finding.mend))")
                continue
            }
        }
    }

    @Test func signsOfQuietAreReplayed() throws {
        let extra = """
            proc/pressure/cpu = some avg10=12.00 avg60=0.00 avg300=0.00 total=0
            proc/stat = cpu  100 20 30 4000 50 6 4 250 0 0
            """
        let diagnosis = try diagnosis("bare-guest", extra: extra)
        #expect(diagnosis.finding("watch.pressure")?.evidence.hasPrefix("12\u{202F}% of the last ten seconds") == true)
        #expect(diagnosis.finding("watch.steal")?.status == .available)
    }

    @Test(arguments: names)
    func noIdentifierIsRepeated(_ name: String) throws {
        let text = String(decoding: try JSON.document(diagnosis(name)), as: UTF8.self)
        for word in ["planted", "PLANTED", "deadbeef", "02:fe:ed", "pod3f2a", "0a1b2c3d4e5f", "session-2", "captured-"]
        {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func theListAsText() throws {
        let report = Datasheet.doctor(try diagnosis("container"))
        let terminal = Terminal(width: 100)
        let parts = [
            terminal.render(report.findings), report.omitted.map(terminal.render), terminal.render(report.verdict),
            report.changes.map(Terminal().render),
        ]
        try Golden.check(parts.compactMap { $0 }.joined(separator: "\n"), "container.txt")
    }
}
