#if canImport(Glibc)
    import Glibc
#endif

/// Where a metadata service listens: a numeric address and a port, so that no name is ever looked up.
public struct Endpoint: Sendable, Equatable {
    public enum Address: Sendable, Equatable {
        case v4([UInt8])
        case v6([UInt8])
    }

    public let address: Address
    public let port: UInt16
    /// As it stands in a request: `169.254.169.254`, `127.0.0.1:8080`.
    let authority: String

    /// The link-local address at which every one of these clouds answers, and only to its own machines.
    public static let linkLocal = Endpoint(address: .v4([169, 254, 169, 254]), port: 80, authority: "169.254.169.254")

    private init(address: Address, port: UInt16, authority: String) {
        self.address = address
        self.port = port
        self.authority = authority
    }

    /// Reads `http://ADDRESS[:PORT]`; the address numeric or `localhost`, an IPv6 address in brackets.
    public init(_ text: String) throws(EndpointProblem) {
        guard text.utf8.count <= 256 else { throw EndpointProblem("is longer than an address can be") }
        guard text.hasPrefix("http://") else {
            throw EndpointProblem("does not begin with http://, all that is spoken")
        }
        var authority = text.dropFirst(7)
        if authority.hasSuffix("/") { authority.removeLast() }
        let (host, port) = try Self.split(authority)
        guard let address = Self.numeric(host) else {
            throw EndpointProblem("no numeric address and not localhost: names are not looked up")
        }
        self.init(address: address, port: port, authority: String(authority))
    }

    private static func split(_ authority: Substring) throws(EndpointProblem) -> (host: String, port: UInt16) {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw EndpointProblem("more than a port after ]") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard let port else { return (String(host), 80) }
        guard port.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt16(port), number > 0 else {
            throw EndpointProblem("the port is no number from 1 to 65535")
        }
        return (String(host), number)
    }

    private static func numeric(_ host: String) -> Address? {
        if host == "localhost" { return .v4([127, 0, 0, 1]) }
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, host, &four) == 1 { return .v4(four) }
        var six = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, host, &six) == 1 ? .v6(six) : nil
    }
}

/// Why a text names no endpoint.
public struct EndpointProblem: Error, CustomStringConvertible {
    public let description: String

    init(_ problem: String) { description = "\(problem); http://ADDRESS:PORT is needed, with a numeric address" }
}
