import Model
import Probe
import TestSupport
import Testing

/// Machines that are not the same everywhere: each irregularity comes out as it is, and none as a zero.
struct IrregularMachineTests {
    @Test func processorsThatAreOffOrWithheldAreNamed() throws {
        let topology = try Fixtures.machine("offline-cores").topology
        let sets = topology.processingUnitSets
        #expect(topology.processingUnits == 3)
        #expect(sets.allowed == .known("0-2"))
        #expect(sets.online == .known("0-2,4"))
        #expect(sets.offline == .known("3,5"))
        #expect(sets.disallowed == .known("4"))
        #expect(sets.present == .known("0-5"))
        #expect(sets.possible == .known("0-7"))
        #expect(sets.complete == .known("0-5"))
    }

    @Test func aFileTellsWhatIsLeftButNotWhy() throws {
        let sets = try Fixtures.topology("restricted").topology.processingUnitSets
        #expect(sets.allowed == .known("0-7"))
        #expect(sets.offline.reason?.contains("topology file") == true)
        #expect(sets.disallowed.reason?.contains("topology file") == true)
    }

    @Test(arguments: ["4294967295", "0-99999999999", "3-1", "a", "0-", "-", "1,,2-x", "65536"])
    func aListThatIsNoneIsUnknown(_ text: String) throws {
        let sets = try Fixtures.machine("offline-cores", extra: "sys/devices/system/cpu/present = \(text)").topology
            .processingUnitSets
        #expect(sets.present.reason?.contains("/sys/devices/system/cpu/present") == true)
        #expect(sets.offline == .known("3,5"))
    }

    @Test func asymmetricCachesAreCountedOneByOne() throws {
        let caches = try Fixtures.machine("memory-kinds").topology.caches
        #expect(caches.map(\.level) == [3, 2, 2, 1, 1])
        let kibibytes: [UInt64] = [98304, 2048, 1024, 48, 32]
        #expect(caches.map { $0.bytes >> 10 } == kibibytes)
        #expect(caches.map(\.count) == [1, 2, 2, 2, 2])
        #expect(caches.allSatisfy { $0.lineBytes == 64 })
    }

    @Test func nodesWithoutProcessorsAndProcessorsWithoutMemory() throws {
        let nodes = try Fixtures.machine("memory-kinds").topology.numaNodes
        let first = try #require(nodes.first { $0.index == 1 })
        #expect(first.bytes == 0)
        #expect(first.processingUnitList == "2-3")
        // Without processors of its own: hwloc puts it beside those that the firmware names as nearest.
        let fast = try #require(nodes.first { $0.index == 2 })
        #expect(fast.bytes == 16_384_000 << 10)
        #expect(fast.processingUnitList == "0-1")
        #expect(try Fixtures.machine("arm-server").topology.numaNodes[2].processingUnits == 0)
    }

    @Test func aMachineWithoutNodesHasOneAllTheSame() throws {
        let topology = try Fixtures.machine("bare-guest").topology
        #expect(topology.numaNodes.count == 1)
        #expect(topology.numaDistances.isEmpty)
        #expect(topology.numaNodes[0].processingUnits == topology.processingUnits)
    }

    @Test func kindsOfMemoryAreNamed() throws {
        let nodes = try Fixtures.machine("memory-kinds").topology.numaNodes
        #expect(nodes.map(\.index) == [0, 2, 3, 1, 4])
        #expect(nodes.prefix(3).map(\.kind.value) == ["DRAM", "HBM", "NVM"])
        #expect(try Fixtures.machine("container").topology.numaNodes[0].kind.reason?.isEmpty == false)
        let annotated = try Fixtures.topology("annotated").topology.numaNodes
        #expect(annotated.map(\.kind.value) == ["DRAM", "HBM", "DRAM", "HBM"])
        #expect(annotated.map(\.tier) == [nil, 0, nil, 0])
        let gpu = try #require(try Fixtures.machine("accelerators").topology.numaNodes.first { $0.index == 2 })
        #expect(gpu.kind.value == "GPUMemory")
        #expect(gpu.busId == "0000:17:00.0")
    }

    @Test func cachesOfMemoryAreNotCachesOfProcessors() throws {
        let topology = try Fixtures.machine("memory-kinds").topology
        #expect(topology.memoryCaches == [MemoryCache(level: 1, bytes: 16 << 30, nodes: [0], lineBytes: 64)])
    }
}
