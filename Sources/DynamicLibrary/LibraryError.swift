/// Why a library, or a function of it, cannot be used. Both are expected on some machine: they become a reason to skip.
public enum LibraryError: Error, Equatable, CustomStringConvertible {
    /// No candidate could be opened.
    case absent(attempts: [Attempt])
    /// The library is there and lacks this symbol.
    case symbolAbsent(symbol: String, library: String)

    /// A name that was tried and what the loader said.
    public struct Attempt: Equatable, Sendable {
        public var name: String
        public var problem: String

        public init(name: String, problem: String) {
            self.name = name
            self.problem = problem
        }
    }

    public var description: String {
        switch self {
        case .absent(let attempts) where attempts.isEmpty: "no name to load it by"
        case .absent(let attempts):
            // The loader's message mostly begins with the name.
            attempts.map { $0.problem.hasPrefix($0.name) ? $0.problem : "\($0.name): \($0.problem)" }
                .joined(separator: "; ")
        case .symbolAbsent(let symbol, let library): "\(library) has no symbol \(symbol)"
        }
    }
}
