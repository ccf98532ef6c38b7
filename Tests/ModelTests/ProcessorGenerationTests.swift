import Model
import TestSupport
import Testing

/// Family, model and stepping say more than the name; what is in no list says nothing.
@Suite struct ProcessorGenerationTests {
    private static func processor(
        _ vendor: String, _ model: String, family: Int?, _ number: Int, stepping: Int = 1
    ) -> Processor {
        var processor = SampleRun.machine().processor
        processor.vendor = .known(vendor)
        processor.model = .known(model)
        processor.family = Reported(family, else: "none")
        processor.modelNumber = .known(number)
        processor.stepping = .known(stepping)
        return processor
    }

    @Test(
        arguments: [
            ("AMD EPYC 7571", 0x17, 0x01, "Zen (Naples)"), ("AMD EPYC 7R32", 0x17, 0x31, "Zen 2 (Rome)"),
            ("AMD EPYC 7R13", 0x19, 0x01, "Zen 3 (Milan)"), ("AMD EPYC", 0x19, 0x11, "Zen 4 (Genoa)"),
            ("AMD EPYC 9754", 0x19, 0xa0, "Zen 4c (Bergamo or Siena)"), ("AMD EPYC 9755", 0x1a, 0x02, "Zen 5 (Turin)"),
            ("AMD EPYC 9965", 0x1a, 0x11, "Zen 5c (Turin Dense)"), ("AMD Ryzen 7 1800X", 0x17, 0x01, "Zen"),
            ("AMD Ryzen 9 7950X", 0x19, 0x61, nil), ("AMD EPYC", 0x16, 0x11, nil),
        ] as [(String, Int, Int, String?)])
    func amd(_ model: String, _ family: Int, _ number: Int, _ name: String?) {
        let found = ProcessorGeneration(Self.processor("AuthenticAMD", model, family: family, number))
        #expect(found?.name == name)
        #expect(found == nil || found?.basis == "family and model")
    }

    @Test(
        arguments: [
            ("Intel(R) Xeon(R) Platinum 8175M CPU", 0x55, 4, "Skylake-SP"),
            ("Intel(R) Xeon(R) Platinum 8259CL CPU", 0x55, 7, "Cascade Lake"),
            ("Intel(R) Xeon(R) Platinum 8376H", 0x55, 11, "Cooper Lake"),
            ("Intel(R) Xeon(R) Platinum 8375C CPU", 0x6a, 6, "Ice Lake-SP (Sunny Cove)"),
            ("Intel(R) Xeon(R) Platinum 8488C", 0x8f, 8, "Sapphire Rapids (Golden Cove)"),
            ("Intel(R) Xeon(R) Platinum 8559C", 0xcf, 2, "Emerald Rapids (Raptor Cove)"),
            ("Intel(R) Xeon(R) 6975P-C", 0xad, 1, "Granite Rapids (Redwood Cove)"),
            ("Intel(R) Xeon(R) 6780E", 0xaf, 3, "Sierra Forest (Crestmont)"),
            ("Intel(R) Xeon(R) W-2145 CPU", 0x55, 4, nil), ("Intel(R) Core(TM) i9-7900X CPU", 0x55, 4, nil),
            ("Intel(R) Xeon(R) CPU", 0x9e, 1, nil),
        ] as [(String, Int, Int, String?)])
    func intel(_ model: String, _ number: Int, _ stepping: Int, _ name: String?) {
        let processor = Self.processor("GenuineIntel", model, family: 6, number, stepping: stepping)
        #expect(ProcessorGeneration(processor)?.name == name)
    }

    @Test(
        arguments: [
            (0xd0c, "Neoverse N1 (Ares)"), (0xd40, "Neoverse V1 (Zeus)"), (0xd49, "Neoverse N2 (Perseus)"),
            (0xd4f, "Neoverse V2 (Demeter)"), (0xd08, nil),
        ] as [(Int, String?)])
    func arm(_ part: Int, _ name: String?) {
        let found = ProcessorGeneration(Self.processor("ARM", "Neoverse-N1", family: nil, part))
        #expect(found?.name == name)
        #expect(found == nil || found?.basis == "implementer and part")
    }

    @Test func whatIsUnknownSaysNothing() {
        var processor = Self.processor("AuthenticAMD", "AMD EPYC", family: 25, 17)
        processor.modelNumber = .unknown("hidden")
        #expect(ProcessorGeneration(processor) == nil)
    }
}
