import COneDNN
import DynamicLibrary
import Model

/// Which instruction sets a loaded oneDNN may use.
extension OneDNNLibrary {
    /// Keeps the library from instruction sets above the one named, for the whole process: it must come before anything is
    /// made. Whether it took effect is asked, because a library that has already chosen only pretends.
    func limit(to instructionSet: String) throws(KernelError) {
        guard let level = InstructionLevel(instructionSet: instructionSet) else {
            throw .unavailable("oneDNN has no way to be kept to \(instructionSet)")
        }
        guard let mask = Self.mask(level, major: major) else { return }
        guard let set = library.optional("dnnl_set_max_cpu_isa", as: assay_dnnl_set_max_cpu_isa.self),
            let effective = library.optional(
                "dnnl_get_effective_cpu_isa", as: assay_dnnl_get_effective_cpu_isa.self)
        else { throw .unavailable("this oneDNN \(version) cannot be kept to \(instructionSet)") }
        _ = set(mask)
        guard effective() & ~mask == 0 else {
            throw .unavailable("oneDNN \(version) cannot be kept to \(instructionSet): it was used without before")
        }
    }

    private var major: Int { if case .two = generation { 2 } else { 3 } }

    /// The library's bits for a level, or for the one below it where the library has none; `nil` where there is nothing above it
    /// to be kept from.
    static func mask(_ level: InstructionLevel, major: Int) -> Int32? {
        switch level {
        case .baseline: Int32(ASSAY_DNNL_ISA_SSE41)
        case .avx2: Int32(ASSAY_DNNL_ISA_AVX2)
        case .avxVNNI: Int32(major == 2 ? ASSAY_DNNL2_ISA_AVX2_VNNI : ASSAY_DNNL3_ISA_AVX2_VNNI)
        case .avx512: Int32(ASSAY_DNNL_ISA_AVX512)
        case .avx512VNNI: Int32(ASSAY_DNNL_ISA_AVX512_VNNI)
        case .avx512BFloat16: Int32(ASSAY_DNNL_ISA_AVX512_BF16)
        case .avx512Float16: Int32(major == 2 ? ASSAY_DNNL_ISA_AVX512_BF16 : ASSAY_DNNL3_ISA_AVX512_FP16)
        case .amx: nil
        }
    }

    /// The best that it may use here, in its own words; `nil` where it does not tell.
    var instructionSet: String? {
        let get = library.optional("dnnl_get_effective_cpu_isa", as: assay_dnnl_get_effective_cpu_isa.self)
        guard let bits = get?(), bits != 0 else { return nil }
        return Self.name(bits)
    }

    static func name(_ bits: Int32) -> String? { names.first { bits & $0.bits == $0.bits }?.name }

    /// Best first. AMX has the same bits beside others in both majors.
    private static let names: [(bits: Int32, name: String)] = [
        (0x3e7, "avx512_core_amx"), (Int32(ASSAY_DNNL3_ISA_AVX512_FP16), "avx512_core_fp16"),
        (Int32(ASSAY_DNNL_ISA_AVX512_BF16), "avx512_core_bf16"),
        (Int32(ASSAY_DNNL_ISA_AVX512_VNNI), "avx512_core_vnni"), (Int32(ASSAY_DNNL_ISA_AVX512), "avx512_core"),
        (Int32(ASSAY_DNNL2_ISA_AVX2_VNNI), "avx2_vnni"), (Int32(ASSAY_DNNL3_ISA_AVX2_VNNI), "avx2_vnni"),
        (Int32(ASSAY_DNNL_ISA_AVX2), "avx2"), (Int32(ASSAY_DNNL_ISA_SSE41), "sse41"),
    ]
}
