import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A server on 127.0.0.1, at a port that the kernel chooses, which answers as a test tells it to.
public final class LocalServer: @unchecked Sendable {
    /// What happens on a connection once a request has come.
    public enum Reply: Sendable {
        /// These bytes, then the end of the connection.
        case bytes([UInt8])
        /// The same bytes over and over until the other side has had enough.
        case endless(first: [UInt8], then: [UInt8])
        /// One byte every few milliseconds.
        case trickle([UInt8])
        /// Nothing, and the connection stays open.
        case hang
        /// The end of the connection.
        case close

        public static func http(
            _ status: Int = 200, _ body: String, type: String = "text/plain", headers: [String] = []
        ) -> Reply {
            let lines = ["HTTP/1.1 \(status) Told", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
            return .bytes(Array(((lines + headers).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        }

        public static func text(_ text: String) -> Reply { .bytes(Array(text.utf8)) }
    }

    public let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (String) -> Reply
    private let lock = NSLock()
    private var heads: [String] = []
    private var open: Set<Int32> = []
    private var isStopped = false

    public struct Fault: Error {}

    /// - Parameter answer: from the head of a request (its lines up to the empty one) to what is done.
    public init(_ answer: @escaping @Sendable (String) -> Reply) throws {
        self.answer = answer
        (listener, port) = try Self.listen()
        let (listener, server) = (listener, Weak(self))
        Thread.detachNewThread {
            // Closed here and nowhere else: a number that is closed while it is in use may be another's by then.
            defer { Glibc.close(listener) }
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let owner = server.value, owner.keep(connection) else {
                    Glibc.close(connection)
                    return
                }
                Thread.detachNewThread { owner.serve(connection) }
            }
        }
    }

    /// Wakes the thread that accepts.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private final class Weak: @unchecked Sendable {
        weak var value: LocalServer?
        init(_ value: LocalServer) { self.value = value }
    }

    public var endpoint: String { "http://127.0.0.1:\(port)" }

    /// The heads of all requests so far, in the order in which they came.
    public var requests: [String] { lock.withLock { heads } }

    /// Ends all connections that are still open, hanging ones too.
    public func stop() {
        lock.withLock {
            isStopped = true
            for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    /// A port at which nobody listens: it was free a moment ago.
    public static func closedPort() throws -> UInt16 {
        let (listener, port) = try listen()
        Glibc.close(listener)
        return port
    }

    private static func listen() throws -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard listener >= 0, isBound else { throw Fault() }
        return (listener, UInt16(bigEndian: place.sin_port))
    }

    private func keep(_ connection: Int32) -> Bool {
        lock.withLock {
            guard !isStopped else { return false }
            open.insert(connection)
            return true
        }
    }

    private func serve(_ connection: Int32) {
        defer {
            lock.withLock {
                open.remove(connection)
                Glibc.close(connection)
            }
        }
        guard let head = head(connection) else { return }
        lock.withLock { heads.append(head) }
        switch answer(head) {
        case .bytes(let bytes): send(bytes, to: connection)
        case .endless(let first, let then):
            guard send(first, to: connection) else { return }
            while send(then, to: connection) {}
        case .trickle(let bytes):
            for byte in bytes {
                guard send([byte], to: connection) else { return }
                usleep(5000)
            }
        case .hang:
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
        case .close: break
        }
    }

    private func head(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), bytes.count < 8192 {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes.dropLast(4), as: UTF8.self)
    }

    @discardableResult
    private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
