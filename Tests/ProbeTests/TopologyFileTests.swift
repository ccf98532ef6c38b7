import Foundation
import Model
import Probe
import TestSupport
import Testing

/// A file that is no topology is an error that names it, whatever is in it; never a crash, never a word from hwloc.
struct TopologyFileTests {
    private let path = FileManager.default.temporaryDirectory.path + "/topology-\(UInt64.random(in: 0 ... .max)).xml"

    private func problem(_ text: String) throws -> ProbeError? {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            _ = try Probe.machine(ProbeOptions(topologyFile: path))
            return nil
        } catch {
            return error as ProbeError
        }
    }

    private var sound: String {
        get throws {
            try String(contentsOfFile: "\(Fixtures.folder)/topologies/smt.xml", encoding: .utf8)
        }
    }

    @Test(arguments: [
        "", "garbage", "<?xml version=\"1.0\"?>", "<html><body/></html>", "<topology version=\"2.0\"></topology>",
        "<topology version=\"2.0\"><object/></topology>", "<topology><object type=\"PU\"/></topology>",
        "<topology version=\"2.0\"><object type=\"Machine\" os_index=\"0\"/></topology>",
        "<topology version=\"2.0\"><object type=\"Machine\" cpuset=\"zebra\"/></topology>",
        "<topology version=\"2.0\"><object type=\"Machine\" cpuset=\"0x1\"/></topology>",
        "<topology", "<topology version=\"2.0", "<topology><!-- \u{0} -->", "</topology>", "<<<>>>",
        String(repeating: "<topology>", count: 1000),
    ])
    func whatIsNoTopologyIsRefused(_ text: String) throws {
        let error = try #require(try problem(text))
        guard case .notTopology(let file, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(file == path)
        #expect("\(error)".hasPrefix(path))
    }

    /// hwloc would make room for all numbers below.
    @Test(arguments: ["65536", "4294967295", "99999999999999999999"])
    func numbersBeyondAnyMachineAreRefused(_ number: String) throws {
        let unit = try sound.replacingOccurrences(
            of: "type=\"PU\" os_index=\"3\"", with: "type=\"PU\" os_index=\"\(number)\"")
        #expect("\(String(describing: try problem(unit)))".contains("os_index"))
        let node = try sound.replacingOccurrences(
            of: "type=\"NUMANode\" os_index=\"0\"", with: "os_index=\"\(number)\" type=\"NUMANode\"")
        #expect("\(String(describing: try problem(node)))".contains("os_index"))
    }

    /// What hwloc reads with an assertion, which would end the process.
    @Test(arguments: [
        ",0x0000000f", ",", "0x0000000f0x1", "0xf...f0x1", "0x", "0x1,x", "0x1 ", "-1", "0x123456789", "0xf...", "f,f",
    ])
    func aSetThatIsNoneIsRefused(_ set: String) throws {
        let text = try sound.replacingOccurrences(
            of: "complete_cpuset=\"0x00000003\"", with: "complete_cpuset=\"\(set)\"")
        #expect(text != (try sound))
        #expect("\(String(describing: try problem(text)))".contains("complete_cpuset"))
    }

    @Test(arguments: ["0xf...f", "0xf...f,,0x0000000f", "0x00000001,,0x0000000f", "0x1,", "0x0"])
    func aSetInAnyOfItsFormsIsPassedOn(_ set: String) throws {
        let text = try sound.replacingOccurrences(
            of: "complete_cpuset=\"0x00000003\"", with: "complete_cpuset=\"\(set)\"")
        #expect(!"\(String(describing: try problem(text)))".contains("complete_cpuset"))
    }

    /// Where hwloc would read on without what it needs.
    @Test(arguments: [
        ("\" complete_cpuset=", "\"\u{b}complete_cpuset="), ("\" complete_cpuset=", "\"\r\ncomplete_cpuset="),
        (" complete_cpuset=", " Complete_cpuset="), (" cpuset=", " cpu1et="), (" complete_nodeset=", " other="),
        ("<object", "words <object"),
    ])
    func whatHwlocWouldPassOverIsRefused(_ sense: String, _ nonsense: String) throws {
        let text = try sound.replacingOccurrences(of: sense, with: nonsense)
        guard case .notTopology = try #require(try problem(text)) else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: [" allowed_cpuset=", " allowed_nodeset="])
    func anOldFileWithoutWhatAllOldFilesHaveIsRefused(_ name: String) throws {
        let text = try String(contentsOfFile: "\(Fixtures.folder)/topologies/old-format-devices.xml", encoding: .utf8)
        #expect(try problem(text) == nil)
        #expect(try problem(text.replacingOccurrences(of: name, with: " other=")) != nil)
    }

    @Test func aTruncatedFileIsRefusedWhereverItEnds() throws {
        let text = try sound
        for part in 0..<40 {
            let cut = String(decoding: Array(text.utf8).prefix(text.utf8.count * part / 40), as: UTF8.self)
            #expect(try problem(cut) != nil, "\(part)/40")
        }
    }

    @Test func aNewerFormatIsRefusedByItsVersion() throws {
        let text = try sound.replacingOccurrences(of: "<topology version=\"2.0\"", with: "<topology version=\"3.0\"")
        #expect(try problem(text) == .unsupportedVersion(path, version: "3.0"))
    }

    @Test func theLineIsNamed() throws {
        let text = try sound.replacingOccurrences(of: "type=\"Package\"", with: "type=\"Package")
        let error = try #require(try problem(text))
        #expect("\(error)".contains("line "))
    }

    @Test func whatIsNotThereIsSaid() {
        #expect(throws: ProbeError.noSuchFile("/nonexistent.xml")) {
            try Probe.machine(ProbeOptions(topologyFile: "/nonexistent.xml"))
        }
        #expect(throws: ProbeError.notReadable("/", problem: "Is a directory")) {
            try Probe.machine(ProbeOptions(topologyFile: "/"))
        }
        #expect(throws: ProbeError.noSuchFile("/nonexistent")) {
            try Probe.machine(ProbeOptions(sysroot: "/nonexistent"))
        }
    }

    @Test func theRestOfTheMachineIsUnknownAndSaysWhy() throws {
        let machine = try Fixtures.topology("big-cores")
        #expect(machine.topology.processingUnits == 384)
        #expect(machine.memory.kernelBytes.reason?.contains("topology file") == true)
        #expect(machine.memory.hwlocBytes.value == 768_000_000_000)
        #expect(machine.tunables.count == Probe.tunables().count)
        #expect(machine.tunables.allSatisfy { $0.value.reason?.contains("topology file") == true })
        #expect(machine.limits.cpuQuota.reason?.contains("topology file") == true)
        #expect(try !Fixtures.json(machine).contains("not probed"))
    }

    @Test func whatTheFileSaysOfTheProcessorIsUsed() throws {
        let infos = """
            <info name="CPUVendor" value="GenuineIntel"/><info name="CPUModelNumber" value="183"/>
            <info name="CPUModel"
            """
        let text = try String(
            contentsOfFile: "\(Fixtures.folder)/topologies/captured-intel-hybrid.xml", encoding: .utf8)
        let tree = try CapturedTree(text: "")
        let more = text.replacingOccurrences(of: "<info name=\"CPUModel\"", with: infos)
        try tree.write("more.xml", bytes: Array(more.utf8))
        let processor = try Probe.machine(ProbeOptions(topologyFile: tree.path + "/more.xml")).processor
        #expect(processor.vendor.value == "GenuineIntel")
        #expect(processor.model.value == "13th Gen Intel(R) Core(TM) i5-13400")
        #expect(processor.modelNumber.value == 183)
        #expect(processor.stepping.value == nil)
    }
}
