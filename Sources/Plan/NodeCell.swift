import Model

/// One cell of the node matrix: whose cores, whose memory. For a line that is about the whole machine: all, and local.
struct NodeCell: Hashable {
    var node: Int?
    var memory: Placement.MemoryPolicy = .local
    /// Why no cell of the matrix can be measured.
    var obstacle: String?

    /// More would take hours, and no machine of today has them.
    static let mostNodes = 32

    /// ` node 0 → memory 1`, to follow a title.
    var title: String {
        guard let node, case .node(let other) = memory else { return "" }
        return ", node \(node) → memory \(other)"
    }

    /// What it adds to the identity of a case.
    var identity: [String] { node.map { ["cores of node \($0)"] } ?? [] }

    static func cells(_ choice: NodeChoice, on machine: Machine) -> [NodeCell] {
        guard choice == .matrix else { return [NodeCell()] }
        let nodes = machine.topology.numaNodes
        // A node without cores is a target only, one without memory a source only.
        let sources = nodes.filter { $0.processingUnits > 0 }.map(\.index)
        let targets = nodes.filter { $0.bytes > 0 && (0..<Placement.MemoryPolicy.mostNodes).contains($0.index) }.map(
            \.index)
        guard !sources.isEmpty, !targets.isEmpty else { return [NodeCell(obstacle: "no NUMA node is known here")] }
        guard nodes.count <= mostNodes else {
            return [NodeCell(obstacle: "\(nodes.count) NUMA nodes; a matrix of more than \(mostNodes) is not measured")]
        }
        return sources.flatMap { source in targets.map { NodeCell(node: source, memory: .node($0)) } }
    }
}

extension Cores {
    private init(firstUnits: [Int]) { self.firstUnits = firstUnits }

    /// Those that belong to the cell's node.
    func of(_ cell: NodeCell, _ machine: Machine) -> Cores {
        guard let index = cell.node, let node = machine.topology.numaNodes.first(where: { $0.index == index }) else {
            return self
        }
        let inside = UnitList.parse(node.processingUnitList)
        return Cores(firstUnits: firstUnits.filter(inside.contains))
    }
}

extension Suite.Entry {
    struct Combination {
        let dataType: DataType
        let backend: Backend
        let threads: ThreadCount
        let cache: CacheState
        let cell: NodeCell
    }

    /// Every data type with every backend, number of threads and state of the caches; the node matrix is not counted.
    public var count: Int { dataTypes.count * backends.count * threads.count * caches.count }

    func combinations(on machine: Machine) -> [Combination] {
        let cells = NodeCell.cells(nodes, on: machine)
        return dataTypes.flatMap { type in
            backends.flatMap { backend in
                threads.flatMap { threads in
                    caches.flatMap { cache in
                        cells.map {
                            Combination(dataType: type, backend: backend, threads: threads, cache: cache, cell: $0)
                        }
                    }
                }
            }
        }
    }
}
