import Foundation
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// Memory as firmware, kernel, hwloc and libnuma tell it, and where they differ.
struct MemoryTests {
    @Test func modulesAreGroupedAndCounted() throws {
        let memory = try Fixtures.machine("amd-two-sockets-nps4").memory
        let groups = try #require(memory.modules.value)
        #expect(groups.map(\.count) == [8])
        #expect(groups[0].bytes == 16 << 30)
        #expect(groups[0].locators.first == "P0 CHANNEL A DIMM 0")
        #expect(groups[0].identifiers == nil)
        #expect(memory.firmwareBytes == .known(128 << 30))
        #expect(memory.firmwareSource == .known("SMBIOS memory modules"))
        #expect(memory.channels == .known(8))
        #expect(memory.errorCorrection == .known("multi-bit ECC (SMBIOS)"))
        #expect(memory.arrays.value?.map(\.sockets) == [12, 12])
        let sentences = try #require(memory.differences.value)
        #expect(sentences.count == 1)
        #expect(sentences[0].hasPrefix("Memory modules made for 4"))
    }

    @Test func serialNumbersAreForWhoAsks() throws {
        let tree = try Fixtures.tree("amd-two-sockets-nps4")
        let memory = try Probe.machine(ProbeOptions(sysroot: tree.path, includesIdentifiers: true)).memory
        let identifiers = try #require(memory.modules.value?.first?.identifiers)
        #expect(identifiers.count == 16)
        #expect(identifiers.prefix(2) == ["PLANTED-SERIAL-32", "PLANTED-TAG-32"])
    }

    @Test func hugePagesAreToldForEachSizeAndNode() throws {
        let memory = try Fixtures.machine("amd-two-sockets-nps4").memory
        #expect(
            memory.hugePagePools
                == .known([
                    HugePagePool(bytes: 2 << 20, total: .known(512), free: .known(500)),
                    HugePagePool(bytes: 1 << 30, total: .known(0), free: .known(0)),
                ]))
        let nodes = try #require(memory.nodes.value)
        #expect(nodes.map { $0.hugePages.first?.total } == [256, 256, 0, 0, 0, 0, 0, 0].map { .known($0) })
        #expect(nodes[1].hugePages.map(\.free) == [.known(244), .known(0)])
        #expect(nodes[0].freeBytes == .known(15_000_000 << 10))
        #expect(nodes[4].distances == [32, 32, 32, 32, 10, 12, 12, 12])
    }

    @Test func controllersCountErrors() throws {
        let memory = try Fixtures.machine("arm-server").memory
        let controllers = try #require(memory.controllers.value)
        #expect(controllers.map(\.modules) == [2, 1])
        #expect(controllers.map(\.correctedErrors) == [.known(3), .known(0)])
        #expect(controllers.map(\.uncorrectedErrors) == [.known(0), .known(1)])
        #expect(controllers.map(\.bytes) == [.known(8 << 30), .known(4 << 30)])
        #expect(memory.channels == .known(3))
        #expect(memory.errorCorrection == .known("SECDED (EDAC)"))
        #expect(memory.modules.reason?.contains("/sys/firmware/dmi/tables/DMI") == true)
        #expect(memory.firmwareBytes == .known(96 * (128 << 20)))
    }

    @Test func blocksThatAreSwitchedOffAreCountedInDepthOnly() throws {
        let tree = try Fixtures.tree("arm-server")
        let deep = try Probe.machine(ProbeOptions(sysroot: tree.path, isDeep: true)).memory
        #expect(deep.differences == .known(["1 memory block is there and switched off."]))
        #expect(try Probe.machine(ProbeOptions(sysroot: tree.path)).memory.differences == .known([]))
    }

    @Test func everyDifferenceIsASentence() throws {
        let sentences = try #require(try Fixtures.machine("restricted-nodes").memory.differences.value)
        let beginnings = [
            "Firmware and kernel differ by 51", "Kernel and hwloc differ by 50", "NUMA node 1 is there by",
            "/sys/devices/system/node tells distances between NUMA nodes, hwloc none.",
            "SMBIOS cannot be read to its end: the structure at byte 157 is cut off.",
        ]
        #expect(sentences.count == beginnings.count)
        for (sentence, beginning) in zip(sentences, beginnings) { #expect(sentence.hasPrefix(beginning)) }
        #expect(sentences[2].hasSuffix("; this process may not use it."))
    }

    @Test func theFirmwaresMapIsReadWhereThereIsNoTable() throws {
        let extra = """
            sys/firmware/memmap/0/start = 0x0
            sys/firmware/memmap/0/end = 0x9fbff
            sys/firmware/memmap/0/type = System RAM
            sys/firmware/memmap/1/start = 0x9fc00
            sys/firmware/memmap/1/end = 0xfffff
            sys/firmware/memmap/1/type = Reserved
            sys/firmware/memmap/2/start = 0x100000
            sys/firmware/memmap/2/end = 0x7fffffff
            sys/firmware/memmap/2/type = System RAM
            """
        let memory = try Fixtures.machine("bare-guest", extra: extra).memory
        #expect(memory.firmwareBytes == .known(0x9fc00 + 0x7ff0_0000))
        #expect(memory.firmwareSource == .known("System RAM of /sys/firmware/memmap"))
        let endless = extra + "\nsys/firmware/memmap/2/end = 0xffffffffffffffff"
        #expect(try Fixtures.machine("bare-guest", extra: endless).memory.firmwareBytes.value == nil)
        let turned = extra + "\nsys/firmware/memmap/2/end = 0x1"
        #expect(try Fixtures.machine("bare-guest", extra: turned).memory.firmwareBytes.value == nil)
    }

    @Test func aMachineWithoutNodesSaysSo() throws {
        let memory = try Fixtures.machine("bare-guest").memory
        #expect(memory.nodes.reason == "no node under /sys/devices/system/node")
        #expect(memory.differences == .known([]))
    }

    @Test func numbersOutOfRangeAreUnknown() throws {
        let extra = """
            sys/devices/system/edac/mc/mc0/size_mb = 9223372036854775807
            sys/devices/system/edac/mc/mc0/ce_count = -1
            sys/devices/system/edac/mc/mc0/ue_count = many
            sys/devices/system/edac/mc/mc99999999999999999999/size_mb = 1
            sys/devices/system/edac/mc/mc-1/size_mb = 1
            sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages = -1
            sys/kernel/mm/hugepages/hugepages-18446744073709551615kB/nr_hugepages = 1
            sys/kernel/mm/hugepages/hugepages-0kB/nr_hugepages = 1
            sys/kernel/mm/hugepages/hugepages-kB/nr_hugepages = 1
            sys/devices/system/memory/block_size_bytes = ffffffffffffffff
            sys/devices/system/memory/memory0/online = 1
            sys/devices/system/memory/memory1/online = 1
            """
        let memory = try Fixtures.machine("bare-guest", extra: extra).memory
        let controllers = try #require(memory.controllers.value)
        #expect(controllers.map(\.index) == [0])
        #expect(controllers[0].bytes.value == nil)
        #expect(controllers[0].correctedErrors.value == nil && controllers[0].uncorrectedErrors.value == nil)
        #expect(memory.hugePagePools.value?.map(\.bytes) == [2 << 20])
        #expect(memory.hugePagePools.value?[0].total.value == nil)
        #expect(memory.firmwareBytes.value == nil)
    }

    @Test func thisMachineIsAskedThroughLibnuma() throws {
        let memory = try Probe.machine().memory
        let folders = SystemFiles().names(in: "/sys/devices/system/node").filter { $0.hasPrefix("node") }
        #expect(memory.nodes.value?.count ?? 0 == folders.count)
        #expect(memory.policy.value?.mode.isEmpty == false || memory.policy.reason?.isEmpty == false)
    }
}

