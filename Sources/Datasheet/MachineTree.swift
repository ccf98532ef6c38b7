public import Document
public import Model
import Units

extension Datasheet {
    /// The machine as a tree a person can read, for a terminal and for the appendix.
    public static func machineTree(_ machine: Machine) -> Document.Tree {
        Document.Tree(
            title(machine), "",
            children: [
                processor(machine.processor), topologyTree(machine.topology),
                unitTree(machine.topology.processingUnitSets),
            ] + memoryTrees(machine.topology)
                + [
                    kindTree(machine.topology.coreKinds), memoryTree(machine.memory),
                    branch("Limits", limitRows(machine.limits)), acceleratorTree(machine),
                    softwareTree(machine), cloudTree(machine.cloud), tunableTree(machine.tunables),
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
