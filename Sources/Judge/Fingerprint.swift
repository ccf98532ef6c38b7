public import Model
import Units

/// What of a machine's configuration moves results, as named facts: two fingerprints tell what changed between two runs.
public enum Fingerprint {
    public typealias Fact = Model.Fact

    /// Only what is known: that one run did not record something is no difference between machines.
    public static func facts(_ machine: Machine) -> [Fact] {
        hardware(machine) + software(machine.software) + settings(machine) + surroundings(machine)
    }

    /// What is not the same, in the order of the facts. A library or an accelerator that only one of them has differs too.
    public static func differences(_ before: Machine, _ after: Machine) -> [Difference] {
        let (old, new) = (facts(before), facts(after))
        var found: [Difference] = []
        for fact in old {
            let now = new.first { $0.subject == fact.subject && $0.name == fact.name }
            if let now, now.value != fact.value {
                found.append(Difference(fact.subject, fact.name, before: fact.value, after: now.value))
            } else if now == nil, fact.subject == .library {
                found.append(Difference(.library, fact.name, before: fact.value, after: "absent"))
            }
        }
        for fact in new where fact.subject == .library && !old.contains(where: { $0.name == fact.name }) {
            found.append(Difference(.library, fact.name, before: "absent", after: fact.value))
        }
        return found
    }

    private static func hardware(_ machine: Machine) -> [Fact] {
        let processor = machine.processor
        let topology = machine.topology
        let caches = topology.caches.filter { $0.type != .instruction }
            .map { Fact(.topology, "L\($0.level) cache", "\($0.count) × \(Figures.bytes($0.bytes))") }
        let accelerators = machine.accelerators.map(\.title).sorted()
        return [
            known(.processor, "processor", processor.model),
            Fact(.processor, "architecture", processor.architecture),
            Fact(.topology, "cores", "\(topology.cores)"),
            Fact(.topology, "processing units", "\(topology.processingUnits)"),
            Fact(.topology, "NUMA nodes", "\(topology.numaNodes.count)"),
        ].compactMap { $0 } + caches
            + [
                known(.memory, "memory", machine.memory.kernelBytes.map(gibibytes)),
                Fact(
                    .accelerator, "accelerators", accelerators.isEmpty ? "none" : accelerators.joined(separator: ", ")),
                known(.microcode, "microcode", processor.microcode),
            ].compactMap { $0 }
    }

    /// In whole GiB: a new kernel keeps a little more or less of it for itself.
    private static func gibibytes(_ bytes: UInt64) -> String {
        Figures.fixed(Double(bytes) / 0x1p30, decimals: 0) + Figures.space + "GiB"
    }

    private static func software(_ software: Software) -> [Fact] {
        let words = software.kernelCommandLine.map {
            $0.words.isEmpty ? "none" : $0.words.sorted().joined(separator: " ")
        }
        let facts: [Fact?] = [
            known(.kernel, "kernel", software.kernel), known(.kernel, "kernel build", software.kernelVersion),
            known(.kernel, "kernel parameters", words),
            known(.system, "operating system", software.operatingSystem),
            known(.system, "C library", software.cLibrary),
            known(.system, "container", software.container.map(\.runtime)),
            software.container.value.flatMap { known(.system, "image", $0.imageDigest) },
        ]
        let libraries = software.libraries.compactMap { known(.library, $0.name, $0.version) }
        return facts.compactMap { $0 } + libraries
    }

    private static func settings(_ machine: Machine) -> [Fact] {
        let mitigations = machine.processor.mitigations.value ?? []
        return machine.tunables.compactMap { known(.tunable, $0.name, $0.value) }
            + mitigations.compactMap { known(.tunable, "mitigation of \($0.name)", $0.state) }
    }

    private static func surroundings(_ machine: Machine) -> [Fact] {
        let limits = machine.limits
        var facts: [Fact?] = [
            known(.system, "hypervisor", machine.processor.hypervisor),
            known(.limits, "CPU quota", limits.cpuQuota.map { text($0) { Figures.significant($0, 4) } }),
            known(.limits, "memory limit", limits.memoryBytes.map { text($0) { Figures.bytes($0) } }),
            known(.limits, "allowed processing units", limits.allowedProcessingUnits),
        ]
        if let cloud = machine.cloud.value {
            facts += [
                Fact(.cloud, "cloud", cloud.provider), known(.cloud, "instance type", cloud.instanceType),
                known(.cloud, "region", cloud.region),
            ]
        }
        return facts.compactMap { $0 }
    }

    private static func text<Value>(_ limit: Limit<Value>, _ write: (Value) -> String) -> String {
        limit.value.map(write) ?? "unlimited"
    }

    private static func known(_ subject: Subject, _ name: String, _ value: Reported<String>) -> Fact? {
        value.value.map { Fact(subject, name, $0) }
    }
}
