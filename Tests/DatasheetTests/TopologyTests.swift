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

    /// Two packages of sixty-four cores.
    private var machine: Machine {
        var machine = Synthetic.machine
        machine.topology.tree.children = (0..<2).map { package in
            let caches = (0..<8).map { cache in
                node(
                    "l3", cache, 32 << 20,
                    (0..<8).map { node("core", 8 * cache + $0, nil, [node("processingUnit", 8 * cache + $0)]) })
            }
            return node("package", package, nil, [node("numaNode", package, 1 << 38)] + caches)
        }
        machine.topology.numaNodes += [
            NUMANode(index: 1, bytes: 1 << 38, processingUnits: 64, processingUnitList: "64-127")
        ]
        return machine
    }

    private func boxes(_ boxes: [Document.Box]) -> [Document.Box] { boxes.flatMap { [$0] + self.boxes($0.children) } }

    @Test func whatRepeatsIsCountedNotDrawn() throws {
        var recording = Synthetic.normal()
        recording.bundle.machine = machine
        let section = try #require(Datasheet.compose(recording).sections.first { $0.number == 4 })
        let figures = section.blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
        guard case .boxes(let picture) = try #require(figures.first).chart else { return }
        let all = boxes(picture)
        #expect(all.count < 60)
        #expect(all.contains { $0.label == "… 6 more like L3" && $0.style == .ellipsis })
        #expect(all.count { $0.label.hasPrefix("Package") } == 2)
    }

    /// Nothing is left out of the tree, which is text and can be long.
    @Test func theTreeShowsEveryCore() {
        func labels(_ tree: Document.Tree) -> [String] { [tree.label] + tree.children.flatMap(labels) }
        #expect(labels(Datasheet.machineTree(machine)).count { $0.hasPrefix("Core ") } == 128)
    }

    @Test func theTreeShowsDistancesAndCoreKinds() {
        var machine = machine
        machine.topology.numaDistances = [[10, 21], [21, 10]]
        machine.topology.coreKinds = [
            CoreKind(efficiency: 0, processingUnits: 4, processingUnitList: "0-3"),
            CoreKind(efficiency: 1, processingUnits: 8, processingUnitList: "4-11"),
        ]
        let words = Datasheet.machineTree(machine).words
        #expect(words.contains("NUMA distances to nodes 0, 1; local is 10\nFrom node 0 10, 21\nFrom node 1 21, 10"))
        #expect(words.contains("Efficiency rank 1 8 processing units (4-11)"))
        let plain = Datasheet.machineTree(Synthetic.machine).words
        #expect(!plain.contains("NUMA distances") && !plain.contains("Core kinds"))
    }
}
