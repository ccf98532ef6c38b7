#if canImport(Glibc)
    import Glibc
#endif

/// One request on its way: a non-blocking socket, what is still to be sent, what has come back.
///
/// A class because it owns the socket and stands in an array, which an owner that cannot be copied may not.
final class Connection {
    private(set) var outcome: Result<Response, RequestProblem>?
    private(set) var descriptor: Int32
    private var unsent: ArraySlice<UInt8>
    private var reader = ResponseReader()
    private let name: String

    init(_ request: Request, to endpoint: Endpoint) {
        name = request.name
        unsent = request.bytes(to: endpoint)[...]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(endpoint.family, kind, 0)
        if descriptor < 0 || (endpoint.connect(descriptor) != 0 && errno != EINPROGRESS) {
            fail(errno)
        }
    }

    deinit { close() }

    /// What is waited for, as `poll` calls it.
    var events: Int16 { Int16(unsent.isEmpty ? POLLIN : POLLOUT) }

    /// Goes on as far as it can without waiting.
    func proceed() {
        guard outcome == nil else { return }
        if !unsent.isEmpty { send() }
        if unsent.isEmpty, outcome == nil { receive() }
    }

    /// Ends it, whether it is done or not.
    ///
    /// - Parameter wait: how long was waited, for the message: `within 250 ms`.
    func end(_ wait: String) -> Result<Response, RequestProblem> {
        if let outcome { return outcome }
        let problem = RequestProblem(
            "\(name): \(reader.isEmpty ? "no answer" : "no whole answer") \(wait)", isSilence: reader.isEmpty)
        end(.failure(problem))
        return .failure(problem)
    }

    private func send() {
        let count = unsent.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count >= 0 {
            unsent = unsent.dropFirst(count)
        } else if !Self.mustWait(errno) {
            // Refused and unreachable show here too: a connection is made while it is first written to.
            fail(errno)
        }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 {
            if !Self.mustWait(errno) { fail(errno) }
            return
        }
        do throws(RequestProblem) {
            if let response = try reader.take(buffer[..<count], ended: count == 0) { end(.success(response)) }
        } catch {
            fail(error.description, isSilence: false)
        }
    }

    /// Only these say that nobody is there; a call that is forbidden, say, tells nothing of the other side.
    private func fail(_ code: Int32) {
        let absence = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, ETIMEDOUT]
        fail(String(cString: strerror(code)).lowercased(), isSilence: absence.contains(code))
    }

    private func fail(_ problem: String, isSilence: Bool) {
        end(.failure(RequestProblem("\(name): \(problem)", isSilence: isSilence)))
    }

    private func end(_ outcome: Result<Response, RequestProblem>) {
        self.outcome = outcome
        close()
    }

    private func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    private static func mustWait(_ code: Int32) -> Bool {
        code == EAGAIN || code == EWOULDBLOCK || code == EINTR
    }
}

extension Endpoint {
    var family: Int32 {
        switch address {
        case .v4: AF_INET
        case .v6: AF_INET6
        }
    }

    /// As `connect` answers.
    func connect(_ descriptor: Int32) -> Int32 {
        switch address {
        case .v4(let bytes):
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &place.sin_addr) { $0.copyBytes(from: bytes) }
            return Self.connect(descriptor, &place)
        case .v6(let bytes):
            var place = sockaddr_in6()
            place.sin6_family = sa_family_t(AF_INET6)
            place.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &place.sin6_addr) { $0.copyBytes(from: bytes) }
            return Self.connect(descriptor, &place)
        }
    }

    private static func connect<Place>(_ descriptor: Int32, _ place: inout Place) -> Int32 {
        withUnsafeBytes(of: &place) {
            guard let start = $0.baseAddress else { return -1 }
            return Glibc.connect(descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
    }
}
