public import Model

/// What of a plan from elsewhere is applied here.
///
/// A bundle is data. A library's path in it, or a variable such as `LD_PRELOAD`, would decide which code runs on this machine:
/// both are applied only where the user says that they trust who made it. Without that remain the variables that are known to
/// choose nothing but numbers and names from a list, with values that are bounded.
public struct ForeignSettings: Sendable, Equatable {
    /// As it may be run.
    public var plan: Plan
    /// Cases that would compute something else without what was refused, each with that reason.
    public var skipped: [SkippedCase]
    /// A line each: `variable DNNL_VERBOSE=0`, `library onednn=/opt/libdnnl.so.3`.
    public var applied: [String]
    public var refused: [String] { refusedVariables + refusedLibraries }
    public private(set) var refusedVariables: [String]
    private var refusedLibraries: [String] = []

    public static let flag = "--trust-settings"

    /// - Parameter own: by the name of the backend, files that the user named here: where the bundle's file has the same name,
    ///   theirs is taken, which is their choice and no bundle's.
    public init(_ plan: Plan, isTrusted: Bool, own: [String: String] = [:]) {
        self.plan = plan
        (skipped, applied, refusedVariables) = ([], [], [])
        let variables = (plan.environment ?? [:]).sorted { $0.key < $1.key }
        let allowed = variables.filter { isTrusted || Self.isHarmless($0.key, $0.value) }
        let forbidden = variables.filter { one in !allowed.contains { $0.key == one.key } }
        let libraries = plan.libraries.sorted { $0.key < $1.key }
        applied = allowed.map { "variable \($0.key)=\($0.value)" }
        refusedVariables = forbidden.map { "variable \($0.key)=\($0.value)" }
        self.plan.environment =
            allowed.isEmpty ? nil : Dictionary(uniqueKeysWithValues: allowed.map { ($0.key, $0.value) })
        if isTrusted {
            applied += libraries.map { "library \($0.key)=\($0.value)" }
        } else {
            let named = own.filter { Self.file($0.value) == plan.libraries[$0.key].map(Self.file) }
            applied += named.sorted { $0.key < $1.key }.map { "library \($0.key)=\($0.value), which is named here" }
            refusedLibraries = libraries.filter { named[$0.key] == nil }.map { "library \($0.key)=\($0.value)" }
            self.plan.libraries = named
            self.plan.arguments = Self.withoutLibraries(plan.arguments)
        }
        leaveOut(forbidden.map(\.key), isTrusted ? [:] : plan.libraries.filter { self.plan.libraries[$0.key] == nil })
    }

    /// Every process was given the variables; a library computed the cases of its backend.
    private mutating func leaveOut(_ variables: [String], _ libraries: [String: String]) {
        var kept: [Case] = []
        for planned in plan.cases {
            if let library = libraries[planned.backend.rawValue] {
                let reason = "was computed by \(library), and a bundle may not load code here; \(Self.flag) lets it"
                skipped.append(SkippedCase(planned: planned, reason: reason))
            } else if let first = variables.first {
                let more = variables.count > 1 ? " and \(variables.count - 1) more" : ""
                let reason =
                    "was given the variable \(first)\(more), which a bundle may not set here; \(Self.flag) lets it"
                skipped.append(SkippedCase(planned: planned, reason: reason))
            } else {
                kept.append(planned)
            }
        }
        plan.cases = kept
    }

    private static func file(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

    private static func withoutLibraries(_ arguments: [String]) -> [String] {
        var kept: [String] = []
        var isValue = false
        for argument in arguments {
            if isValue {
                isValue = false
            } else if argument == "--library" {
                isValue = true
            } else if !argument.hasPrefix("--library=") {
                kept.append(argument)
            }
        }
        return kept
    }
}

extension ForeignSettings {
    /// By whole names. Within the same families stand variables that load a library (`OMP_TOOL_LIBRARIES`) or write a file
    /// (`MKL_VERBOSE_OUTPUT_FILE`, `DNNL_JIT_DUMP`), so that a prefix would not do.
    static let harmless: Set<String> = [
        "OMP_NUM_THREADS", "OMP_DYNAMIC", "OMP_PROC_BIND", "OMP_PLACES", "OMP_WAIT_POLICY", "OMP_SCHEDULE",
        "OMP_MAX_ACTIVE_LEVELS", "OMP_NESTED", "OMP_THREAD_LIMIT", "GOMP_SPINCOUNT", "GOMP_CPU_AFFINITY",
        "KMP_BLOCKTIME", "KMP_AFFINITY", "KMP_HW_SUBSET", "OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE",
        "OPENBLAS_THREAD_TIMEOUT", "GOTO_NUM_THREADS", "BLIS_NUM_THREADS", "BLIS_ARCH_TYPE", "BLIS_JC_NT",
        "BLIS_PC_NT", "BLIS_IC_NT", "BLIS_JR_NT", "BLIS_IR_NT", "MKL_NUM_THREADS", "MKL_DYNAMIC",
        "MKL_ENABLE_INSTRUCTIONS", "MKL_CBWR", "MKL_VERBOSE",
        "DNNL_VERBOSE", "DNNL_MAX_CPU_ISA", "DNNL_CPU_ISA_HINTS", "DNNL_PRIMITIVE_CACHE_CAPACITY",
        "DNNL_DEFAULT_FPMATH_MODE", "ONEDNN_VERBOSE", "ONEDNN_MAX_CPU_ISA", "ONEDNN_CPU_ISA_HINTS",
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY", "ONEDNN_DEFAULT_FPMATH_MODE",
    ]

    /// Short, of letters, digits and the marks of lists; no path, and no number that would start a million threads.
    static func isHarmless(_ name: String, _ value: String) -> Bool {
        guard harmless.contains(name), value.utf8.count <= 64 else { return false }
        let isPlain = value.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || Array("_-.,:+{}()".utf8).contains(byte)
        }
        let numbers = value.split { !$0.isASCII || !$0.isNumber }
        return isPlain && numbers.allSatisfy { Int($0).map { $0 <= 65_536 } ?? false }
    }
}
