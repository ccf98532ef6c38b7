import Model
import SystemFiles
import Units

// What the processor is.
extension Claims {
    /// A virtual processor may be a core or half of one; the guest is told what the host likes.
    var virtualProcessors: Claim {
        let units = topology.processingUnits
        let cores = topology.cores
        let visible =
            cores == 0
            ? "no cores shown: each may be a core or one thread of a core"
            : cores == units
                ? "\(Self.counted(cores, "core")) of one thread each: the host may still run two on one real core"
                : "\(Self.counted(cores, "core")) for \(Self.counted(units, "thread"))"
        return Claim(
            subject: "virtual processors", claimed: Self.counted(units, "vCPU"), visible: visible,
            evidence: "\(hypervisorText); hwloc topology")
    }

    /// `AMD EPYC`, `QEMU Virtual CPU version 2.5+`: which processor works here is not to be learned from that.
    var modelName: Claim? {
        guard let name = processor.model.value, !name.isEmpty, processor.architecture.hasPrefix("x86") || part != nil,
            !Self.hasModelNumber(name)
        else { return nil }
        return Claim(
            subject: "processor model", claimed: name,
            visible: part.map { "no model number; \($0.name) by its family and model" } ?? "no model number",
            evidence: "model name and \(identity)")
    }

    /// Whether one word, beside frequencies and counts of cores, could be looked up in a maker's list: `9654`, `8488C`,
    /// `E5-2690`, `7B12`. QEMU's `E312xx` and `E56xx` cannot.
    static func hasModelNumber(_ name: String) -> Bool {
        let text = name.split(separator: "@").first ?? ""
        return text.split(separator: " ").contains { word in
            let lower = word.lowercased()
            if lower.hasSuffix("-core") || lower.holds("xx") { return false }
            return word.utf8.count { (48...57).contains($0) } >= 3
        }
    }

    /// `AMD EPYC 7763 64-Core Processor` names a package of which a guest has its share.
    var coresOfTheName: Claim? {
        guard let name = processor.model.value, let named = Self.coresInName(name), topology.cores > 0,
            topology.cores < named
        else { return nil }
        return Claim(
            subject: "cores", claimed: "\(named), in the model's name", visible: "\(topology.cores) of them here",
            evidence: "model name of /proc/cpuinfo; hwloc topology")
    }

    static func coresInName(_ name: String) -> Int? {
        name.lowercased().split(separator: " ").compactMap { word in
            word.hasSuffix("-core") ? Int(word.dropLast("-core".count)) : nil
        }.first { $0 > 0 }
    }

    /// A package for every core is how QEMU counts when it is told nothing better.
    var packages: Claim? {
        guard let part, hasInventedPackages else { return nil }
        return Claim(
            subject: "packages", claimed: "\(topology.packages), one for each core",
            visible: "a part with up to \(part.mostCores) cores in a package",
            evidence: "hwloc topology; \(identity)")
    }

    /// No two-socket machine counts three packages of one core.
    var hasInventedPackages: Bool { topology.packages > 2 && topology.packages == topology.cores }

    /// What the part has and the guest is not shown, or an old kernel does not know.
    var instructionSets: Claim? {
        guard let part, let visible = processor.instructionSets.value, !visible.isEmpty else { return nil }
        let hidden = part.features.filter { !visible.contains($0) }
        guard !hidden.isEmpty else { return nil }
        return Claim(
            subject: "instruction sets", claimed: "those of \(part.name)",
            visible: "without \(Self.families(hidden).joined(separator: ", ")): hidden, or unknown to this kernel",
            evidence: "flags of /proc/cpuinfo; \(identity)")
    }

    /// Where the first of a family is missing none of it can be used, and one word says so.
    static func families(_ sets: [String]) -> [String] {
        var sets = sets
        for (first, prefix, name) in [("avx512f", "avx512", "AVX-512"), ("amx_tile", "amx_", "AMX")] {
            guard let place = sets.firstIndex(of: first) else { continue }
            sets[place] = name
            sets.removeAll { $0.hasPrefix(prefix) }
        }
        return sets
    }

    var frequency: Claim? {
        guard processor.nominalFrequency.value == nil, let reason = processor.maximumFrequency.reason else {
            return nil
        }
        return Claim(
            subject: "frequency", claimed: "none in the model's name",
            visible: "none either: what a clock cycle brings cannot be stated",
            evidence: "model name of /proc/cpuinfo; \(reason)")
    }

    /// What the firmware sets against what the name says; within a fiftieth they agree.
    var nominalFrequency: Claim? {
        guard let name = processor.model.value, let named = Frequencies.inName(name),
            let told = processor.nominalFrequency.value, (told - named).magnitude > 0.02 * named
        else { return nil }
        return Claim(
            subject: "nominal frequency", claimed: "\(Figures.quantity(named, .hertz)), in the model's name",
            visible: Figures.quantity(told, .hertz),
            evidence: "model name of /proc/cpuinfo; cpufreq or ACPI CPPC of cpu0")
    }
}
