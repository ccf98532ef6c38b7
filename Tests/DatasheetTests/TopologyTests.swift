import Datasheet
import Document
import Model
import Testing

struct TopologyTests {
    private func node(_ kind: String, _ index: Int?, _ bytes: UInt64? = nil, _ children: [TopologyNode] = [])
        -> TopologyNode
    {
        TopologyNode(kind: kind, index: index, name: nil, bytes: bytes, children: children)
    }

    /// Packages of sixty-four cores.
    private func machine(packages: Int = 2) -> Machine {
        var machine = Synthetic.machine
        machine.topology.tree.children = (0..<packages).map { package in
            let caches = (0..<8).map { cache in
                node(
                    "l3", cache, 32 << 20,
                    (0..<8).map { core in
                        let unit = 64 * package + 8 * cache + core
                        let units = [node("processingUnit", unit), node("processingUnit", unit + 64 * packages)]
                        return node("l2", nil, 1 << 20, [node("core", 8 * cache + core, nil, units)])
                    })
            }
            return node("package", package, nil, [node("numaNode", package, 1 << 38)] + caches)
        }
        machine.topology.packages = packages
        machine.topology.cores = 64 * packages
        machine.topology.numaNodes = (0..<packages).map {
            NUMANode(index: $0, bytes: 1 << 38, processingUnits: 64, processingUnitList: "\(64 * $0)-\(64 * $0 + 63)")
        }
        return machine
    }

    private func boxes(_ boxes: [Document.Box]) -> [Document.Box] { boxes.flatMap { [$0] + self.boxes($0.children) } }

    private func picture(_ machine: Machine) -> [Document.Box] {
        guard case .boxes(let picture) = Datasheet.topologyFigure(machine).chart else { return [] }
        return boxes(picture)
    }

    @Test func aLargeMachineShowsEveryCoreAsACell() throws {
        let all = picture(machine())
        let cells = all.filter { $0.style == .cell }
        #expect(cells.count == 128)
        #expect(cells[9].label == "9" && cells[9].detail == "137")
        #expect(all.count { $0.label == "L3" } == 16)
        #expect(!all.contains { $0.style == .ellipsis })
        let note = try #require(all.first { $0.style == .note })
        #expect(note.label.contains("a core of 2 threads with its own L2\u{A0}1\u{A0}MiB"))
    }

    @Test func whatRepeatsTooOftenIsCountedNotDrawn() throws {
        let all = picture(machine(packages: 16))
        #expect(all.count < 200)
        #expect(all.count { $0.label.hasPrefix("Package") } == 2)
        #expect(all.contains { $0.label == "… 14 more like Package 0" && $0.style == .ellipsis })
        #expect(all.contains { $0.label == "… 6 more like L3" })
    }

    @Test func aSmallMachineShowsEverything() {
        let all = picture(Synthetic.machine)
        #expect(all.filter { $0.label.hasPrefix("PU ") }.count == 2)
        #expect(all.contains { $0.label == "L1d" })
        #expect(!all.contains { $0.style == .cell })
    }

    /// Cores that differ are told apart beside them.
    @Test func coresOfTwoBuildsAreIntroducedEach() {
        var machine = machine()
        for package in machine.topology.tree.children.indices {
            for cache in 1...4 {
                machine.topology.tree.children[package].children[cache].children = (0..<8).map {
                    node("core", $0, nil, [node("processingUnit", 1000 * (package + 1) + 10 * cache + $0)])
                }
            }
        }
        let notes = picture(machine).filter { $0.style == .note }.map(\.label)
        #expect(Set(notes).count == 2)
        #expect(notes.contains("A core of 1 thread:"))
    }

