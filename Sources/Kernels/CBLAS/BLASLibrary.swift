import CBLAS
import DynamicLibrary
import Model

/// A loaded CBLAS: OpenBLAS, BLIS, MKL, or one that does not say who it is.
struct BLASLibrary {
    static let variable = "ASSAY_CBLAS"
    static let wellKnown = ["libopenblas.so.0", "libopenblas.so", "libblis.so.4", "libmkl_rt.so.2", "libcblas.so.3"]

    let implementation: Implementation
    let library: DynamicLibrary

    /// Loads it without saying how many threads it may use.
    init(options: KernelOptions) throws(KernelError) {
        do throws(LibraryError) {
            library = try DynamicLibrary(
                Candidates(path: options.libraries[.cblas], variable: Self.variable, wellKnown: Self.wellKnown))
            // Who has not this is no CBLAS.
            _ = try library.address(of: "cblas_sgemm")
        } catch {
            throw .unavailable("no CBLAS can be used: \(error)")
        }
        implementation = BLASIdentity.identify(library)
    }

    init(options: KernelOptions, threads: Int) throws(KernelError) {
        try self.init(options: options)
        if let instructionSet = options.instructionSet { try requireLimit(instructionSet) }
        try setThreads(threads)
    }

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
        } else if let set = library.optional("omp_set_num_threads", as: assay_blas_omp_set_num_threads.self) {
            set(count)
        } else if threads != 1 {
            throw .unavailable("\(implementation.library) cannot be told to use \(threads) threads")
        }
    }
}
