public import Model

/// Variables that decide how many threads a library starts, where they run and which instructions they use; set before any
/// library is loaded.
public enum WorkerEnvironment {
    /// Families of variables that would otherwise leak in from the user's shell and change what is measured.
    static let controlled = ["OMP_", "GOMP_", "KMP_", "OPENBLAS_", "GOTO_", "BLIS_", "MKL_", "DNNL_", "ONEDNN_"]

    /// - Returns: variables to set, or to remove where the value is `nil`.
    public static func changes(
        for planned: Case, instructionSet: String? = nil, inherited: some Swift.Sequence<String>
    ) -> [String: String?] {
        var changes: [String: String?] = [:]
        for name in inherited where controlled.contains(where: { name.hasPrefix($0) }) {
            changes.updateValue(nil, forKey: name)
        }
        let threads = "\(planned.threads)"
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"] {
            changes[name] = threads
        }
        // A crash is a result here: the signal is enough, and symbolising a backtrace takes most of a second.
        changes["SWIFT_BACKTRACE"] = "enable=no"
        changes["OMP_DYNAMIC"] = "false"
        changes["OMP_PROC_BIND"] = "true"
        // Threads wait for work by spinning: waking them costs more than a short kernel takes.
        changes["OMP_WAIT_POLICY"] = "active"
        if !planned.placement.processingUnits.isEmpty {
            changes["OMP_PLACES"] = planned.placement.processingUnits.map { "{\($0)}" }.joined(separator: ",")
        }
        if let instructionSet, let level = InstructionLevel(instructionSet: instructionSet) {
            changes.merge(limits(level)) { $1 }
        }
        return changes
    }

    /// For the libraries that choose their kernels once, when they are loaded. What they then report is checked by whoever
    /// loads them; oneDNN has a function for it and needs no variable.
    private static func limits(_ level: InstructionLevel) -> [String: String] {
        let (openBLAS, blis, mkl) =
            switch level {
            case .baseline: ("Prescott", "generic", "SSE4_2")
            case .avx2: ("Haswell", "haswell", "AVX2")
            case .avxVNNI: ("Haswell", "haswell", "AVX2_E1")
            case .avx512, .avx512VNNI: ("SkylakeX", "skx", "AVX512")
            case .avx512BFloat16: ("Cooperlake", "skx", "AVX512_E2")
            case .avx512Float16: ("Cooperlake", "skx", "AVX512_E3")
            case .amx: ("SapphireRapids", "skx", "AVX512_E4")
            }
        return ["OPENBLAS_CORETYPE": openBLAS, "BLIS_ARCH_TYPE": blis, "MKL_ENABLE_INSTRUCTIONS": mkl]
    }
}
