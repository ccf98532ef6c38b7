import Model
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

extension Processor {
    init(
        _ files: SystemFiles, _ information: CPUInformation, hypervisor: Reported<String>, _ topology: Topology
    ) {
        let model = information.isArm ? Self.armModel(information) : information.text("model name", "uarch", "cpu")
        let frequencies = Frequencies(files, topology)
        self.init(
            vendor: information.isArm ? Self.armVendor(information) : information.text("vendor_id"), model: model,
            architecture: Self.architecture(files, information),
            family: information.number(information.isArm ? "CPU architecture" : "cpu family"),
            modelNumber: information.number(information.isArm ? "CPU part" : "model"),
            stepping: information.number(information.isArm ? "CPU revision" : "stepping"),
            microcode: information.text("microcode"),
            nominalFrequency: frequencies.nominal(model, hypervisor), maximumFrequency: frequencies.maximum(hypervisor),
            instructionSets: .known(InstructionSets.ofInterest(information.features)), hypervisor: hypervisor)
    }

    private static func armVendor(_ information: CPUInformation) -> Reported<String> {
        information.number("CPU implementer").map {
            ArmProcessors.vendor($0) ?? "implementer 0x\(String($0, radix: 16))"
        }
    }

    /// The kernel's name where it gives one, else the name of the core, else its number.
    private static func armModel(_ information: CPUInformation) -> Reported<String> {
        if case .known(let name) = information.text("model name"), !name.hasPrefix("ARMv") { return .known(name) }
        guard let implementer = information.number("CPU implementer").value else {
            return information.text("CPU implementer")
        }
        return information.number("CPU part").map {
            ArmProcessors.model(implementer, part: $0) ?? "part 0x\(String($0, radix: 16))"
        }
    }

    /// Live, the kernel's word; replayed, what the layout of /proc/cpuinfo gives away.
    private static func architecture(_ files: SystemFiles, _ information: CPUInformation) -> String {
        if files.isLive {
            var names = utsname()
            if uname(&names) == 0 {
                return withUnsafeBytes(of: &names.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            }
        }
        if information.isArm { return information.number("CPU architecture").value == 8 ? "aarch64" : "arm" }
        if information.isX86 { return information.features.contains("lm") ? "x86_64" : "i686" }
        return information.text("isa").value?.hasPrefix("rv64") == true ? "riscv64" : "unknown"
    }
}

/// The instruction sets for which there are kernels, or might be.
enum InstructionSets {
    private static let names = [
        "sse2", "ssse3", "sse4_1", "sse4_2", "avx", "f16c", "fma", "avx2", "avx_vnni", "avx_vnni_int8",
        "avx_ifma", "avx_ne_convert", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx512ifma",
        "avx512vbmi", "avx512_vbmi2", "avx512_vnni", "avx512_bitalg", "avx512_vpopcntdq", "avx512_bf16", "avx512_fp16",
        "avx512_vp2intersect", "avx10", "amx_tile", "amx_int8", "amx_bf16", "amx_fp16", "asimd", "asimdhp", "asimddp",
        "asimdfhm", "fphp", "bf16", "i8mm", "sve", "sve2", "svei8mm", "svebf16", "svef32mm", "sme", "sme2", "neon",
    ]

    /// In the order above: from what every processor has to what the newest have.
    static func ofInterest(_ features: Set<String>) -> [String] { names.filter(features.contains) }
}
