import Document
import Model
import Units

/// The parts of the machine's tree that come from its topology.
extension Datasheet {
    /// hwloc's tree, every object of it, with what is known of devices.
    static func topologyTree(_ topology: Topology) -> Document.Tree {
        var tree = tree(of: topology.tree, AttachedDevices(topology.devices), on: nil)
        tree.label = "Topology"
        tree.detail = objectText(topology.objectCounts)
        return tree
    }

    /// What the tree holds, counted: the larger things, which nobody wants to count in it.
    private static func objectText(_ counts: [ObjectCount]) -> String {
        let names = [
            ("package", "package"), ("die", "die"), ("group", "group"), ("core", "core"),
            ("processingUnit", "processing unit"), ("numaNode", "NUMA node"), ("memoryCache", "memory-side cache"),
            ("pci", "PCI device"), ("device", "OS device"),
        ]
        return names.compactMap { kind, name in
            counts.first { $0.kind == kind }.map { Words.count($0.count, name) }
        }.joined(separator: ", ")
    }

    private static func tree(of node: TopologyNode, _ attached: AttachedDevices, on busId: String?) -> Document.Tree {
        let bus = node.kind == "pci" ? node.name : busId
        return Document.Tree(
            nodeName(node), treeDetail(node, attached, on: busId),
            children: node.children.map { tree(of: $0, attached, on: bus) })
    }

    private static func treeDetail(_ node: TopologyNode, _ attached: AttachedDevices, on busId: String?) -> String {
        var parts = [nodeDetail(node)].filter { !$0.isEmpty }
        if node.kind == "pci", let device = attached.device(on: node.name) {
            parts += [device.name.contains(" ") ? device.name : nil, device.pciText, device.link?.text].compactMap {
                $0
            }
        } else if node.kind == "device", let device = attached.device(node, on: busId) {
            let model = device.modelText.flatMap { $0.hasPrefix("0x") ? nil : $0 }
            parts += [device.subtype, model].compactMap { $0 } + device.sizes
            parts += [device.portText.map { "port \($0)" }].compactMap { $0 }
        }
        return parts.joined(separator: ", ")
    }

    static func unitTree(_ sets: ProcessingUnitSets) -> Document.Tree {
        Document.Tree("Processing units", unitStates(sets))
    }

    /// Nodes and what is known between them; absent where there is nothing to be far from.
    static func memoryTrees(_ topology: Topology) -> [Document.Tree] {
        [distances(topology), attributes(topology)].compactMap { $0 }
            + linkMatrices(topology).map { table in
                Document.Tree(
                    table.caption, "to " + table.columns.dropFirst().map(\.title).joined(separator: ", "),
                    children: table.groups.flatMap(\.rows).map(row))
            }
    }

    private static func row(_ cells: [Document.Cell]) -> Document.Tree {
        let texts = cells.map { cell in
            switch cell.content {
            case .text(let prose): prose.text
            case .number(let text): text
            default: "–"
            }
        }
        return Document.Tree("From \(texts.first ?? "")", texts.dropFirst().joined(separator: ", "))
    }

    /// One row a node, in the order that the head names.
    private static func distances(_ topology: Topology) -> Document.Tree? {
        guard topology.numaNodes.count > 1 else { return nil }
        let title = "NUMA distances"
        guard !topology.numaDistances.isEmpty else { return Document.Tree(title, "unknown: none is told") }
        let names = topology.numaNodes.map { "\($0.index)" }
        let rows = zip(names, topology.numaDistances).map { name, row in
            Document.Tree("From node \(name)", row.map(String.init).joined(separator: ", "))
        }
        return Document.Tree(title, "to nodes \(names.joined(separator: ", ")); local is 10", children: rows)
    }

    private static func attributes(_ topology: Topology) -> Document.Tree? {
        let rows = attributeRows(topology)
        guard !rows.isEmpty else { return nil }
        let names = topology.memoryAttributes.map(attributeName)
        return Document.Tree(
            "Memory attributes", "told, not measured",
            children: rows.map { row in
                let from = row.initiator.map { " from processing units \($0)" } ?? ""
                let known = zip(names, row.values).compactMap { name, value in value.map { "\(name) \($0)" } }
                return Document.Tree("Node \(row.node)\(from)", known.joined(separator: ", "))
            })
    }

    /// Only where cores differ.
    static func kindTree(_ kinds: [CoreKind]) -> Document.Tree? {
        guard kinds.count > 1 else { return nil }
        return branch("Core kinds", kinds.map { (Words.capital(kindName($0)), Prose(unitText($0))) })
    }
}

extension Device {
    /// What the bus says of it: only where its names say something.
    fileprivate var pciText: String? { name.contains(" ") ? modelText : nil }
}
