#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Names under which an optional library may be found, best first.
public struct Candidates: Sendable, Equatable {
    public var names: [String]

    public init(names: [String]) { self.names = names }

    /// The path that the user gave, else the one in the environment variable, else the well-known names, and last what a
    /// package carries.
    ///
    /// Who names a library gets that one or an error: falling back to another would measure something else than was
    /// asked for.
    public init(path: String?, variable: String, wellKnown: [String]) {
        if let path, !path.isEmpty {
            names = [path]
        } else if let value = getenv(variable), value.pointee != 0 {
            names = [String(cString: value)]
        } else {
            names = wellKnown + CarriedLibraries.paths(wellKnown)
        }
    }
}
