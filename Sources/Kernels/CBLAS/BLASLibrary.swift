import CBLAS
import DynamicLibrary
import Model

/// A loaded CBLAS: OpenBLAS, BLIS, MKL, or one that does not say who it is.
struct BLASLibrary {
    static let variable = "ASSAY_CBLAS"
    static let wellKnown = ["libopenblas.so.0", "libopenblas.so", "libblis.so.4", "libmkl_rt.so.2", "libcblas.so.3"]

    let sgemm: assay_cblas_sgemm
    let implementation: Implementation
    private let library: DynamicLibrary

    /// Loads it without saying how many threads it may use.
    init(options: KernelOptions) throws(KernelError) {
        do throws(LibraryError) {
            library = try DynamicLibrary(
                Candidates(path: options.libraries[.cblas], variable: Self.variable, wellKnown: Self.wellKnown))
            sgemm = try library.function("cblas_sgemm", as: assay_cblas_sgemm.self)
        } catch {
            throw .unavailable("no CBLAS can be used: \(error)")
        }
        implementation = identify(library)
    }

    init(options: KernelOptions, threads: Int) throws(KernelError) {
        try self.init(options: options)
        if let instructionSet = options.instructionSet { try requireLimit(instructionSet) }
        try setThreads(threads)
    }

    /// The library chose its kernels when it was loaded, told by variables of the environment. Only what it says of itself
    /// shows whether it heard.
    private func requireLimit(_ instructionSet: String) throws(KernelError) {
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

    /// What the kernels of a processor use, by the names that OpenBLAS and BLIS have for them.
    private static let levels: [(level: InstructionLevel, names: Set<String>)] = [
        (.baseline, ["generic", "prescott", "core2", "penryn", "dunnington", "nehalem", "barcelona", "bobcat"]),
        (.avx2, ["sandybridge", "bulldozer", "piledriver", "steamroller", "excavator", "haswell"]),
        (.avx2, ["zen", "zen2", "zen3"]),
        (.avx512, ["skylakex", "skx"]), (.avx512BFloat16, ["cooperlake", "zen4"]), (.amx, ["sapphirerapids"]),
    ]

    private func setThreads(_ threads: Int) throws(KernelError) {
        guard let count = Int32(exactly: threads), count > 0 else {
            throw .failed("\(threads) is not a number of threads")
        }
        if let set = library.optional("openblas_set_num_threads", as: assay_openblas_set_num_threads.self) {
            set(count)
        } else if let set = library.optional("bli_thread_set_num_threads", as: assay_bli_thread_set_num_threads.self) {
            set(Int(count))
        } else if let set = library.optional("MKL_Set_Num_Threads", as: assay_mkl_set_num_threads.self) {
            set(count)
        } else if threads != 1 {
            throw .unavailable("\(implementation.library) cannot be told to use \(threads) threads")
        }
    }
}

private func identify(_ library: DynamicLibrary) -> Implementation {
    let path = library.path(of: "cblas_sgemm")
    if let configuration = text(library, "openblas_get_config") {
        // `OpenBLAS 0.3.21 DYNAMIC_ARCH …`
        let words = configuration.split(separator: " ").map(String.init)
        return Implementation(
            library: words.first ?? "OpenBLAS", version: words.dropFirst().first ?? "unknown", path: path,
            reported: text(library, "openblas_get_corename") ?? "unknown")
    }
    if let version = text(library, "bli_info_get_version_str") {
        return Implementation(library: "BLIS", version: version, path: path, reported: "unknown")
    }
    if let get = library.optional("mkl_get_version_string", as: assay_mkl_get_version_string.self) {
        let version = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return "unknown" }
            get(start, 255)
            return String(cString: start)
        }
        return Implementation(library: "MKL", version: version, path: path, reported: "unknown")
    }
    return Implementation(library: "CBLAS", version: "unknown", path: path, reported: "unknown")
}

private func text(_ library: DynamicLibrary, _ symbol: String) -> String? {
    library.optional(symbol, as: assay_openblas_text.self)?().map { String(cString: $0) }
}
