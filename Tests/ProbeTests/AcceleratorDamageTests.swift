import Foundation
import Model
import TestSupport
import Testing

@testable import Probe

/// Damaged and hostile files of accelerators: never a crash, nothing followed elsewhere, and the reason told.
struct AcceleratorDamageTests {
    private static let spoiled: [[UInt8]] = [
        [], [0xff, 0xfe, 0, 1, 10, 0xc3, 0x28, 10], Array(repeating: UInt8(ascii: "9"), count: (1 << 20) + 1),
        Array("-5\n".utf8), Array("99999999999999999999999\n".utf8), Array(": * Mhz\n1: *\n::\n=\n \n".utf8),
    ]

    @Test(arguments: ["amd-gpus", "intel-gpus", "nvidia-gpus"])
    func damagedFilesCostTheirFieldsOnly(_ name: String) throws {
        let tree = try Fixtures.tree(name)
        let count = try Probe.machine(ProbeOptions(sysroot: tree.path)).accelerators.count
        // Everything but the topology of processors and the bus itself.
        let folders = [
            "sys/devices/pci0000:03", "sys/devices/pci0000:00", "sys/devices/pci0000:41", "sys/class/kfd",
            "proc/driver",
        ]
        let needed: Set = ["class", "vendor", "device", "local_cpus"]
        let files = folders.flatMap { folder in
            (FileManager.default.enumerator(atPath: tree.path + "/" + folder)?.allObjects as? [String] ?? [])
                .filter { !needed.contains($0.split(separator: "/").last.map(String.init) ?? "") }
                .map { "\(folder)/\($0)" }
        }.filter {
            (try? FileManager.default.attributesOfItem(atPath: tree.path + "/" + $0)[.type] as? FileAttributeType)
                == .typeRegular
        }
        #expect(files.count > 3)
        for file in files {
            let sound = try #require(FileManager.default.contents(atPath: tree.path + "/" + file))
            for bytes in Self.spoiled {
                try tree.write(file, bytes: bytes)
                let machine = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true))
                #expect(machine.accelerators.count == count, "\(file)")
            }
            try tree.write(file, bytes: Array(sound))
        }
    }

    @Test func anAddressThatLeadsElsewhereIsNotFollowed() throws {
        for slot in [
            "../../../etc", "0000:00:02.0/../../x", "0000:00:02.0\u{0}", "00000000000:00:02.0", "0000:00:0é.0",
        ] {
            #expect(!slot.isBusId, "\(slot)")
        }
        #expect("0000:c1:1f.7".isBusId && "00010000:41:00.0".isBusId)
        let extra = """
            sys/class/drm/card0/device/uevent:
            | DRIVER=../../evil
            | PCI_ID=10de:2330
            | PCI_SLOT_NAME=../../../../etc
            """
        #expect(try Fixtures.machine("bare-guest", extra: extra).accelerators.isEmpty)
    }

    @Test(arguments: ["amd-gpus", "intel-gpus", "nvidia-gpus"])
    func theAnswerFitsTheSchema(_ name: String) throws {
        let tree = try Fixtures.tree(name)
        let stub = try StubNVML()
        var machine = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true, includesIdentifiers: true))
        machine.accelerators += NVMLAnswer(library: stub.path, includesIdentifiers: true).accelerators
        #expect(try SchemaValidator.named("machine").findings(JSON.document(machine)) == [])
    }
}
