import Model

/// What every sold processor of a family and model has in common, by which a hypervisor's account of it can be checked.
///
/// Families, models and code names are those of the kernel (`arch/x86/include/asm/intel-family.h`, `amd.c`); features,
/// most cores a package and cache sizes those of the makers' product tables. The bounds are wide on purpose: no part
/// that is sold may fall outside.
struct ProcessorPart: Sendable, Equatable {
    var name: String
    /// Most cores in one package.
    var mostCores: Int
    /// Most cores that share one last-level cache.
    var mostSharing: Int
    /// Bytes of one last-level cache.
    var lastLevel: ClosedRange<UInt64>
    /// By the kernel's names, of those that the kernels here can use.
    var features: [String]

    /// The part by its numbers; `nil` for those that are not in the table, desktop parts among them.
    init?(_ processor: Processor) {
        guard let family = processor.family.value, let model = processor.modelNumber.value else { return nil }
        switch processor.vendor.value {
        case "GenuineIntel" where family == 6:
            guard let part = Self.intel(model, stepping: processor.stepping.value ?? 0) else { return nil }
            self = part
        case "AuthenticAMD":
            guard let part = Self.amd(family, model) else { return nil }
            self = part
        default: return nil
        }
    }

    /// Sizes in MiB.
    private init(_ name: String, cores: Int, sharing: Int, _ megabytes: ClosedRange<UInt64>, _ features: [String]) {
        self.name = name
        mostCores = cores
        mostSharing = sharing
        lastLevel = (megabytes.lowerBound << 20)...(megabytes.upperBound << 20)
        self.features = features
    }

    private static let avx2 = ["f16c", "fma", "avx2"]
    private static let skylake = avx2 + ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
    private static let iceLake =
        skylake + ["avx512ifma", "avx512vbmi", "avx512_vbmi2", "avx512_vnni", "avx512_bitalg", "avx512_vpopcntdq"]
    private static let sapphireRapids =
        iceLake + ["avx_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16"]
    private static let zen4 = iceLake + ["avx512_bf16"]

    /// The last-level cache of these is one for the package.
    private static func intel(_ model: Int, stepping: Int) -> ProcessorPart? {
        switch model {
        case 0x3f: ProcessorPart("Haswell-EP", cores: 18, sharing: 18, 8...45, avx2)
        case 0x4f: ProcessorPart("Broadwell-EP", cores: 24, sharing: 24, 8...60, avx2)
        case 0x55 where stepping < 5: ProcessorPart("Skylake-SP", cores: 28, sharing: 28, 8...39, skylake)
        case 0x55 where stepping < 10:
            ProcessorPart("Cascade Lake", cores: 56, sharing: 28, 8...39, skylake + ["avx512_vnni"])
        case 0x55:
            ProcessorPart("Cooper Lake", cores: 28, sharing: 28, 8...39, skylake + ["avx512_vnni", "avx512_bf16"])
        case 0x6a: ProcessorPart("Ice Lake-SP", cores: 40, sharing: 40, 8...60, iceLake)
        case 0x8f: ProcessorPart("Sapphire Rapids", cores: 60, sharing: 60, 8...113, sapphireRapids)
        case 0xcf: ProcessorPart("Emerald Rapids", cores: 64, sharing: 64, 8...320, sapphireRapids)
        case 0xad: ProcessorPart("Granite Rapids", cores: 128, sharing: 128, 8...504, sapphireRapids + ["amx_fp16"])
        default: nil
        }
    }

    /// Here a complex of few cores has a last-level cache of its own; the larger sizes are those with a stacked cache.
    private static func amd(_ family: Int, _ model: Int) -> ProcessorPart? {
        switch (family, model) {
        case (0x17, 0x01): ProcessorPart("Zen (Naples)", cores: 32, sharing: 4, 4...8, avx2)
        case (0x17, 0x31): ProcessorPart("Zen 2 (Rome)", cores: 64, sharing: 4, 8...16, avx2)
        case (0x19, 0x01): ProcessorPart("Zen 3 (Milan)", cores: 64, sharing: 8, 16...96, avx2)
        case (0x19, 0x10...0x1f): ProcessorPart("Zen 4 (Genoa)", cores: 96, sharing: 8, 16...96, zen4)
        case (0x19, 0xa0...0xaf): ProcessorPart("Zen 4c (Bergamo, Siena)", cores: 128, sharing: 8, 8...16, zen4)
        case (0x1a, 0x00...0x0f): ProcessorPart("Zen 5 (Turin)", cores: 128, sharing: 8, 16...96, zen4 + ["avx_vnni"])
        case (0x1a, 0x10...0x1f):
            ProcessorPart("Zen 5c (Turin Dense)", cores: 192, sharing: 16, 16...32, zen4 + ["avx_vnni"])
        default: nil
        }
    }
}
