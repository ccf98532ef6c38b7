import CBLAS
import DynamicLibrary
import SystemFiles

/// The makers of BLAS libraries, each of which has a way of its own to say who it is.
enum BLASInquiry {
    static func ask(_ library: DynamicLibrary) -> LibraryAnswer {
        openBLAS(library) ?? blis(library) ?? mkl(library) ?? armPL(library) ?? LibraryAnswer()
    }

    private typealias Number = @convention(c) () -> Int32
    private typealias Query = @convention(c) () -> Int32
    private typealias Name = @convention(c) (Int32) -> UnsafePointer<CChar>?
    private typealias ArmVersion =
        @convention(c) (
            UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
            UnsafeMutablePointer<UnsafePointer<CChar>?>
        ) -> Void

    private static func text(_ library: DynamicLibrary, _ symbol: String) -> String? {
        library.optional(symbol, as: assay_openblas_text.self)?().map { String(cString: $0) }
    }

    /// `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Cooperlake MAX_THREADS=64`
    private static func openBLAS(_ library: DynamicLibrary) -> LibraryAnswer? {
        guard let configuration = text(library, "openblas_get_config") else { return nil }
        let words = configuration.split(separator: " ")
        let threads = ["sequential", "threads of its own", "OpenMP"]
        let kind = library.optional("openblas_get_parallel", as: Number.self).map { Int($0()) }
        let parallel = kind.flatMap { threads.indices.contains($0) ? threads[$0] : nil }
        let parts = [configuration.trimmed, text(library, "openblas_get_corename").map { "core \($0)" }, parallel]
        return LibraryAnswer(
            version: words.dropFirst().first { $0.first?.isNumber == true }.map(String.init),
            build: parts.compactMap { $0 }.joined(separator: ", "))
    }

    /// BLIS, and AMD's version of it, whose text is `AOCL-BLAS 4.2.0 Build 20240304`.
    private static func blis(_ library: DynamicLibrary) -> LibraryAnswer? {
        guard let text = text(library, "bli_info_get_version_str") else { return nil }
        let version = text.split(separator: " ").first { $0.first?.isNumber == true }
        let processor = library.optional("bli_arch_query_id", as: Query.self).flatMap { query in
            library.optional("bli_arch_string", as: Name.self)?(query()).map { "kernels for \(String(cString: $0))" }
        }
        return LibraryAnswer(
            version: version.map(String.init) ?? text,
            build: [text, processor].compactMap { $0 }.joined(separator: ", "))
    }

    /// `Intel(R) oneAPI Math Kernel Library Version 2024.1-Product Build 20240215 for …`
    private static func mkl(_ library: DynamicLibrary) -> LibraryAnswer? {
        let get =
            library.optional("mkl_get_version_string", as: assay_mkl_get_version_string.self)
            ?? library.optional("MKL_Get_Version_String", as: assay_mkl_get_version_string.self)
        guard let get,
            let text = ShortText.written(
                512,
                {
                    get($0, Int32($1))
                    return 0
                })
        else { return nil }
        let words = text.split(separator: " ")
        let after = words.firstIndex(of: "Version").map { words[words.index(after: $0)...] }
        let version = after?.first?.prefix { $0.isNumber || $0 == "." }
        return LibraryAnswer(version: version.flatMap { $0.isEmpty ? nil : String($0) }, build: text)
    }

    private static func armPL(_ library: DynamicLibrary) -> LibraryAnswer? {
        guard let get = library.optional("armplversion", as: ArmVersion.self) else { return nil }
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        var tag: UnsafePointer<CChar>?
        get(&major, &minor, &patch, &tag)
        return LibraryAnswer(
            version: "\(major).\(minor).\(patch)",
            build: tag.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 })
    }
}