/// Two views of the same nodes, made up.
struct MemoryDifferencesTests {
    private static func topology(_ bytes: [UInt64], _ distances: [[Int]]) -> Topology {
        Topology(
            packages: 1, cores: 1, processingUnits: 1,
            numaNodes: bytes.enumerated().map {
                NUMANode(index: $0, bytes: $1, processingUnits: 0, processingUnitList: "")
            }, caches: [], coreKinds: [], numaDistances: distances, devices: [],
            tree: TopologyNode(kind: "machine", index: nil, name: nil, bytes: nil, children: []))
    }

    private static func sentences(
        _ topology: Topology, _ nodes: [(UInt64?, [Int])], allowed: Set<Int>? = nil
    ) -> [String] {
        let unread = Reported<UInt64>.unknown("unread")
        let memory = Memory(
            kernelBytes: unread, hwlocBytes: unread, availableBytes: unread, swapBytes: unread, hugePageBytes: unread,
            hugePages: .unknown("unread"),
            nodes: .known(
                nodes.enumerated().map {
                    MemoryNode(
                        index: $0, totalBytes: Reported($1.0, else: "unread"), freeBytes: unread, distances: $1.1,
                        hugePages: [])
                }))
        return MemoryDifferences(topology: topology, allowed: allowed).sentences(memory, nodesFrom: "libnuma")
    }

    @Test func agreementIsSilent() {
        let topology = Self.topology([1 << 30, 1 << 30], [[10, 20], [20, 10]])
        #expect(Self.sentences(topology, [(1 << 30, [10, 20]), (1 << 30, [20, 10])]) == [])
        #expect(Self.sentences(topology, [(nil, [10, 20]), (1 << 30, [20, 10])]) == [])
    }

    @Test func nodesSizesAndDistancesAreCompared() {
        let topology = Self.topology([1 << 30, 1 << 30], [[10, 20], [20, 10]])
        let sizes = Self.sentences(topology, [(1 << 30, [10, 20]), (2 << 30, [20, 10])])
        #expect(sizes == ["NUMA node 1 has 2\u{a0}GiB by libnuma, 1\u{a0}GiB by hwloc."])
        let distances = Self.sentences(topology, [(1 << 30, [10, 21]), (1 << 30, [20, 10])])
        #expect(
            distances == ["Distances between NUMA nodes differ, libnuma against hwloc: from 0 to 1 21 against 20."])
        let untold = Self.sentences(topology, [(1 << 30, [10, 20]), (1 << 30, [])])
        #expect(untold == ["libnuma tells no distances from NUMA node 1."])
        let more = Self.sentences(topology, [(1 << 30, [])], allowed: [0])
        #expect(more == ["NUMA node 1 is there by hwloc, not by libnuma."])
        let fewer = Self.sentences(Self.topology([1 << 30], [[10]]), [(1 << 30, []), (1 << 30, [])], allowed: [0, 1])
        #expect(fewer == ["NUMA node 1 is there by libnuma, not by hwloc."])
    }

    @Test func manyDistancesAreCounted() {
        let count = 8
        let topology = Self.topology(
            Array(repeating: 1, count: count), Array(repeating: Array(repeating: 10, count: count), count: count))
        let nodes = Array(repeating: (UInt64?.some(1), Array(repeating: 11, count: count)), count: count)
        let sentences = Self.sentences(topology, nodes)
        #expect(sentences.count == 1)
        #expect(sentences[0].hasSuffix(", and 60 more."))
    }
}
