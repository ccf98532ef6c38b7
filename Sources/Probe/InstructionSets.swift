import CProbe
import Model
import SystemFiles

/// The instruction sets for which there are kernels, or might be.
enum InstructionSets {
    private static let names = [
        "sse2", "ssse3", "sse4_1", "sse4_2", "avx", "f16c", "fma", "avx2", "avx_vnni", "avx_vnni_int8",
        "avx_vnni_int16",
        "avx_ifma", "avx_ne_convert", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512ifma",
        "avx512vbmi", "avx512_vbmi2", "avx512_vnni", "avx512_bitalg", "avx512_vpopcntdq", "avx512_bf16", "avx512_fp16",
        "avx512_vp2intersect", "avx10", "amx_tile", "amx_int8", "amx_bf16", "amx_fp16", "amx_complex", "asimd",
        "asimdhp", "asimddp", "asimdfhm", "fphp", "bf16", "i8mm", "sve", "sve2", "svei8mm", "svebf16", "svef32mm",
        "sme", "sme2", "neon",
    ]

    /// In the order above: from what every processor has to what the newest have.
    static func ofInterest(_ features: Set<String>) -> [String] { names.filter(features.contains) }

    struct Survey {
        let names: Reported<[String]>
        let source: Reported<String>
        let differences: Reported<[String]>
        let states: Reported<[RegisterState]>
    }

    /// Live, what the processor or the auxiliary vector says, held against the kernel's list; replayed, that list alone.
    static func survey(_ files: SystemFiles, _ information: CPUInformation, _ processor: CPUID?) -> Survey {
        let features = information.features
        let listed = !features.isEmpty
        let nothing = "/proc/cpuinfo lists none to compare with"
        if let processor {
            return Survey(
                names: .known(ofInterest(found(processor).usable)), source: .known("CPUID and XCR0"),
                differences: listed ? .known(differences(processor, features)) : .unknown(nothing),
                states: .known(states(processor)))
        }
        let alone = "captured files hold the kernel's list only"
        let noStates = "no XCR0 on this architecture"
        if files.isLive, information.isArm {
            let (first, second) = (UInt64(assay_capabilities(1)), UInt64(assay_capabilities(2)))
            return Survey(
                names: .known(ofInterest(found(capabilities: first, second))),
                source: .known("AT_HWCAP and AT_HWCAP2 of the auxiliary vector"),
                differences: listed ? .known(differences(capabilities: first, second, features)) : .unknown(nothing),
                states: .unknown(noStates))
        }
        return Survey(
            names: .known(ofInterest(features)), source: .known("/proc/cpuinfo"),
            differences: .unknown(files.isLive ? "the kernel's list is the only witness here" : alone),
            states: .unknown(files.isLive || information.isArm ? noStates : alone))
    }
}
