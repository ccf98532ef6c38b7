import Document
import Model
import Units

/// One drawing of a topology at one level of detail.
struct TopologyPicture {
    enum Detail: CaseIterable {
        /// Every object a box.
        case everything
        /// Every core a cell; what each core has to itself is said once.
        case cells
        /// As before, and of neighbours that are alike the first two.
        case examples
    }

    private let topology: Topology
    private let detail: Detail
    private let attached: AttachedDevices
    /// Builds of cores; where there is one, it is said once for the whole picture.
    private let builds: [CoreStack.Build]

    init(_ topology: Topology, _ detail: Detail) {
        self.topology = topology
        self.detail = detail
        attached = AttachedDevices(topology.devices)
        builds = detail == .everything ? [] : CoreStack.builds(topology.tree)
    }

    var boxes: [Document.Box] {
        var machine = box(topology.tree)
        if machine.detail.isEmpty, let bytes = totalBytes { machine.detail = Figures.bytes(bytes) }
        if builds.count == 1, let build = builds.first {
            machine.children.append(Document.Box("Each small box is \(build.text)", "", .note))
        }
        return [machine]
    }

    private var totalBytes: UInt64? {
        let sum = topology.numaNodes.reduce(UInt64(0)) { $0 &+ $1.bytes }
        return sum > 0 ? sum : nil
    }

    private func box(_ node: TopologyNode) -> Document.Box {
        let isStrip =
            ["numaNode", "memoryCache", "processingUnit"].contains(node.kind) || Datasheet.cacheLevel(node.kind) != nil
        return Document.Box(
            Datasheet.nodeName(node), Datasheet.nodeDetail(node), isStrip ? .strip : .frame, children: children(node))
    }

    /// What a node contains, and below it what is attached to it.
    private func children(_ node: TopologyNode) -> [Document.Box] {
        let hidden: Set<String> = ["bridge", "pci", "device", "misc"]
        let contained = node.children.filter { !hidden.contains($0.kind) }
        return runs(contained).flatMap(boxes) + attached.boxes(node)
    }

    /// Neighbours of the same build.
    private func runs(_ nodes: [TopologyNode]) -> [ArraySlice<TopologyNode>] {
        var result: [ArraySlice<TopologyNode>] = []
        var start = 0
        while start < nodes.count {
            let build = build(nodes[start])
            var end = start + 1
            while end < nodes.count, isAlike(nodes[start], nodes[end], build) { end += 1 }
            result.append(nodes[start..<end])
            start = end
        }
        return result
    }

    private func build(_ node: TopologyNode) -> CoreStack.Build? { builds.isEmpty ? nil : CoreStack(node)?.build }

    /// Cores stay together as long as they are of one build; whether two other things are alike matters only where the
    /// second would be left out.
    private func isAlike(_ first: TopologyNode, _ other: TopologyNode, _ build: CoreStack.Build?) -> Bool {
        if let build { return CoreStack(other)?.build == build }
        return detail == .examples && Self.sameBuild(first, other)
    }

    private static let alike = 4
    private static let cells = 64

    private func boxes(_ run: ArraySlice<TopologyNode>) -> [Document.Box] {
        let stacks = builds.isEmpty ? [] : run.compactMap(CoreStack.init)
        guard stacks.count == run.count, let build = stacks.first?.build else { return shown(run).map(box) + rest(run) }
        let note = builds.count > 1 ? [Document.Box(Words.capital(build.text) + ":", "", .note)] : []
        let isCut = detail == .examples && stacks.count > Self.cells
        let drawn = isCut ? stacks.prefix(Self.cells / 2) : stacks[...]
        let more = "… \(stacks.count - drawn.count) more like these"
        return note + drawn.map(\.box) + (isCut ? [Document.Box(more, "", .ellipsis)] : [])
    }

    private func shown(_ run: ArraySlice<TopologyNode>) -> ArraySlice<TopologyNode> {
        detail == .examples && run.count > Self.alike ? run.prefix(2) : run
    }

    private func rest(_ run: ArraySlice<TopologyNode>) -> [Document.Box] {
        let more = run.count - shown(run).count
        guard more > 0, let first = run.first else { return [] }
        return [Document.Box("… \(more) more like \(Datasheet.nodeName(first))", "", .ellipsis)]
    }

    /// Alike in what is drawn: devices, which carry their own names, are compared by how many there are.
    private static func sameBuild(_ a: TopologyNode, _ b: TopologyNode) -> Bool {
        let isNamed = !["bridge", "pci", "device", "misc"].contains(a.kind)
        guard a.kind == b.kind, a.bytes == b.bytes, !isNamed || a.name == b.name, a.children.count == b.children.count
        else { return false }
        return zip(a.children, b.children).allSatisfy(sameBuild)
    }
}
