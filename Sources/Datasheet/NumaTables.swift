import Document
import Model
import Units

/// What is known of memory and of ways between things, as tables.
extension Datasheet {
    static func numa(_ topology: Topology) -> [Document.Block] {
        guard !topology.numaNodes.isEmpty else { return [.paragraph("NUMA nodes: none visible.")] }
        return [.table(nodes(topology))] + [attributes(topology)].compactMap { $0 }.map { .table($0) }
    }

    private static func nodes(_ topology: Topology) -> Document.Table {
        let nodes = topology.numaNodes
        let distances = topology.numaDistances
        let hasKinds = nodes.contains { $0.kind.value != nil }
        let heads =
            [Document.Column("Node")] + (hasKinds ? [Document.Column("Kind")] : [])
            + [Document.Column("Memory", .number), Document.Column("Processing units")]
            + nodes.map { Document.Column("to \($0.index)", .number) }
        let rows = nodes.enumerated().map { row, node -> [Document.Cell] in
            let units = node.processingUnitList.isEmpty ? "none" : node.processingUnitList
            let line = row < distances.count ? distances[row] : []
            return [.data("\(node.index)")] + (hasKinds ? [.data(kindText(node))] : [])
                + [.number(node.bytes == 0 ? "none" : Figures.bytes(node.bytes)), .data(units)]
                + nodes.indices.map { $0 < line.count ? .number("\(line[$0])") : .notApplicable }
        }
        return Document.Table(
            caption: "NUMA nodes and distances", columns: heads, rows: rows,
            notes: ["Distances are relative, as the firmware tells them; local is 10."], isCompact: true)
    }

    private static func kindText(_ node: NUMANode) -> String {
        let kind = node.kind.value ?? "not told"
        return node.busId.map { "\(kind) of \($0)" } ?? kind
    }

    /// One row a node and a place it is seen from; the attributes are the columns.
    private static func attributes(_ topology: Topology) -> Document.Table? {
        let rows = attributeRows(topology)
        guard !rows.isEmpty else { return nil }
        let heads =
            [Document.Column("Node"), Document.Column("From processing units")]
            + topology.memoryAttributes.map { Document.Column(Words.capital(attributeName($0)), .number) }
        return Document.Table(
            caption: "Memory attributes", columns: heads,
            rows: rows.map { row in
                [.data("\(row.node)"), row.initiator.map { .data($0) } ?? .data("anywhere")]
                    + row.values.map { $0.map { .number($0) } ?? .notApplicable }
            },
            notes: ["As the firmware tells them (ACPI HMAT) or somebody added them; nothing here is measured."],
            isCompact: true)
    }

    struct AttributeRow {
        var node: Int
        var initiator: String?
        /// As written, in the order of the attributes; `nil` where nothing is told.
        var values: [String?]
    }

    static func attributeRows(_ topology: Topology) -> [AttributeRow] {
        var rows: [AttributeRow] = []
        for (column, attribute) in topology.memoryAttributes.enumerated() {
            for value in attribute.values {
                let known = rows.firstIndex { $0.node == value.node && $0.initiator == value.initiator }
                let index = known ?? rows.count
                if known == nil {
                    let empty = [String?](repeating: nil, count: topology.memoryAttributes.count)
                    rows.append(AttributeRow(node: value.node, initiator: value.initiator, values: empty))
                }
                rows[index].values[column] = attributeText(value.value, attribute.unit)
            }
        }
        return rows.sorted { ($0.node, $0.initiator ?? "") < ($1.node, $1.initiator ?? "") }
    }

    /// `read bandwidth` from hwloc's `ReadBandwidth`; a user's name as it is.
    static func attributeName(_ attribute: MemoryAttribute) -> String {
        attribute.unit == .unknown ? attribute.name : Words.setting(attribute.name)
    }

    static func attributeText(_ value: Double, _ unit: MemoryAttribute.Unit) -> String {
        switch unit {
        case .bytesPerSecond: Figures.quantity(value, .bytesPerSecond)
        case .seconds: Figures.quantity(value, .seconds)
        case .unknown: "\(Figures.fixed(value, decimals: 0)), unit not told"
        }
    }

    /// Every matrix but the one between NUMA nodes, which stands with them.
    static func linkMatrices(_ topology: Topology) -> [Document.Table] {
        topology.distances.filter { $0.name != "NUMALatency" && $0.objects.count <= 64 }.map { matrix in
            let names = matrix.objects.map(objectName)
            let rows = zip(names, matrix.values).map { name, row in
                [Document.Cell.data(name)]
                    + row.map { $0.map { .number(distanceText($0, matrix.unit)) } ?? .notApplicable }
            }
            return Document.Table(
                caption: matrixName(matrix),
                columns: [Document.Column("")] + names.map { Document.Column($0, .number) },
                rows: rows, isCompact: true)
        }
    }

    private static func objectName(_ object: TopologyObject) -> String {
        object.kind == "device"
            ? object.name ?? "device"
            : nodeName(TopologyNode(kind: object.kind, index: object.index, name: nil, bytes: nil, children: []))
    }

    private static func matrixName(_ matrix: DistanceMatrix) -> String {
        let meaning = matrix.meaning == .unknown ? "" : ", \(matrix.meaning.rawValue)"
        return "Distances: \(matrix.name ?? "without a name")\(matrix.unit == .unknown ? meaning : "")"
    }

    /// 0 stands for no link of one's own.
    private static func distanceText(_ value: Double, _ unit: DistanceMatrix.Unit) -> String {
        switch unit {
        case .bytesPerSecond: value == 0 ? "none" : Figures.quantity(value, .bytesPerSecond)
        case .hops, .relative, .unknown: Figures.fixed(value, decimals: 0)
        }
    }
}
