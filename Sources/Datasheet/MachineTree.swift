public import Document
public import Model
import Units

extension Datasheet {
    /// The machine as a tree a person can read, for a terminal and for the appendix.
    public static func machineTree(_ machine: Machine) -> Document.Tree {
        Document.Tree(
            title(machine), "",
            children: [
                processor(machine.processor), topology(machine.topology.tree), distances(machine.topology),
                coreKinds(machine.topology.coreKinds), memoryTree(machine.memory),
                branch("Limits", limitRows(machine.limits)),
                acceleratorTree(machine),
                softwareTree(machine.software), cloudTree(machine.cloud), tunableTree(machine.tunables),
                powerTree(machine.power), claimTree(machine.claims), identifierTree(machine.identifiers),
            ].compactMap { $0 })
    }

    /// Rows under a label; where one reason hides them all, it stands once in their place.
    static func branch(_ label: String, _ rows: [(String, Prose)]) -> Document.Tree {
        let details = rows.map(\.1.text)
        if rows.count > 1, let first = details.first, first.hasPrefix("unknown: "), details.unique.count == 1 {
            return Document.Tree(label, first)
        }
        return Document.Tree(label, children: rows.map { Document.Tree($0.0, $0.1.text) })
    }

    private static func processor(_ processor: Processor) -> Document.Tree {
        var tree = branch("Processor", folded(processorIdentity(processor) + processorFeatures(processor)))
        tree.children.append(mitigationTree(processor.mitigations))
        tree.detail = "\(processor.model.text) (\(processor.vendor.text), \(processor.architecture))"
        return tree
    }

    /// hwloc's tree, with what repeats counted as in the picture.
    private static func topology(_ node: TopologyNode) -> Document.Tree {
        var tree = tree(of: node)
        tree.label = "Topology"
        return tree
    }

    private static func tree(of node: TopologyNode) -> Document.Tree {
        Document.Tree(nodeName(node), nodeDetail(node), children: node.children.map(tree(of:)))
    }

    /// One row a node, in the order that the head names; absent where there is nothing to be far from.
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

    /// Only where cores differ.
    private static func coreKinds(_ kinds: [CoreKind]) -> Document.Tree? {
        guard kinds.count > 1 else { return nil }
        let rows = kinds.map { (Words.capital(efficiency($0)), Prose(unitText($0))) }
        return branch("Core kinds", rows)
    }

    private static func cloudTree(_ answer: Cloud.Answer) -> Document.Tree {
        switch answer {
        case .unknown(let reason): Document.Tree("Cloud", "unknown: \(reason)")
        case .noCloud: Document.Tree("Cloud", "none: nothing names one")
        case .known(let cloud): branch("Cloud", cloudRows(cloud))
        }
    }

    private static func powerTree(_ surveys: [PowerSurvey]) -> Document.Tree? {
        guard !surveys.isEmpty else { return nil }
        return branch(
            "Power",
            surveys.map {
                (
                    "\($0.source), \($0.boundary)",
                    Prose($0.available ? "available: \($0.finding)" : "unavailable: \($0.finding)")
                )
            })
    }

    private static func claimTree(_ claims: [Claim]) -> Document.Tree? {
        claims.isEmpty
            ? nil
            : branch(
                "Claims",
                claims.map {
                    (Words.capital($0.subject), Prose("claimed \($0.claimed), visible \($0.visible) (\($0.evidence))"))
                })
    }

    /// Only where they were asked for.
    private static func identifierTree(_ identifiers: [Identifier]?) -> Document.Tree? {
        identifiers.map { list in branch("Identifiers", list.map { ($0.name, Prose($0.value.text)) }) }
    }
}
