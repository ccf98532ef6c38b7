import COneDNN
import DynamicLibrary
import Model

/// A loaded oneDNN of major 2 or 3.
struct OneDNNLibrary {
    static let variable = "ASSAY_ONEDNN"
    static let wellKnown = ["libdnnl.so.3", "libdnnl.so.2", "libdnnl.so"]

    let library: DynamicLibrary
    let functions: OneDNNFunctions
    let generation: OneDNNGeneration
    let version: String
    let path: String?

    init(options: KernelOptions) throws(KernelError) {
        do throws(LibraryError) {
            library = try DynamicLibrary(
                Candidates(
                    path: options.libraries[.onednn], variable: Self.variable, wellKnown: Self.wellKnown))
            let number = try library.function("dnnl_version", as: assay_dnnl_version.self)()?.pointee
            version = number.map { "\($0.major).\($0.minor).\($0.patch)" } ?? "unknown"
            path = library.path(of: "dnnl_version")
            functions = try OneDNNFunctions(library)
            switch number?.major {
            case 2: generation = .two(try OneDNN2Functions(library))
            default: generation = .three(try OneDNN3Functions(library))
            }
        } catch {
            throw .unavailable("oneDNN cannot be used: \(error)")
        }
    }

    /// Makes the OpenMP runtime behind the library use `threads` threads when called from this one.
    func setThreads(_ threads: Int) throws(KernelError) {
        guard let count = Int32(exactly: threads), count > 0 else {
            throw .failed("\(threads) is not a number of threads")
        }
        if let set = library.optional("omp_set_num_threads", as: assay_omp_set_num_threads.self) {
            set(count)
        } else if threads != 1 {
            throw .unavailable("this oneDNN was not built with OpenMP: it cannot be told to use \(threads) threads")
        }
    }

    /// Turns a status into an error that says what was attempted.
    func require(_ status: Int32, _ attempt: String) throws(KernelError) {
        switch Int(status) {
        case Int(ASSAY_DNNL_SUCCESS): return
        case Int(ASSAY_DNNL_UNIMPLEMENTED): throw .unavailable("oneDNN \(version) has no implementation: \(attempt)")
        case Int(ASSAY_DNNL_OUT_OF_MEMORY): throw .unavailable("oneDNN \(version) is out of memory: \(attempt)")
        default: throw .failed("oneDNN \(version) answers status \(status): \(attempt)")
        }
    }
}
