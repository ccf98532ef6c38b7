/// Puts an HTTP/1.1 answer together as it arrives. Whoever sends it may be hostile: everything is bounded, and what is
/// not as the standard (RFC 9112) says is an error rather than a guess.
struct ResponseReader {
    /// Bytes of status line and headers together.
    static let longestHead = 1 << 14
    /// Bytes of a body: no answer that is asked for comes near it.
    static let longestBody = 1 << 16

    /// What has come and is not yet read: the head, and after it the body.
    private var bytes: [UInt8] = []
    private var head: ResponseHead?

    var isEmpty: Bool { bytes.isEmpty && head == nil }

    /// The answer, once it is whole.
    ///
    /// - Parameter ended: the other side has closed the connection.
    mutating func take(_ more: ArraySlice<UInt8>, ended: Bool = false) throws(RequestProblem) -> Response? {
        bytes.append(contentsOf: more)
        if head == nil { try readHead() }
        guard let head else {
            guard ended else { return nil }
            throw RequestProblem(bytes.isEmpty ? "closed without an answer" : "ends within its headers")
        }
        guard let body = try body(head.framing, ended: ended) else { return nil }
        return Response(status: head.status, headers: head.headers, body: body)
    }

    private mutating func readHead() throws(RequestProblem) {
        let mark: [UInt8] = [13, 10, 13, 10]
        let within = bytes.prefix(Self.longestHead)
        guard let end = within.indices.first(where: { within[$0...].starts(with: mark) }) else {
            if bytes.count >= Self.longestHead { throw RequestProblem("headers longer than 16 KiB") }
            return
        }
        head = try ResponseHead(bytes[..<end])
        bytes.removeSubrange(..<(end + mark.count))
    }

    private func body(_ framing: ResponseHead.Framing, ended: Bool) throws(RequestProblem) -> [UInt8]? {
        switch framing {
        case .length(let length):
            guard length <= Self.longestBody else { throw RequestProblem("a body longer than 64 KiB") }
            if bytes.count >= length { return Array(bytes[..<length]) }
            if ended { throw RequestProblem("ends after \(bytes.count) of \(length) bytes") }
            return nil
        case .chunked:
            if let body = try Chunks.joined(bytes) { return body }
            if ended { throw RequestProblem("ends within its chunks") }
            return nil
        case .untilClose:
            guard bytes.count <= Self.longestBody else { throw RequestProblem("a body longer than 64 KiB") }
            return ended ? bytes : nil
        }
    }
}

/// A body in pieces, each with its length before it in hexadecimal digits; the empty one is the last.
enum Chunks {
    /// The whole body, or `nil` while some of it is still to come.
    static func joined(_ bytes: [UInt8]) throws(RequestProblem) -> [UInt8]? {
        guard bytes.count <= 2 * ResponseReader.longestBody else { throw RequestProblem("a body longer than 64 KiB") }
        var body: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 10) {
            let length = try length(rest[..<end])
            // Trailers may follow the last chunk; none is wanted.
            if length == 0 { return body }
            guard body.count + length <= ResponseReader.longestBody else {
                throw RequestProblem("a body longer than 64 KiB")
            }
            rest = rest[(end + 1)...]
            guard rest.count >= length + 2 else { return nil }
            guard rest.dropFirst(length).starts(with: [13, 10]) else {
                throw RequestProblem("a chunk is not as long as it says")
            }
            body += rest.prefix(length)
            rest = rest.dropFirst(length + 2)
        }
        guard rest.count < 1024 else { throw RequestProblem("the length of a chunk never ends") }
        return nil
    }

    /// What may stand behind a semicolon is for others.
    private static func length(_ line: ArraySlice<UInt8>) throws(RequestProblem) -> Int {
        let word = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).first ?? []
        let digits = word.filter { $0 != 13 && $0 != 32 }
        // Without the check, a sign would pass for part of a number.
        guard digits.allSatisfy({ UInt8(ascii: "0") <= $0 }), digits.count <= 6,
            let length = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw RequestProblem("the length of a chunk is no number") }
        return length
    }
}