    @Test func devicesHangWhereTheyAreAttached() throws {
        var machine = Synthetic.machine
        let names = ["nvml0", "cuda0"].map {
            TopologyNode(kind: "device", index: nil, name: $0, bytes: nil, children: [])
        }
        let slot = TopologyNode(kind: "pci", index: nil, name: "0000:41:00.0", bytes: nil, children: names)
        machine.topology.tree.children[1].children.append(node("bridge", nil, nil, [slot]))
        let link = PCILink(
            bytesPerSecond: .known(63e9), speed: .known(32e9), width: .known(8), maximumSpeed: .known(32e9),
            maximumWidth: .known(16))
        machine.topology.devices = [
            Device(
                kind: .gpu, name: "nvml0", busId: "0000:41:00.0", vendor: "NVIDIA Corporation", model: "NVIDIA H100",
                numaNode: 0, link: link),
            Device(
                kind: .coprocessor, name: "cuda0", busId: "0000:41:00.0", vendor: "NVIDIA Corporation",
                model: "NVIDIA H100", numaNode: 0, link: link, memoryBytes: 80 << 30),
        ]
        let box = try #require(picture(machine).first { $0.style == .device })
        #expect(box.label == "nvml0, cuda0")
        #expect(box.detail == "63.0\u{A0}GB/s")
        #expect(box.children.map(\.label) == ["NVIDIA H100, 80\u{A0}GiB, 0000:41:00.0"])
        let words = Datasheet.machineTree(machine).words
        #expect(words.contains("8 of 16 lanes at 32.0\u{A0}GT/s (63.0\u{A0}GB/s)"))
        #expect(words.contains("Device cuda0, NVIDIA H100, 80\u{A0}GiB of memory"))
    }

    @Test func whatIsOffOrWithheldIsSaid() {
        var machine = Synthetic.machine
        machine.topology.processingUnitSets.online = .known("0-2")
        machine.topology.processingUnitSets.offline = .known("3")
        machine.topology.processingUnitSets.disallowed = .known("2")
        #expect(Datasheet.topologyFigure(machine).subtitle.contains("offline: 3; not allowed: 2"))
        #expect(
            Datasheet.machineTree(machine).words.contains("Processing units 0-2 online; offline: 3; not allowed: 2"))
    }

    @Test func attributesAndMatricesAreTables() throws {
        var recording = Synthetic.normal()
        recording.bundle.machine.topology.memoryAttributes = [
            MemoryAttribute(
                name: "ReadLatency", unit: .seconds, higherIsBetter: false,
                values: [.init(node: 0, initiator: "0-1", value: 115e-9)])
        ]
        recording.bundle.machine.topology.distances = [
            DistanceMatrix(
                name: "NVLinkBandwidth", meaning: .bandwidth, unit: .bytesPerSecond, source: .system,
                objects: [TopologyObject(kind: "device", index: nil, name: "nvml0")], values: [[nil]])
        ]
        let section = try #require(Datasheet.compose(recording).sections.first { $0.number == 4 })
        #expect(section.words.contains("Memory attributes\n0\n0-1\n115\u{A0}ns"))
        #expect(section.words.contains("Distances: NVLinkBandwidth\nnvml0"))
    }

    /// Nothing is left out of the tree, which is text and can be long.
    @Test func theTreeShowsEveryCore() {
        func labels(_ tree: Document.Tree) -> [String] { [tree.label] + tree.children.flatMap(labels) }
        #expect(labels(Datasheet.machineTree(machine())).count { $0.hasPrefix("Core ") } == 128)
    }

    @Test func theTreeShowsDistancesAndCoreKinds() {
        var machine = machine()
        machine.topology.numaDistances = [[10, 21], [21, 10]]
        machine.topology.coreKinds = [
            CoreKind(efficiency: 0, processingUnits: 4, processingUnitList: "0-3"),
            CoreKind(
                efficiency: 1, processingUnits: 8, processingUnitList: "4-11", type: "IntelCore",
                maximumFrequency: .known(4.6e9)),
        ]
        let words = Datasheet.machineTree(machine).words
        #expect(words.contains("NUMA distances to nodes 0, 1; local is 10\nFrom node 0 10, 21\nFrom node 1 21, 10"))
        #expect(words.contains("IntelCore, efficiency rank 1, at most 4.60\u{A0}GHz 8 processing units (4-11)"))
        let plain = Datasheet.machineTree(Synthetic.machine).words
        #expect(!plain.contains("NUMA distances") && !plain.contains("Core kinds"))
    }
}
