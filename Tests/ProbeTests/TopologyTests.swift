import Foundation
import Model
import Probe
import Testing

/// Every count must be the one that `lstopo` gave for the same file.
struct TopologyTests {
    @Test func thereAreFixtures() {
        #expect(Fixtures.topologies.count >= 24)
        #expect(Fixtures.machines.count >= 8)
    }

    @Test(arguments: Fixtures.topologies)
    func countsAreThoseOfLstopo(_ name: String) throws {
        let topology = try Fixtures.topology(name).topology
        let counts = kinds(topology.tree)
        let oracle = try String(contentsOfFile: "\(Fixtures.folder)/topologies/\(name).counts", encoding: .utf8)
        for line in oracle.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            let names = try #require(Self.names[parts[0]], "\(parts[0])")
            let found = names.map { counts[$0] ?? 0 }.reduce(0, +)
            #expect(found == Int(parts[1]), "\(parts[0]) of \(name)")
        }
        #expect(topology.packages == counts["package"] ?? 0)
        #expect(topology.cores == counts["core"] ?? 0)
        #expect(topology.processingUnits == counts["processingUnit"] ?? 0)
        #expect(topology.numaNodes.count == counts["numaNode"] ?? 0)
        #expect(Dictionary(uniqueKeysWithValues: topology.objectCounts.map { ($0.kind, $0.count) }) == counts)
        #expect(topology.memoryCaches.count == counts["memoryCache"] ?? 0)
        let caches = counts.filter { $0.key.hasPrefix("l") }.values.reduce(0, +)
        #expect(topology.caches.map(\.count).reduce(0, +) == caches)
    }

    /// hwloc's names and ours.
    private static let names: [String: [String]] = [
        "Machine": ["machine"], "Package": ["package"], "Die": ["die"], "Group": ["group"], "Core": ["core"],
        "PU": ["processingUnit"], "L5Cache": ["l5"], "L4Cache": ["l4"], "L3Cache": ["l3", "l3d"],
        "L2Cache": ["l2", "l2d"], "L1Cache": ["l1", "l1d"], "L1iCache": ["l1i"], "NUMANode": ["numaNode"],
        "MemCache": ["memoryCache"], "Bridge": ["bridge"], "PCI": ["pci"], "OSDev": ["device"],
        "Misc": ["misc"],
    ]

    private func kinds(_ node: TopologyNode) -> [String: Int] {
        node.children.reduce(into: [node.kind: 1]) { counts, child in
            counts.merge(kinds(child), uniquingKeysWith: +)
        }
    }

    @Test func memoryStandsBesideTheLevelItIsAttachedTo() throws {
        let tree = try Fixtures.topology("many-packages").topology.tree
        #expect(tree.children.map(\.kind) == Array(repeating: "package", count: 8))
        #expect(tree.children[0].children.map(\.kind) == ["numaNode", "l3"])
        #expect(tree.children[0].children[0].bytes == 16_000_000_000)
    }

    @Test func cachesOfOneSizeAreCountedTogether() throws {
        let caches = try Fixtures.topology("captured-intel-hybrid").topology.caches
        #expect(
            caches == [
                Cache(level: 3, type: .unified, bytes: 20480 << 10, count: 1),
                Cache(level: 2, type: .unified, bytes: 2048 << 10, count: 1),
                Cache(level: 2, type: .unified, bytes: 1280 << 10, count: 2),
                Cache(level: 1, type: .data, bytes: 48 << 10, count: 2),
                Cache(level: 1, type: .data, bytes: 32 << 10, count: 2),
                Cache(level: 1, type: .instruction, bytes: 64 << 10, count: 2),
                Cache(level: 1, type: .instruction, bytes: 32 << 10, count: 2),
            ])
    }

    @Test func kindsOfCoresAreToldApart() throws {
        let kinds = try Fixtures.topology("captured-intel-hybrid").topology.coreKinds
        #expect(kinds.map(\.processingUnitList) == ["4-5", "0-3"])
        #expect(kinds.map(\.efficiency) == [0, 1])
        #expect(kinds.map(\.maximumFrequency.value) == [3.3e9, 4.6e9])
        #expect(kinds.map(\.baseFrequency.value) == [1.8e9, 2.5e9])
        #expect(try Fixtures.machine("intel-hybrid").topology.coreKinds.map(\.type) == ["IntelAtom", "IntelCore"])
    }

    @Test func distancesAreInTheOrderOfTheNodes() throws {
        let topology = try Fixtures.topology("captured-amd-two-sockets-nps4").topology
        #expect(topology.numaNodes.map(\.index) == Array(0..<8))
        #expect(topology.numaDistances.count == 8)
        #expect(topology.numaDistances[1] == [12, 10, 12, 12, 32, 32, 32, 32])
    }

    @Test func aNodeWithoutProcessorsIsANodeAllTheSame() throws {
        let topology = try Fixtures.topology("captured-arm-server").topology
        #expect(topology.numaNodes.map(\.processingUnits) == [2, 2, 0])
        #expect(topology.numaNodes.map(\.processingUnitList) == ["0-1", "2-3", ""])
        #expect(topology.numaDistances == [[10, 20, 40], [20, 10, 40], [40, 40, 10]])
    }

    @Test func anOldFileGivesTheSameMachine() throws {
        let new = try Fixtures.topology("two-sockets").topology
        let old = try Fixtures.topology("old-format").topology
        #expect(old.cores == new.cores)
        #expect(old.caches == new.caches)
        #expect(old.numaNodes == new.numaNodes)
    }

    @Test func devicesHaveTheirBusAndNode() throws {
        let devices = try Fixtures.machine("intel-hybrid").topology.devices
        let network = try #require(devices.first { $0.kind == .network })
        #expect(network.busId == "0000:00:1f.6")
        #expect(network.numaNode == 0)
        #expect(network.vendor == "0x8086")
        #expect(network.processingUnitList == "0-5")
        let picture = try #require(devices.first { $0.kind == .gpu })
        #expect(picture.name == "display controller")
        #expect(picture.busId == "0000:00:02.0")
        let disk = try #require(devices.first { $0.kind == .block })
        #expect(disk.name == "nvme0n1")
        #expect(disk.capacityBytes == 1_000_204_886_016)
        #expect(disk.subtype == "Disk")
    }
}
