import Document
import Model
import Units

extension Datasheet {
    /// The rows of memory, and below them the nodes as libnuma tells them.
    static func memoryTree(_ memory: Memory) -> Document.Tree {
        var tree = branch("Memory", memoryRows(memory))
        switch memory.nodes {
        case .unknown(let reason): tree.children.append(Document.Tree("NUMA nodes", "unknown: \(reason)"))
        case .known(let nodes):
            tree.children += nodes.map { node in
                Document.Tree("NUMA node \(node.index)", "\(nodeSize(node)); huge pages \(nodePages(node))")
            }
        }
        return tree
    }

    /// For machines of several nodes; of a single one everything is said in the rows.
    static func memoryNodes(_ memory: Memory) -> [Document.Block] {
        guard let nodes = memory.nodes.value, nodes.count > 1 else { return [] }
        let heads = [
            Document.Column("Node"), Document.Column("Memory", .number), Document.Column("Free", .number),
            Document.Column("Huge pages"),
        ]
        let rows = nodes.map { node -> [Document.Cell] in
            [
                .data("\(node.index)"), size(node.totalBytes), size(node.freeBytes), .data(nodePages(node)),
            ]
        }
        return [
            .table(
                Document.Table(
                    caption: "Memory of each node, as libnuma tells it when probed", columns: heads, rows: rows,
                    isCompact: true))
        ]
    }

    private static func size(_ bytes: Reported<UInt64>) -> Document.Cell {
        bytes.value.map { .number(Figures.bytes($0)) } ?? .data(bytes.text(Figures.bytes), .quiet)
    }

    private static func nodeSize(_ node: MemoryNode) -> String {
        guard let total = node.totalBytes.value else { return node.totalBytes.text(Figures.bytes) }
        return Figures.bytes(total) + (node.freeBytes.value.map { ", \(Figures.bytes($0)) free" } ?? "")
    }

    private static func nodePages(_ node: MemoryNode) -> String {
        guard !node.hugePages.isEmpty else { return "not told" }
        return node.hugePages.allSatisfy { $0.total == .known(0) }
            ? "none" : node.hugePages.map(poolText).joined(separator: "; ")
    }
}
