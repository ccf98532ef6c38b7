import CBLAS
import DynamicLibrary
import Model

/// Who a CBLAS is, by the functions that its makers added.
enum BLASIdentity {
    static func identify(_ library: DynamicLibrary) -> Implementation {
        let path = library.path(of: "cblas_sgemm")
        if let configuration = text(library, "openblas_get_config") {
            // `OpenBLAS 0.3.21 DYNAMIC_ARCH …`
            let words = configuration.split(separator: " ").map(String.init)
            return Implementation(
                library: words.first ?? "OpenBLAS", version: words.dropFirst().first ?? "unknown", path: path,
                reported: text(library, "openblas_get_corename") ?? "unknown")
        }
        if let version = text(library, "bli_info_get_version_str") {
            return Implementation(
                library: "BLIS", version: version, path: path, reported: architecture(library) ?? "unknown")
        }
        if let version = MKLKernels.version(library) {
            return Implementation(
                library: "MKL", version: version, path: path,
                reported: MKLKernels.instructionSet(library) ?? "unknown")
        }
        if let get = library.optional("armplversion", as: assay_armplversion.self) {
            var (major, minor, patch) = (Int32(0), Int32(0), Int32(0))
            var tag: UnsafePointer<CChar>?
            get(&major, &minor, &patch, &tag)
            return Implementation(
                library: "ArmPL", version: "\(major).\(minor).\(patch)", path: path, reported: "unknown")
        }
        return Implementation(library: "CBLAS", version: "unknown", path: path, reported: "unknown")
    }

    private static func text(_ library: DynamicLibrary, _ symbol: String) -> String? {
        library.optional(symbol, as: assay_openblas_text.self)?().map { String(cString: $0) }
    }

    /// The processor whose kernels BLIS, or AOCL's BLIS, took.
    private static func architecture(_ library: DynamicLibrary) -> String? {
        guard let query = library.optional("bli_arch_query_id", as: assay_bli_arch_query_id.self),
            let name = library.optional("bli_arch_string", as: assay_bli_arch_string.self)
        else { return nil }
        return name(query()).map { String(cString: $0) }
    }
}

/// Whether a library keeps to the instruction set that was asked for.
extension BLASLibrary {
    /// The library chose its kernels when it was loaded, told by variables of the environment. Only what it says of itself
    /// shows whether it heard.
    func requireLimit(_ instructionSet: String) throws(KernelError) {
        guard let level = InstructionLevel(instructionSet: instructionSet) else {
            throw .unavailable("\(implementation.library) has no way to be kept to \(instructionSet)")
        }
        guard let own = Self.levels.first(where: { $0.names.contains(implementation.reported.lowercased()) })?.level
        else {
            throw .unavailable(
                "\(implementation.library) does not tell whether it keeps to \(instructionSet): it reports "
                    + "\(implementation.reported)")
        }
        guard own <= level else {
            throw .unavailable(
                "\(implementation.library) cannot be kept to \(instructionSet): it runs its kernels for "
                    + implementation.reported)
        }
    }

    /// What the kernels of a processor use at most, by the names that OpenBLAS and BLIS have for them. MKL tells its kernels for
    /// AVX-512 from those before it, and no more.
    private static let levels: [(level: InstructionLevel, names: Set<String>)] = [
        (.baseline, ["generic", "prescott", "core2", "penryn", "dunnington", "nehalem", "barcelona", "bobcat"]),
        (.avx2, ["sandybridge", "bulldozer", "piledriver", "steamroller", "excavator", "haswell"]),
        (.avx2, ["zen", "zen2", "zen3"]),
        // MKL's
        (.baseline, ["def", "mc3"]), (.avx2, ["avx2"]), (.amx, ["avx512", "avx10"]),
        (.avx512, ["skylakex", "skx"]), (.avx512BFloat16, ["cooperlake", "zen4"]), (.amx, ["sapphirerapids"]),
    ]
}
