import COneDNN
import DynamicLibrary
import SystemFiles

/// What a library says of itself when it is loaded and asked.
public struct LibraryAnswer: Sendable, Equatable {
    public var version: String?
    public var build: String?
    /// Why it cannot be asked.
    public var problem: String?

    public init(version: String? = nil, build: String? = nil, problem: String? = nil) {
        self.version = version
        self.build = build
        self.problem = problem
    }

    /// One line each, `key: value`, without what a terminal or a parser could take for more than text.
    public var lines: [String] {
        [("version", version), ("build", build), ("problem", problem)].compactMap { key, value in
            value.map { "\(key): \(ShortText.plain($0, 300))" }
        }
    }

    /// From such lines; anything else is passed over.
    init(_ text: String) {
        for line in text.lines.prefix(8) {
            guard let (key, value) = line.keyed(":"), !value.isEmpty else { continue }
            let short = ShortText.plain(value, 300)
            switch key {
            case "version": version = short
            case "build": build = short
            case "problem": problem = short
            default: break
            }
        }
    }
}

/// Loads a library into this process and asks it. Some start threads, some crash: a process of its own is the place for it.
public enum LibraryInquiry {
    public static func ask(_ path: String, _ family: LibraryFamily) -> LibraryAnswer {
        let library: DynamicLibrary
        do {
            library = try DynamicLibrary(Candidates(names: [path]))
        } catch {
            return LibraryAnswer(problem: "cannot be loaded: \(error)")
        }
        return switch family {
        case .oneDNN: oneDNN(library)
        case .blas: BLASInquiry.ask(library)
        case .threads: LibraryAnswer()
        case .tbb: tbb(library)
        case .cudaDriver: dotted(number(library, "cuDriverGetVersion"), 1000, 10)
        case .cudaRuntime: dotted(number(library, "cudaRuntimeGetVersion"), 1000, 10)
        case .cuBLAS: property(library, "cublasGetProperty", "cublasGetCudartVersion")
        case .cuBLASLt: property(library, "cublasLtGetProperty", "cublasLtGetCudartVersion")
        case .cuDNN: property(library, "cudnnGetProperty", "cudnnGetCudartVersion")
        case .nccl: nccl(number(library, "ncclGetVersion"))
        case .hip: dotted(number(library, "hipRuntimeGetVersion"), 10_000_000, 100_000)
        case .rocBLAS: rocBLAS(library)
        }
    }

    private static func oneDNN(_ library: DynamicLibrary) -> LibraryAnswer {
        guard let version = library.optional("dnnl_version", as: assay_dnnl_version.self)?()?.pointee else {
            return LibraryAnswer()
        }
        let runtimes: [UInt32: String] = [
            0: "none", 1: "sequential", 2: "OpenMP", 4: "TBB", 8: "thread pool", 256: "OpenCL", 512: "SYCL",
        ]
        func name(_ runtime: UInt32) -> String { runtimes[runtime] ?? "\(runtime)" }
        let commit = version.hash.map { String(cString: $0) } ?? "N/A"
        let hash = commit == "N/A" ? "" : ", commit \(commit)"
        return LibraryAnswer(
            version: "\(version.major).\(version.minor).\(version.patch)",
            build: "CPU runtime \(name(version.cpu_runtime)), GPU runtime \(name(version.gpu_runtime))\(hash)")
    }

    private typealias NumberInto = @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    private typealias PropertyInto = @convention(c) (Int32, UnsafeMutablePointer<Int32>) -> Int32
    private typealias Size = @convention(c) () -> Int
    private typealias Number = @convention(c) () -> Int32
    private typealias TextInto = @convention(c) (UnsafeMutablePointer<CChar>, Int) -> Int32

    /// The number that `symbol` writes; `nil` where it is not there or answers with an error.
    private static func number(_ library: DynamicLibrary, _ symbol: String) -> Int? {
        var value: Int32 = 0
        guard let get = library.optional(symbol, as: NumberInto.self), get(&value) == 0, value > 0 else { return nil }
        return Int(value)
    }

    /// 12040 with 1000 and 10 is 12.4.
    private static func dotted(_ number: Int?, _ major: Int, _ minor: Int) -> LibraryAnswer {
        LibraryAnswer(version: number.map { "\($0 / major).\($0 % major / minor)" })
    }

    /// 22105 is 2.21.5; before 2.9 it was written 2804.
    private static func nccl(_ number: Int?) -> LibraryAnswer {
        let unit = (number ?? 0) < 10_000 ? 1000 : 10_000
        return LibraryAnswer(version: number.map { "\($0 / unit).\($0 % unit / 100).\($0 % 100)" })
    }

    /// Three numbers, which need no device: major, minor and patch.
    private static func property(_ library: DynamicLibrary, _ symbol: String, _ runtime: String) -> LibraryAnswer {
        guard let get = library.optional(symbol, as: PropertyInto.self) else { return LibraryAnswer() }
        let parts = (0..<3).compactMap { part -> String? in
            var value: Int32 = 0
            return get(Int32(part), &value) == 0 ? "\(value)" : nil
        }
        let built = library.optional(runtime, as: Size.self)?() ?? 0
        return LibraryAnswer(
            version: parts.count == 3 ? parts.joined(separator: ".") : nil,
            build: built > 0 ? "for CUDA runtime \(built / 1000).\(built % 1000 / 10)" : nil)
    }

    private static func rocBLAS(_ library: DynamicLibrary) -> LibraryAnswer {
        guard let get = library.optional("rocblas_get_version_string", as: TextInto.self) else {
            return LibraryAnswer()
        }
        return LibraryAnswer(version: ShortText.written(256) { get($0, $1) })
    }

    /// The version of its interface, such as 12110; the release has no function.
    private static func tbb(_ library: DynamicLibrary) -> LibraryAnswer {
        let interface = library.optional("TBB_runtime_interface_version", as: Number.self)?()
        return LibraryAnswer(build: interface.map { "interface \($0)" })
    }
}
