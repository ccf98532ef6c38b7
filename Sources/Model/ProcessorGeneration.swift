/// Which generation a processor is of, by the numbers that it identifies itself with. No machine states it.
///
/// x86 families, models and what runs in them are those of the kernel (`arch/x86/include/asm/intel-family.h`,
/// `arch/x86/kernel/cpu/amd.c`), code names of AMD’s server parts those of its processor programming references and of
/// Wikipedia, “Epyc”; implementers and parts of Arm are those of `arch/arm64/include/asm/cputype.h`, their code names those of
/// Wikipedia, “ARM Neoverse”. What is not certain is not here.
public struct ProcessorGeneration: Sendable, Equatable {
    public enum Evidence: Sendable { case familyAndModel, implementerAndPart }

    /// `Zen 4 (Genoa)`, `Sapphire Rapids (Golden Cove)`, `Neoverse N1 (Ares)`.
    public var name: String
    public var evidence: Evidence

    /// `nil` for what is not in the table.
    public init?(_ processor: Processor) {
        guard let number = processor.modelNumber.value else { return nil }
        let words = processor.model.value ?? ""
        let found: String?
        switch (processor.vendor.value, processor.family.value) {
        case ("AuthenticAMD", let family?) where !words.contains("Intel"):
            // Desktop parts share some of these numbers, and have other code names.
            found = Self.amd(family, number).map { core, code in
                code.isEmpty || !words.contains("EPYC") ? core : "\(core) (\(code))"
            }
            evidence = .familyAndModel
        case ("GenuineIntel", 6?):
            guard words.contains("Xeon") else { return nil }
            found = Self.intel(number, stepping: processor.stepping.value, Self.isOfAServer(words))
            evidence = .familyAndModel
        case ("ARM", _):
            found = Self.neoverse(number)
            evidence = .implementerAndPart
        default: return nil
        }
        guard let found else { return nil }
        name = found
    }

    /// `family and model`, `implementer and part`.
    public var basis: String {
        switch evidence {
        case .familyAndModel: "family and model"
        case .implementerAndPart: "implementer and part"
        }
    }

    private static func amd(_ family: Int, _ model: Int) -> (core: String, code: String)? {
        switch (family, model) {
        case (0x17, 0x01): ("Zen", "Naples")
        case (0x17, 0x31): ("Zen 2", "Rome")
        case (0x19, 0x00...0x01): ("Zen 3", "Milan")
        case (0x19, 0x10...0x11): ("Zen 4", "Genoa")
        case (0x19, 0xa0...0xaf): ("Zen 4c", "Bergamo or Siena")
        case (0x1a, 0x00...0x02): ("Zen 5", "Turin")
        case (0x1a, 0x10...0x11): ("Zen 5c", "Turin Dense")
        default: nil
        }
    }

    /// Workstation and embedded parts share the numbers of some server parts.
    private static func isOfAServer(_ words: String) -> Bool {
        ![" W-", " D-", " E-"].contains { words.contains($0) }
    }

    private static func intel(_ model: Int, stepping: Int?, _ isOfAServer: Bool) -> String? {
        switch model {
        case 0x55:
            guard let stepping, isOfAServer else { return nil }
            return stepping < 5 ? "Skylake-SP" : stepping < 10 ? "Cascade Lake" : "Cooper Lake"
        case 0x6a: return isOfAServer ? "Ice Lake-SP (Sunny Cove)" : nil
        case 0x8f: return "Sapphire Rapids (Golden Cove)"
        case 0xcf: return "Emerald Rapids (Raptor Cove)"
        case 0xad, 0xae: return "Granite Rapids (Redwood Cove)"
        case 0xaf: return "Sierra Forest (Crestmont)"
        default: return nil
        }
    }

    private static func neoverse(_ part: Int) -> String? {
        switch part {
        case 0xd0c: "Neoverse N1 (Ares)"
        case 0xd40: "Neoverse V1 (Zeus)"
        case 0xd49: "Neoverse N2 (Perseus)"
        case 0xd4f: "Neoverse V2 (Demeter)"
        case 0xd84: "Neoverse V3 (Poseidon)"
        case 0xd8e: "Neoverse N3 (Hermes)"
        default: nil
        }
    }
}
