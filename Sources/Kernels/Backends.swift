import Model

extension Kernels {
    /// What each backend is on this machine; loads the libraries to find out.
    public static func backends(_ options: KernelOptions = KernelOptions()) -> [BackendReport] {
        Backend.allCases.map { report($0, options) }
    }

    /// What our own kernels have variants for, best first.
    public static func instructionSets() -> [InstructionSet] {
        Variant.all.map { InstructionSet(name: $0.name, supported: Variant.supported($0.isa)) }
    }

    /// The one of that name, or of the name people use for it: `avx512` is `avx512f`.
    public static func instructionSet(named name: String) -> InstructionSet? {
        let name = name.lowercased()
        return instructionSets().first { $0.name == name || (name == "avx512" && $0.name == "avx512f") }
    }

    private static func report(_ backend: Backend, _ options: KernelOptions) -> BackendReport {
        do throws(KernelError) {
            let (library, path) = try identify(backend, options)
            return BackendReport(backend: backend, available: true, library: library, path: path, reason: nil)
        } catch {
            return BackendReport(
                backend: backend, available: false, library: nil, path: nil, reason: error.description)
        }
    }

    private static func identify(
        _ backend: Backend, _ options: KernelOptions
    ) throws(KernelError) -> (library: String, path: String?) {
        switch backend {
        case .reference: return ("Assay \(Implementation.ownVersion), double precision", nil)
        case .simd:
            let best = Variant.all.first { Variant.supported($0.isa) }?.name ?? "portable"
            return ("Assay \(Implementation.ownVersion), \(best)", nil)
        case .onednn:
            let library = try OneDNNLibrary(options: options)
            return ("oneDNN \(library.version)", library.path)
        case .cblas:
            let found = try BLASLibrary(options: options).implementation
            return ("\(found.library) \(found.version), \(found.reported)", found.path)
        case .cuda: throw .unavailable("this version of Assay has no CUDA kernels")
        }
    }
}
