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
                    kindTree(machine.topology.coreKinds), branch("Memory", memoryRows(machine.memory)),
                    branch("Limits", limitRows(machine.limits)),
                    softwareTree(machine.software), cloudTree(machine.cloud), tunableTree(machine.tunables),
                    powerTree(machine.power), claimTree(machine.claims),
                ].compactMap { $0 })
    }

    static func branch(_ label: String, _ rows: [(String, Prose)]) -> Document.Tree {
        Document.Tree(label, children: rows.map { Document.Tree($0.0, $0.1.text) })
    }

    private static func processor(_ processor: Processor) -> Document.Tree {
        let numbers = [processor.family, processor.modelNumber, processor.stepping]
        let known = numbers.compactMap { $0.value.map(String.init) }
        let rows: [(String, Prose)] = [
            (
                "Family, model, stepping",
                Prose(
                    known.count == 3
                        ? known.joined(separator: ", ")
                        : numbers.map { $0.text(String.init) }.unique.joined(separator: ", "))
            ),
            ("Microcode", Prose(processor.microcode.text)),
            ("Nominal frequency", Prose(processor.nominalFrequency.text { Figures.quantity($0, .hertz) })),
            ("Maximum frequency", Prose(processor.maximumFrequency.text { Figures.quantity($0, .hertz) })),
            (
                "Instruction sets",
                Prose(
                    processor.instructionSets.text {
                        $0.isEmpty ? "none that the kernels use" : $0.joined(separator: " ")
                    })
            ),
            ("Hypervisor", Prose(processor.hypervisor.text)),
        ]
        var tree = branch("Processor", rows)
        tree.detail = "\(processor.model.text) (\(processor.vendor.text), \(processor.architecture))"
        return tree
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
