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
                softwareTree(machine.software), cloudTree(machine.cloud), tunableTree(machine.tunables),
                powerTree(machine.power), claimTree(machine.claims),
            ].compactMap { $0 })
    }

    static func branch(_ label: String, _ rows: [(String, Prose)]) -> Document.Tree {
        Document.Tree(label, children: rows.map { Document.Tree($0.0, $0.1.text) })
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

    private static func softwareTree(_ software: Software) -> Document.Tree {
        let system: [(String, Prose)] = [
            ("Operating system", Prose(software.operatingSystem.text)), ("Kernel", Prose(software.kernel.text)),
            ("C library", Prose(software.cLibrary.text)),
        ]
        return branch("Software", system + software.libraries.map { ($0.name, Prose($0.version.text)) })
    }

    private static func cloudTree(_ cloud: Reported<Cloud>) -> Document.Tree {
        switch cloud {
        case .unknown(let reason): Document.Tree("Cloud", "unknown: \(reason)")
        case .known(let cloud):
            branch(
                "Cloud",
                [
                    ("Provider", Prose(cloud.provider)), ("Instance type", Prose(cloud.instanceType.text)),
                    ("Region", Prose(cloud.region.text)),
                ])
        }
    }

    private static func tunableTree(_ tunables: [Tunable]) -> Document.Tree? {
        tunables.isEmpty
            ? nil : branch("Tunables", tunables.map { (Words.capital(Words.setting($0.name)), Prose($0.value.text)) })
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
                claims.map { ($0.subject, Prose("claimed \($0.claimed), visible \($0.visible) (\($0.evidence))")) })
    }
}
