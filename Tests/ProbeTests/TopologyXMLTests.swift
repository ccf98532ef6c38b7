import Foundation
import Model
import Probe
import TestSupport
import Testing

/// What is exported must be readable by hwloc, hold the same machine, and say nothing about which one it is.
struct TopologyXMLTests {
    private static let planted = [
        "planted", "PLANTED", "deadbeef", "02:fe:ed:fa:ca:de", "02feedfacade", "02fe:edfa", "0f0e0d0c", "fe80",
        "pod3f2a",
        "0a1b2c3d4e5f", "session-2",
    ]

    private func file(_ name: String) -> ProbeOptions {
        ProbeOptions(topologyFile: "\(Fixtures.folder)/topologies/\(name).xml")
    }

    @Test(arguments: Fixtures.topologies)
    func whatIsWrittenIsReadBackTheSame(_ name: String) throws {
        let options = file(name)
        let tree = try CapturedTree(text: "")
        try tree.write("again.xml", bytes: Array(Probe.topologyXML(options).utf8))
        let again = try Probe.machine(ProbeOptions(topologyFile: tree.path + "/again.xml")).topology
        #expect(try again == Probe.machine(options).topology)
    }

    @Test(arguments: Fixtures.topologies)
    func noIdentifierOfAFileIsRepeated(_ name: String) throws {
        let xml = try Probe.topologyXML(file(name))
        for word in Self.planted { #expect(!xml.contains(word), "\(word)") }
    }

    @Test(arguments: Fixtures.machines)
    func noIdentifierOfACapturedMachineIsRepeated(_ name: String) throws {
        let tree = try Fixtures.tree(name)
        let xml = try Probe.topologyXML(ProbeOptions(sysroot: tree.path))
        for word in Self.planted { #expect(!xml.contains(word), "\(word)") }
        #expect(!xml.contains(ProcessInfo.processInfo.processName))
    }

    @Test func identifiersAreThereForWhoAsks() throws {
        var options = file("gpu-plugins")
        options.includesIdentifiers = true
        let xml = try Probe.topologyXML(options)
        for word in ["planted-host", "PLANTED-SERIAL-0", "02:fe:ed:fa:ca:de", "PLANTED-NAME"] {
            #expect(xml.contains(word))
        }
    }

    /// Names, not values, decide; what nobody has thought of is dropped.
    @Test func unknownInfosAreDroppedAndKnownOnesStay() throws {
        let text = try String(contentsOfFile: "\(Fixtures.folder)/topologies/annotated.xml", encoding: .utf8)
            .replacing(
                "<info name=\"CoreType\"",
                with: "<info name=\"Secret\" value=\"a &gt; &quot;b&quot;\"/><info name=\"CoreType\"")
        let tree = try CapturedTree(text: "")
        try tree.write("more.xml", bytes: Array(text.utf8))
        let xml = try Probe.topologyXML(ProbeOptions(topologyFile: tree.path + "/more.xml"))
        #expect(!xml.contains("Secret"))
        #expect(xml.contains("<info name=\"CoreType\" value=\"IntelAtom\"/>"))
        #expect(xml.contains("<info name=\"MemoryTier\" value=\"0\"/>"))
    }

    @Test func thisMachinesNameIsNotInIt() throws {
        let xml = try Probe.topologyXML()
        #expect(xml.contains("<topology version=\"2"))
        #expect(!xml.contains("HostName") && !xml.contains("ProcessName") && !xml.contains("LinuxCgroup"))
    }

    /// The oracle itself reads it; where it is not installed, the round trip above has to do.
    @Test(.enabled(if: Lstopo.path != nil, "lstopo-no-graphics is not installed"), arguments: Fixtures.topologies)
    func lstopoReadsTheSameCounts(_ name: String) throws {
        let tree = try CapturedTree(text: "")
        try tree.write("export.xml", bytes: Array(Probe.topologyXML(file(name)).utf8))
        let oracle = try String(contentsOfFile: "\(Fixtures.folder)/topologies/\(name).counts", encoding: .utf8)
        let expected = oracle.split(separator: "\n").filter { !$0.hasSuffix(" 0") }.map(String.init)
        for line in expected {
            let type = String(line.prefix { $0 != " " })
            #expect(try "\(type) \(Lstopo.count(type, tree.path + "/export.xml"))" == line, "\(name)")
        }
    }
}

private enum Lstopo {
    static let path = ["/usr/bin/lstopo-no-graphics", "/usr/local/bin/lstopo-no-graphics"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static func count(_ type: String, _ file: String) throws -> Int {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path ?? "/nonexistent")
        process.arguments = ["-i", file, "--only", type]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return text.count { $0 == UInt8(ascii: "\n") }
    }
}
