public import Model

/// What the user may say about the kernels beside the case.
public struct KernelOptions: Sendable, Equatable {
    /// The file to load for a backend; it, or nothing, is used.
    public var libraries: [Backend: String]
    /// Name of the best instruction set that may be used (`avx2`); `nil` for the best there is. Our own kernels take the best
    /// variant up to it; libraries are told, and asked whether they heard.
    public var instructionSet: String?

    public init(libraries: [Backend: String] = [:], instructionSet: String? = nil) {
        self.libraries = libraries
        self.instructionSet = instructionSet
    }
}

/// Why a case was not made ready.
public enum KernelError: Error, Equatable, CustomStringConvertible {
    /// This machine or this build cannot run it: the case is skipped, with this reason.
    case unavailable(String)
    /// It should have worked, or makes no sense: the case failed, with this reason.
    case failed(String)

    public var description: String {
        switch self {
        case .unavailable(let reason), .failed(let reason): reason
        }
    }
}

/// What a backend is on this machine.
public struct BackendReport: Sendable, Equatable {
    public var backend: Backend
    public var available: Bool
    /// Library and version: `oneDNN 2.6.3`.
    public var library: String?
    /// The file that was loaded; absent for our own code.
    public var path: String?
    /// Why it is not available.
    public var reason: String?

    public init(backend: Backend, available: Bool, library: String?, path: String?, reason: String?) {
        self.backend = backend
        self.available = available
        self.library = library
        self.path = path
        self.reason = reason
    }
}

/// An instruction set that our own kernels have variants for.
public struct InstructionSet: Sendable, Equatable {
    public var name: String
    /// Whether this machine can run it.
    public var supported: Bool

    public init(name: String, supported: Bool) {
        self.name = name
        self.supported = supported
    }
}
