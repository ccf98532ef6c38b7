import Units

/// What of a machine's configuration moves results, as named facts: two fingerprints tell what changed between two runs.
///
/// One list for all who ask: comparisons name what differs, trends where a known break lies, and the digest of the list
/// (`Machine.fingerprint`) says in which state a noise floor was measured.
public enum Fingerprint {
    /// Only what is known: that one run did not record something is no difference between machines.
    public static func facts(_ machine: Machine) -> [Fact] {
        hardware(machine) + firmware(machine) + software(machine.software) + settings(machine) + surroundings(machine)
    }

    /// What is not the same, in the order of the facts.
    public static func differences(_ before: Machine, _ after: Machine) -> [Difference] {
        differences(facts(before), facts(after))
    }

    /// What is not the same, in the order of the facts. A library that only one of them has differs too; of anything else,
    /// that one side has no such fact only says that it did not look.
    public static func differences(_ before: [Fact], _ after: [Fact]) -> [Difference] {
        guard before != after else { return [] }
        let (old, new) = (values(before), values(after))
        var found = before.compactMap { fact -> Difference? in
            let now = new[Key(fact)] ?? (fact.subject == .library ? absent : nil)
            guard let now, now != fact.value, now != unnumbered, fact.value != unnumbered else { return nil }
            return Difference(fact.subject, fact.name, before: fact.value, after: now)
        }
        for fact in after where fact.subject == .library && old[Key(fact)] == nil && fact.value != unnumbered {
            found.append(Difference(.library, fact.name, before: absent, after: fact.value))
        }
        return found
    }

    private struct Key: Hashable {
        let subject: Subject
        let name: String
        init(_ fact: Fact) { (subject, name) = (fact.subject, fact.name) }
    }

    private static func values(_ facts: [Fact]) -> [Key: String] {
        Dictionary(facts.map { (Key($0), $0.value) }) { first, _ in first }
    }

    private static let absent = "absent"
    /// Of a library that is there and does not tell its version.
    private static let unnumbered = "version unknown"

    private static func hardware(_ machine: Machine) -> [Fact] {
        let processor = machine.processor
        let topology = machine.topology
        let caches = topology.caches.filter { $0.type != .instruction }
            .map { Fact(.topology, "L\($0.level) cache", "\($0.count) × \(Figures.bytes($0.bytes))") }
        let accelerators = machine.accelerators.map(\.title).sorted()
        return [
            known(.processor, "processor", processor.model),
            Fact(.processor, "architecture", processor.architecture),
            Fact(.topology, "packages", "\(topology.packages)"), Fact(.topology, "cores", "\(topology.cores)"),
            Fact(.topology, "processing units", "\(topology.processingUnits)"),
            Fact(.topology, "NUMA nodes", "\(topology.numaNodes.count)"),
        ].compactMap { $0 } + caches
            + [
                known(.memory, "memory", machine.memory.kernelBytes.map(gibibytes)),
                Fact(
                    .accelerator, "accelerators", accelerators.isEmpty ? "none" : accelerators.joined(separator: ", ")),
            ].compactMap { $0 }
    }

    /// What is loaded into the hardware before and beside the kernel. The speed of the memory is the firmware's choice.
    private static func firmware(_ machine: Machine) -> [Fact] {
        let speeds = (machine.memory.modules.value ?? []).compactMap(\.configuredTransferRate.value)
            .map(Figures.transferRate)
        let system = machine.firmware.value?.title ?? ""
        return [
            system.isEmpty ? nil : Fact(.firmware, "firmware", system),
            speeds.isEmpty ? nil : Fact(.firmware, "memory speed", Set(speeds).sorted().joined(separator: ", ")),
            known(.microcode, "microcode", machine.processor.microcode),
        ].compactMap { $0 } + accelerators(machine.accelerators)
    }

    /// Drivers and firmware of accelerators, once for each kind of device.
    private static func accelerators(_ accelerators: [Accelerator]) -> [Fact] {
        let facts = accelerators.flatMap { device -> [Fact?] in
            let driver = device.driver.value.map { "driver \($0)" } ?? "driver of \(device.title)"
            return [
                known(.firmware, driver, device.driverVersion),
                known(.firmware, "firmware of \(device.title)", device.firmwareVersion),
            ]
        }
        var seen: Set<Fact> = []
        return facts.compactMap { $0 }.filter { seen.insert($0).inserted }
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
        let libraries = software.libraries.map { Fact(.library, $0.name, $0.version.value ?? unnumbered) }
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

extension Machine {
    /// Twelve digits over the facts: the same digits mean the same machine in the same state, as far as it tells.
    public var fingerprint: String {
        let lines = Fingerprint.facts(self).map { "\($0.subject.rawValue): \($0.name) = \($0.value)" }
        return Digest.identity(of: lines.joined(separator: "\n"))
    }
}
