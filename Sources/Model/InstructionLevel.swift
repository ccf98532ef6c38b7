/// How far a library may go among the instruction sets of x86, each of which is worth more than those before it. What `--isa` means
/// to code that is not ours: libraries have a few levels of their own, and no two call them alike.
public enum InstructionLevel: Int, Sendable, Comparable, CaseIterable {
    /// SSE2, and what a library needs at least.
    case baseline
    case avx2
    /// AVX2 with dot products of 8-bit integers: processors without AVX-512 since Alder Lake.
    case avxVNNI
    /// AVX-512 F, BW, DQ and VL: what server processors have had since Skylake.
    case avx512
    case avx512VNNI
    case avx512BFloat16
    case avx512Float16
    case amx

    /// - Parameter instructionSet: the name of a variant of our own kernels (`avx2`, `avx512f`, `portable`); `nil` for one
    ///   that is not of x86, or not known here.
    public init?(instructionSet name: String) {
        switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "portable", "sse2", "sse41": self = .baseline
        case "avx2": self = .avx2
        case "avxvnni", "avx2vnni": self = .avxVNNI
        case "avx512", "avx512f", "avx512core": self = .avx512
        case "avx512vnni": self = .avx512VNNI
        case "avx512bf16": self = .avx512BFloat16
        case "avx512fp16": self = .avx512Float16
        case "amx", "amxbf16", "amxint8": self = .amx
        default: return nil
        }
    }

    public static func < (one: InstructionLevel, other: InstructionLevel) -> Bool { one.rawValue < other.rawValue }
}
