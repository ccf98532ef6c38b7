import Model

/// The cores that may be used, each with its allowed processing units, in the topology's order: neighbours share caches and
/// NUMA nodes.
struct Cores {
    private(set) var siblings: [[Int]]
    /// For each core the place of its NUMA node among those that have cores; empty where none is known.
    private var node: [Int] = []

    init(_ machine: Machine) {
        let allowed = machine.limits.allowedProcessingUnits.value.map { UnitList.parse($0) }
        siblings = []
        Self.walk(machine.topology.tree) { core in
            let inside = Self.units(core).filter { allowed?.contains($0) ?? true }
            if !inside.isEmpty { siblings.append(inside) }
        }
        let nodes = machine.topology.numaNodes.map { UnitList.parse($0.processingUnitList) }
        node = siblings.map { core in nodes.firstIndex { $0.contains(core[0]) } ?? 0 }
    }

    /// One processing unit per core, the first that may be used.
    var firstUnits: [Int] { siblings.map { $0[0] } }

    var unitCount: Int { siblings.reduce(0) { $0 + $1.count } }

    /// In the order in which threads take them: every core once before the second of its units is taken.
    func order(_ order: ThreadOrder) -> [Int] {
        let ranks = siblings.map(\.count).max() ?? 0
        return (0..<ranks).flatMap { rank in
            let cores = siblings.indices.filter { siblings[$0].count > rank }
            return (order == .spread ? dealt(cores) : Array(cores)).map { siblings[$0][rank] }
        }
    }

    /// One core of each node in turn, until all are dealt.
    private func dealt(_ cores: [Int]) -> [Int] {
        let byNode = Dictionary(grouping: cores) { node[$0] }.sorted { $0.key < $1.key }.map(\.value)
        let rounds = byNode.map(\.count).max() ?? 0
        return (0..<rounds).flatMap { round in byNode.compactMap { $0.indices.contains(round) ? $0[round] : nil } }
    }

    /// Those that belong to the cell's node.
    func of(_ cell: NodeCell, _ machine: Machine) -> Cores {
        guard let index = cell.node, let found = machine.topology.numaNodes.first(where: { $0.index == index }) else {
            return self
        }
        let inside = UnitList.parse(found.processingUnitList)
        var cores = self
        let kept = siblings.indices.filter { inside.contains(siblings[$0][0]) }
        cores.siblings = kept.map { siblings[$0] }
        cores.node = kept.map { node[$0] }
        return cores
    }

    private static func walk(_ node: TopologyNode, _ visit: (TopologyNode) -> Void) {
        // A machine whose topology knows no cores has bare processing units: each counts as one.
        if node.kind == "core" || node.kind == "processingUnit" { return visit(node) }
        for child in node.children { walk(child, visit) }
    }

    private static func units(_ node: TopologyNode) -> [Int] {
        if node.kind == "processingUnit" { return node.index.map { [$0] } ?? [] }
        return node.children.flatMap(units)
    }
}

/// The kernel's list format: `0-3,8,10-11`.
enum UnitList {
    static func parse(_ text: String) -> Set<Int> {
        var units: Set<Int> = []
        for range in text.split(separator: ",") {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first >= 0, first <= last, last < 1 << 20 else {
                continue
            }
            units.formUnion(first...last)
        }
        return units
    }
}
