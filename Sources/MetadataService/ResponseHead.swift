/// Status line and headers of an answer.
struct ResponseHead {
    /// How the end of the body is found.
    enum Framing: Equatable { case length(Int), chunked, untilClose }

    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    let framing: Framing

    /// - Parameter bytes: without the empty line that ends them.
    init(_ bytes: ArraySlice<UInt8>) throws(RequestProblem) {
        guard bytes.allSatisfy({ $0 == 13 || $0 == 10 || $0 == 9 || (32...126).contains($0) }) else {
            throw RequestProblem("headers that are not plain text")
        }
        var lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)[...]
        status = try Self.status(lines.popFirst() ?? "")
        headers = try Self.headers(lines)
        framing = try Self.framing(status, headers)
    }

    /// `HTTP/1.1 200 OK`; the words behind the number are for people.
    private static func status(_ line: Substring) throws(RequestProblem) -> Int {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", words[1].utf8.count == 3,
            let status = Int(words[1]), (100...599).contains(status)
        else { throw RequestProblem("does not answer in HTTP") }
        guard status >= 200 else { throw RequestProblem("HTTP \(status), which promises another answer") }
        return status
    }

    private static func headers(_ lines: ArraySlice<Substring>) throws(RequestProblem) -> [String: String] {
        guard lines.count <= 100 else { throw RequestProblem("more than 100 headers") }
        var headers: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                !line[..<colon].contains(where: { $0 == " " || $0 == "\t" })
            else { throw RequestProblem("a header that is not \"name: value\"") }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].split(separator: " ").joined(separator: " ")
            guard headers[name] == nil || headers[name] == value || !name.hasPrefix("content-length") else {
                throw RequestProblem("two lengths that differ")
            }
            headers[name] = value
        }
        return headers
    }

    private static func framing(_ status: Int, _ headers: [String: String]) throws(RequestProblem) -> Framing {
        if status == 204 || status == 304 { return .length(0) }
        let length = headers["content-length"]
        if let encoding = headers["transfer-encoding"] {
            guard encoding.lowercased() == "chunked", length == nil else {
                throw RequestProblem("an encoding other than chunked, or a length beside it")
            }
            return .chunked
        }
        guard let length else { return .untilClose }
        guard length.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(length) else {
            throw RequestProblem("a length that is no number")
        }
        return .length(number)
    }
}
