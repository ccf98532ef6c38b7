import Model

/// One cell of the node matrix: whose cores, whose memory. For a line that is about the whole machine: all, and its policy.
struct NodeCell: Hashable {
    var node: Int?
    var memory: Placement.MemoryPolicy = .local
    /// Why no cell of the matrix can be measured.
    var obstacle: String?

    /// More would take hours, and no machine of today has them.
    static let mostNodes = 32

    /// ` node 0 → memory 1`, to follow a title.
    var title: String {
        switch (node, memory) {
        case (let node?, .node(let other)): ", node \(node) → memory \(other)"
        case (_, .node(let other)): ", memory of node \(other)"
        case (_, .interleave): ", interleaved memory"
        case (_, .local): ""
        }
    }

    /// What it adds to the identity of a case.
    var identity: [String] { node.map { ["cores of node \($0)"] } ?? [] }

    /// - Parameter policies: of the machine as a whole; the matrix has its own.
    static func cells(_ choice: NodeChoice, _ policies: [Placement.MemoryPolicy], on machine: Machine) -> [NodeCell] {
        let nodes = machine.topology.numaNodes
        guard choice == .matrix else {
            return policies.map { policy in
                guard case .node(let index) = policy, !nodes.contains(where: { $0.index == index && $0.bytes > 0 })
                else { return NodeCell(memory: policy) }
                return NodeCell(memory: policy, obstacle: "there is no NUMA node \(index) with memory here")
            }
        }
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
