/// A library that computes, or that decides how computing is spread over threads.
struct KnownLibrary: Sendable {
    let family: LibraryFamily
    /// What a reader calls it.
    let name: String
    let soname: String
    /// Whether the digits in its file's name are those of the release; elsewhere they count its interface.
    let isNumberedByRelease: Bool

    private init(_ family: LibraryFamily, _ name: String, _ soname: String, release: Bool = false) {
        self.family = family
        self.name = name
        self.soname = soname
        isNumberedByRelease = release
    }

    /// Files that the user named instead: what they are is not known before they are asked.
    static let chosenOneDNN = KnownLibrary(.oneDNN, "oneDNN", "", release: true)
    static let chosenBLAS = KnownLibrary(.blas, "BLAS, as chosen", "")

    /// In the order in which they are shown. Of those that lead to one file only the first counts.
    static let all: [KnownLibrary] =
        [
            KnownLibrary(.oneDNN, "oneDNN", "libdnnl.so.3", release: true),
            KnownLibrary(.oneDNN, "oneDNN", "libdnnl.so.2", release: true),
            KnownLibrary(.blas, "OpenBLAS", "libopenblas.so.0", release: true),
            KnownLibrary(.blas, "OpenBLAS", "libopenblas.so", release: true),
            KnownLibrary(.blas, "OpenBLAS", "libopenblasp.so.0", release: true),
            KnownLibrary(.blas, "OpenBLAS", "libopenblaso.so.0", release: true),
            KnownLibrary(.blas, "BLIS", "libblis.so.4"), KnownLibrary(.blas, "BLIS", "libblis.so.3"),
            KnownLibrary(.blas, "AOCL-BLAS", "libblis-mt.so.5"), KnownLibrary(.blas, "AOCL-BLAS", "libblis-mt.so.4"),
            KnownLibrary(.blas, "MKL", "libmkl_rt.so.3"), KnownLibrary(.blas, "MKL", "libmkl_rt.so.2"),
            KnownLibrary(.blas, "MKL", "libmkl_rt.so.1"), KnownLibrary(.blas, "ArmPL", "libarmpl_lp64_mp.so"),
            KnownLibrary(.blas, "ArmPL", "libarmpl_lp64.so"), KnownLibrary(.blas, "BLAS, the system's", "libblas.so.3"),
            KnownLibrary(.blas, "CBLAS, the system's", "libcblas.so.3"),
            KnownLibrary(.threads, "OpenMP, GNU", "libgomp.so.1"),
            KnownLibrary(.threads, "OpenMP, LLVM", "libomp.so.5"), KnownLibrary(.threads, "OpenMP, LLVM", "libomp.so"),
            KnownLibrary(.threads, "OpenMP, Intel", "libiomp5.so"), KnownLibrary(.tbb, "oneTBB", "libtbb.so.12"),
            KnownLibrary(.cudaDriver, "CUDA driver", "libcuda.so.1", release: true),
        ]
        + ["13", "12", "11.0"].map { KnownLibrary(.cudaRuntime, "CUDA runtime", "libcudart.so.\($0)", release: true) }
        + ["13", "12", "11"].map { KnownLibrary(.cuBLAS, "cuBLAS", "libcublas.so.\($0)", release: true) }
        + ["13", "12", "11"].map { KnownLibrary(.cuBLASLt, "cuBLASLt", "libcublasLt.so.\($0)", release: true) }
        + ["9", "8"].map { KnownLibrary(.cuDNN, "cuDNN", "libcudnn.so.\($0)", release: true) }
        + [KnownLibrary(.nccl, "NCCL", "libnccl.so.2", release: true)]
        + ["7", "6", "5"].map { KnownLibrary(.hip, "HIP runtime", "libamdhip64.so.\($0)", release: true) }
        + ["5", "4", "3"].map { KnownLibrary(.rocBLAS, "rocBLAS", "librocblas.so.\($0)") }

    /// The digits in the name of a file: `libopenblasp-r0.3.21.so` and `libdnnl.so.2.6` say 0.3.21 and 2.6.
    static func number(inName name: String) -> String? {
        let runs = name.split { !($0.isASCII && $0.isNumber) && $0 != "." }
        let trimmed = runs.map { $0.split(separator: ".").joined(separator: ".") }
        return trimmed.first { $0.contains(".") }
    }
}

/// Libraries that are asked in the same way.
public enum LibraryFamily: String, Sendable, CaseIterable {
    case oneDNN, blas, threads, tbb, cudaDriver, cudaRuntime, cuBLAS, cuBLASLt, cuDNN, nccl, hip, rocBLAS
}
