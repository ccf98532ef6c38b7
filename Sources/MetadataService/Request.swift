/// One HTTP/1.1 request without a body, on a connection of its own.
struct Request: Sendable, Equatable {
    enum Method: String, Sendable { case get = "GET", put = "PUT" }

    var method: Method
    var path: String
    var headers: [(name: String, value: String)]

    init(_ method: Method = .get, _ path: String, _ headers: (name: String, value: String)...) {
        self.method = method
        self.path = path
        self.headers = headers
    }

    /// For messages: method and path, never what the headers hold.
    var name: String { "\(method.rawValue) \(path)" }

    func bytes(to endpoint: Endpoint) -> [UInt8] {
        var lines = ["\(name) HTTP/1.1", "Host: \(endpoint.authority)", "Connection: close", "Accept: */*"]
        if method == .put { lines.append("Content-Length: 0") }
        lines += headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    static func == (left: Request, right: Request) -> Bool {
        left.name == right.name && left.headers.elementsEqual(right.headers, by: ==)
    }
}

/// A whole answer.
struct Response: Sendable, Equatable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]
}

/// Why there is no answer that can be used. The text never repeats what the other side sent.
struct RequestProblem: Error, Sendable, Equatable, CustomStringConvertible {
    var description: String
    /// Nobody is there: refused, unreachable, or not a single byte before the deadline.
    var isSilence: Bool

    init(_ description: String, isSilence: Bool = false) {
        self.description = description
        self.isSilence = isSilence
    }
}
