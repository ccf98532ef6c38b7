import Foundation
import Model
import Probe
import TestSupport
import Testing

struct MemoryAttributeTests {
    private func attribute(_ name: String, _ topology: Topology) throws -> MemoryAttribute {
        try #require(topology.memoryAttributes.first { $0.name == name })
    }

    /// hwloc counts MiB/s and ns.
    @Test func valuesAreInBaseUnits() throws {
        let topology = try Fixtures.machine("memory-kinds").topology
        let read = try attribute("ReadBandwidth", topology)
        #expect(read.unit == .bytesPerSecond)
        #expect(read.higherIsBetter == true)
        #expect(read.values.map(\.node) == [0, 2, 3, 4])
        #expect(read.values.map(\.initiator) == ["0-1", "0-1", "0-1", "2-3"])
        let mebibytes: [Double] = [117_964, 419_430, 32_768, 28_672]
        #expect(read.values.map(\.value) == mebibytes.map { $0 * 1_048_576 })
        let latency = try attribute("WriteLatency", topology)
        #expect(latency.unit == .seconds)
        #expect(latency.higherIsBetter == false)
        #expect(latency.values.map(\.node) == [0, 2, 3])
        #expect(abs(latency.values[2].value - 900e-9) < 1e-15)
    }

    @Test func whatAUserAddedKeepsItsNumbers() throws {
        let topology = try Fixtures.topology("annotated").topology
        let own = try attribute("Endurance", topology)
        #expect(own.unit == .unknown)
        #expect(own.values == [.init(node: 0, initiator: nil, value: 7)])
        let bandwidth = try attribute("Bandwidth", topology)
        #expect(bandwidth.values.filter { $0.node == 0 }.map(\.initiator) == ["0-7", "8-15"])
    }

    @Test func sizesAndPlacesAreNotRepeated() throws {
        let names = try Fixtures.machine("memory-kinds").topology.memoryAttributes.map(\.name)
        #expect(Set(names).isDisjoint(with: ["Capacity", "Locality"]))
        #expect(try Fixtures.machine("container").topology.memoryAttributes.isEmpty)
    }

    @Test func kindsOfCoresCarryWhatIsKnown() throws {
        let kinds = try Fixtures.topology("annotated").topology.coreKinds
        #expect(kinds.map(\.type) == ["IntelAtom", "IntelCore"])
        #expect(kinds.map(\.efficiency) == [0, 1])
        #expect(kinds.map(\.maximumFrequency.value) == [3.8e9, 5.2e9])
        #expect(kinds[0].baseFrequency.value == 2e9)
        #expect(kinds[1].baseFrequency.reason?.contains("FrequencyBaseMHz") == true)
    }
}

struct DistanceTests {
    @Test func everyMatrixIsThere() throws {
        let matrices = try Fixtures.topology("gpu-plugins").topology.distances
        #expect(matrices.map(\.name) == ["NUMALatency", "NVLinkBandwidth", "XGMIBandwidth", "XGMIHops"])
        #expect(matrices.map(\.unit) == [.relative, .bytesPerSecond, .bytesPerSecond, .hops])
        #expect(matrices.map(\.meaning) == [.latency, .bandwidth, .bandwidth, .hops])
        #expect(matrices.allSatisfy { $0.source == .system })
        #expect(matrices[0].values == [[10, 21], [21, 10]])
        #expect(matrices[3].values == [[0, 1], [1, 0]])
    }

    /// hwloc puts a very large number on the diagonal of bandwidths; nobody told it.
    @Test func whatHwlocMakesUpIsLeftOut() throws {
        let link = try #require(
            try Fixtures.topology("gpu-plugins").topology.distances.first { $0.name == "NVLinkBandwidth" })
        #expect(link.objects.map(\.name) == ["nvml0", "nvml1"])
        #expect(link.values == [[nil, 450e9], [450e9, nil]])
    }

    @Test func aUsersMatrixKeepsItsNameAndNoUnit() throws {
        let own = try #require(
            try Fixtures.topology("annotated").topology.distances.first { $0.name == "PackageHops" })
        #expect(own.unit == .unknown)
        #expect(own.source == .user)
        #expect(own.objects == (0..<2).map { TopologyObject(kind: "package", index: $0, name: nil) })
        #expect(own.values == [[0, 3], [3, 0]])
    }

    @Test func matricesSurviveJSON() throws {
        let topology = try Fixtures.topology("gpu-plugins").topology
        #expect(try JSON.decode(Topology.self, from: JSON.document(topology)) == topology)
    }

    /// A number that hwloc squares to know how much memory to take.
    @Test func aMatrixOfTooManyIsRefused() throws {
        let text = try String(contentsOfFile: "\(Fixtures.folder)/topologies/gpu-plugins.xml", encoding: .utf8)
            .replacing("nbobjs=\"2\"", with: "nbobjs=\"65536\"")
        let tree = try CapturedTree(text: "")
        try tree.write("large.xml", bytes: Array(text.utf8))
        #expect(throws: ProbeError.self) {
            try Probe.machine(ProbeOptions(topologyFile: tree.path + "/large.xml"))
        }
    }
}
