import Foundation
import Model
import Probe
import TestSupport
import Testing

/// Identifiers planted wherever a machine keeps them must not appear anywhere in what is written.
struct PrivacyTests {
    private static let planted = [
        "planted-host", "PLANTED", "deadbeef", "02:fe:ed:fa:ca:de", "02feedfacade", "0f0e0d0c0b0a0908", "pod3f2a",
        "0a1b2c3d4e5f", "session-2", "192.0.2.77", "2001:0db8", "20010db8", "02-fe-ed-fa-ca-de", "02fe:edfa",
    ]

    @Test(arguments: Fixtures.machines)
    func noIdentifierOfACapturedMachineIsRepeated(_ name: String) throws {
        let text = try Fixtures.json(Fixtures.machine(name))
        for word in Self.planted { #expect(!text.contains(word), "\(word)") }
    }

    @Test(arguments: Fixtures.machines)
    func depthFindsNoneEither(_ name: String) throws {
        let tree = try Fixtures.tree(name)
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true))
        #expect(machine.identifiers == nil)
        let text = try Fixtures.json(machine)
        for word in Self.planted { #expect(!text.contains(word), "\(word)") }
    }

    @Test func identifiersAreReadForWhoAsks() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, includesIdentifiers: true))
        let found = try #require(machine.identifiers)
        let values = Dictionary(grouping: found, by: \.name).mapValues { $0.map(\.value) }
        #expect(values["hostName"] == [.known("planted-host")])
        #expect(values["machineId"] == [.known("0f0e0d0c0b0a09080706050403020100")])
        #expect(values["productSerial"] == [.known("PLANTED-SERIAL-1")])
        #expect(values["productUuid"] == [.known("deadbeef-0001-0002-0003-0123456789ab")])
        #expect(values["boardSerial"] == [.known("PLANTED-SERIAL-2")])
        #expect(values["chassisSerial"]?[0].reason?.contains("chassis_serial") == true)
        #expect(values["hardwareAddress.enx02feedfacade"] == [.known("02:fe:ed:fa:ca:de")])
        #expect(values["networkAddress"] == [.known("192.0.2.77"), .known("2001:0db8:0000:0000:0000:0000:0000:0077")])
        #expect(values["diskSerial.nvme0n1"] == [.known("PLANTED-SERIAL-3")])
        #expect(values["kernelCommandLine"]?[0].value?.contains("root=UUID=deadbeef-0004") == true)
        // And nowhere else.
        var rest = machine
        rest.identifiers = nil
        let text = try Fixtures.json(rest)
        for word in Self.planted { #expect(!text.contains(word), "\(word)") }
    }

    @Test func aContainerIsNamedForWhoAsks() throws {
        let tree = try Fixtures.tree("container")
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, includesIdentifiers: true))
        let container = machine.identifiers?.first { $0.name == "containerId" }
        #expect(
            container?.value == .known("0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"))
    }

    @Test func hostileIdentifiersAreTamed() throws {
        let extra = """
            etc/machine-id = a\u{1B}[31mb\u{202E}c
            proc/cmdline = \(String(repeating: "x", count: 9000))
            proc/net/fib_trie:
            | |-- 1.2.3.4<script>
            | /32 host LOCAL
            | /32 host LOCAL
            proc/net/if_inet6:
            | zzzz0000000000000000000000000000 01 80 10 80 eth0
            | 00 01 80 10 80 eth0
            """
        let tree = try Fixtures.tree("bare-guest", extra: extra)
        let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, includesIdentifiers: true))
        let found = try #require(machine.identifiers)
        #expect(found.first { $0.name == "machineId" }?.value == .known("a [31mb c"))
        #expect(found.first { $0.name == "kernelCommandLine" }?.value.value?.count == 4096)
        #expect(!found.contains { $0.name == "networkAddress" })
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
        let text = try Fixtures.json(Probe.machine(ProbeOptions(cloudMetadata: .never)))
        // As a word of its own: a host may be called `vm` or `core`.
        #expect(!text.contains("\"\(name)\""))
    }
}
