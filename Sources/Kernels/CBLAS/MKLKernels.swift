import CBLAS
import DynamicLibrary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What MKL does not say of itself in few words.
enum MKLKernels {
    /// `Intel(R) oneAPI Math Kernel Library Version 2026.2-Product Build …` → `2026.2`.
    static func version(_ library: DynamicLibrary) -> String? {
        guard let get = library.optional("mkl_get_version_string", as: assay_mkl_get_version_string.self) else {
            return nil
        }
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return "" }
            get(start, 255)
            return String(cString: start)
        }
        let words = text.split(separator: " ")
        guard let place = words.firstIndex(of: "Version"), place + 1 < words.endIndex else { return "unknown" }
        return words[place + 1].split(separator: "-").first.map(String.init)
    }

    /// The instruction set whose kernels it took: it keeps them in a library for each and loads one at the first call, which
    /// is therefore made here.
    static func instructionSet(_ library: DynamicLibrary) -> String? {
        guard let multiply = library.optional("cblas_sgemm", as: assay_cblas_sgemm.self) else { return nil }
        var (a, b, c): (Float, Float, Float) = (1, 1, 0)
        let (row, plain) = (Int32(ASSAY_CBLAS_ROW_MAJOR), Int32(ASSAY_CBLAS_NO_TRANSPOSE))
        multiply(row, plain, plain, 1, 1, 1, 1, &a, 1, &b, 1, 0, &c, 1)
        return loadedNames().compactMap(kernels).first
    }

    /// `/opt/mkl/libmkl_avx512.so.2` → `avx512`; `nil` for any other file.
    static func kernels(_ path: String) -> String? {
        let name = path.split(separator: "/").last ?? ""
        guard name.hasPrefix("libmkl_") else { return nil }
        let set = name.dropFirst("libmkl_".count).prefix { $0 != "." }
        return ["def", "mc3", "avx2", "avx512", "avx512_mic", "avx10"].contains(String(set)) ? String(set) : nil
    }

    /// Files mapped into this process.
    private static func loadedNames() -> [String] {
        guard let file = fopen("/proc/self/maps", "r") else { return [] }
        defer { fclose(file) }
        var names: [String] = []
        var line = [CChar](repeating: 0, count: 8192)
        while names.count < 65536, fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let slash = text.firstIndex(of: "/") { names.append(text[slash...].trimmed) }
        }
        return names
    }
}

extension Substring {
    fileprivate var trimmed: String { String(prefix { $0 != "\n" }) }
}
