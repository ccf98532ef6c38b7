import Document
import Model
import Statistics
import Units

extension Reading {
    /// NUMA nodes whose cores or memory were measured apart.
    fileprivate var nodes: Set<Int> {
        var found: Set<Int> = []
        for planned in ceilings.map(\.case) {
            guard let node = planned.placement.node, case .node(let memory) = planned.placement.memory else { continue }
            found.formUnion([node, memory])
        }
        return found
    }

    /// Shown as a cell of a matrix, not as a line among the ceilings. A single node makes no matrix.
    func isInNodeMatrix(_ measurement: Measurement) -> Bool {
        measurement.case.placement.node != nil && nodes.count > 1
    }
}

extension Datasheet {
    /// Bandwidth and latency from the cores of each node (rows) to the memory of each (columns).
    static func nodeMatrices(_ reading: Reading) -> [Document.Table] {
        let cells = reading.ceilings.filter { reading.isInNodeMatrix($0) }
        let kinds = Kernel.ceilings.flatMap { kernel in
            cells.filter { $0.case.kernel == kernel }.map(\.case.threadsOfNode).unique.map { (kernel, $0) }
        }
        return kinds.compactMap { kernel, threads in
            matrix(cells.filter { $0.case.kernel == kernel && $0.case.threadsOfNode == threads }, kernel, threads)
        }
    }

    private static func matrix(_ cells: [Measurement], _ kernel: Kernel, _ threads: String) -> Document.Table? {
        let metrics = cells.compactMap(\.metrics.first)
        guard !metrics.isEmpty else { return nil }
        let column = NumberColumn(metrics)
        let sources = Set(cells.compactMap(\.case.placement.node)).sorted()
        let targets = Set(cells.compactMap(\.case.memoryNode)).sorted()
        let rows = sources.map { source in
            [Document.Cell.data("cores of node \(source)")]
                + targets.map { target -> Document.Cell in
                    let cell = cells.first { $0.case.placement.node == source && $0.case.memoryNode == target }
                    guard let cell, let metric = cell.metrics.first else { return .data("not measured", .quiet) }
                    return cell.isSound
                        ? .number(column.value(metric))
                        : .data("\(column.value(metric)), \(cell.status.rawValue)", .bad)
                }
        }
        return Document.Table(
            caption: "\(kernel.title) between NUMA nodes, \(column.unit), \(threads)",
            columns: [Document.Column("")] + targets.map { Document.Column("memory of node \($0)", .number) },
            rows: rows, isCompact: true)
    }
}

extension Case {
    /// The node that its memory is bound to.
    fileprivate var memoryNode: Int? { if case .node(let index) = placement.memory { index } else { nil } }

    fileprivate var threadsOfNode: String {
        placement.policy == .allCores ? "all cores of the node" : Words.threads(threads)
    }

    var asksForSmallPages: Bool { if case .pointerChase(let shape) = shape { shape.pages == .small } else { false } }

    /// One point of many that only say something together: not fit to stand for the machine.
    var isOfASweep: Bool {
        if placement.node != nil { return true }
        return if case .pointerChase(let shape) = shape { shape.pages != nil } else { false }
    }
}
