import Foundation
import Model
import Probe
import TestSupport
import Testing

/// Identifiers planted wherever a machine keeps them must not appear anywhere in what is written.
struct PrivacyTests {
    private static let planted = [
        "planted-host", "PLANTED", "deadbeef", "02:fe:ed:fa:ca:de", "02feedfacade", "0f0e0d0c0b0a0908", "pod3f2a",
        "0a1b2c3d4e5f", "session-2", "02fe:edfa",
    ]

    @Test(arguments: Fixtures.machines)
    func noIdentifierOfACapturedMachineIsRepeated(_ name: String) throws {
        let text = try Fixtures.json(Fixtures.machine(name))
        for word in Self.planted { #expect(!text.contains(word), "\(word)") }
    }

    @Test(arguments: Fixtures.topologies)
    func noIdentifierOfATopologyIsRepeated(_ name: String) throws {
        let text = try Fixtures.json(Fixtures.topology(name))
        for word in Self.planted { #expect(!text.contains(word), "\(word)") }
    }

    @Test func noIdentifierOfATopologyFileIsRepeated() throws {
        let infos = """
            <info name="HostName" value="planted-host"/>
            <info name="DMIProductSerial" value="PLANTED-SERIAL"/>
            <info name="DMIProductUUID" value="deadbeef-0001"/>
            <info name="ProcessName" value="PLANTED-PROCESS"/>
            """
        let misc = """
            <object type="Misc" subtype="MemoryModule" name="PLANTED-NAME" gp_index="999">
            <info name="SerialNumber" value="PLANTED-SERIAL"/></object>
            <object type="OSDev" name="ib0" osdev_type="2" gp_index="998">
            <info name="Address" value="02:fe:ed:fa:ca:de"/>
            <info name="NodeGUID" value="deadbeef:0001"/></object>
            """
        var text = try String(contentsOfFile: "\(Fixtures.folder)/topologies/smt.xml", encoding: .utf8)
        let start = try #require(text.range(of: "<info "))
        text.insert(contentsOf: infos, at: start.lowerBound)
        let end = try #require(text.range(of: "</object>", options: .backwards))
        text.insert(contentsOf: misc, at: end.lowerBound)
        let tree = try CapturedTree(text: "")
        try tree.write("planted.xml", bytes: Array(text.utf8))
        let machine = try Probe.machine(ProbeOptions(topologyFile: tree.path + "/planted.xml"))
        #expect(machine.topology.devices.map(\.name) == ["ib0"])
        let json = try Fixtures.json(machine)
        for word in Self.planted { #expect(!json.contains(word), "\(word)") }
    }

    @Test func thisMachinesNameIsNotRepeated() throws {
        let name = ProcessInfo.processInfo.hostName
        try #require(!name.isEmpty)
        let text = try Fixtures.json(Probe.machine())
        // As a word of its own: a host may be called `vm` or `core`.
        #expect(!text.contains("\"\(name)\""))
    }
}
