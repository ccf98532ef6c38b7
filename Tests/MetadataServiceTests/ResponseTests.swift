import Testing

@testable import MetadataService

/// HTTP as it arrives: whole or in pieces, right or wrong.
struct ResponseTests {
    private static let plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Thing:  a  b \r\n\r\nhello"
    private static let chunked =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: z\r\n\r\n"
    private static let untilClose = "HTTP/1.0 200\r\n\r\nhello"

    private func read(_ text: String, step: Int = .max, ended: Bool = true) throws(RequestProblem) -> Response? {
        var reader = ResponseReader()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            if let response = try reader.take(rest.prefix(step)) { return response }
            rest = rest.dropFirst(step)
        }
        return ended ? try reader.take([], ended: true) : nil
    }

    @Test(arguments: [plain, chunked, untilClose], [1, 2, 7, Int.max])
    func anAnswerIsReadHoweverItIsCut(_ text: String, _ step: Int) throws {
        let response = try #require(try read(text, step: step))
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == "hello")
    }

    @Test func namesOfHeadersAreLowerCase() throws {
        #expect(try read(Self.plain)?.headers["x-thing"] == "a b")
    }

    @Test func anAnswerWithALengthNeedsNoEnd() throws {
        #expect(try read(Self.plain, ended: false) != nil)
        #expect(try read(Self.chunked, ended: false) != nil)
        #expect(try read(Self.untilClose, ended: false) == nil)
    }

    @Test(arguments: [
        ("", "closed without an answer"), ("HTTP/1.1 200 OK\r\nX: y", "ends within its headers"),
        ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not answer in HTTP"), ("HTTP/2 200\r\n\r\n", "does not answer in HTTP"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "does not answer in HTTP"), ("HTTP/1.1 -20 OK\r\n\r\n", "does not answer in HTTP"),
        ("HTTP/1.1 100 Continue\r\n\r\n", "promises another"),
        ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "not \"name: value\""),
        ("HTTP/1.1 200 OK\r\n: x\r\n\r\n", "not \"name: value\""),
        ("HTTP/1.1 200 OK\r\n folded: x\r\n\r\n", "not \"name: value\""),
        ("HTTP/1.1 200 OK\r\nX: \u{0}\r\n\r\n", "not plain text"),
        ("HTTP/1.1 200 OK\r\nX: \u{e9}\r\n\r\n", "not plain text"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "two lengths"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "a length that is no number"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello", "a length that is no number"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n", "longer than 64 KiB"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "ends after 5 of 9 bytes"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "other than chunked"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", "other than chunked"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "a chunk is no number"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", "a chunk is no number"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", "a chunk is no number"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n", "longer than 64 KiB"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n", "not as long as it says"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", "ends within its chunks"),
    ])
    func whatIsWrongIsNamed(_ text: String, _ problem: String) {
        for step in [1, Int.max] {
            do {
                _ = try read(text, step: step)
                Issue.record("taken: \(text)")
            } catch {
                #expect(error.description.contains(problem), "\(error.description)")
            }
        }
    }

    @Test func whatNeverEndsIsCutOff() {
        let header = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "y", count: 20000)
        #expect(throws: RequestProblem("headers longer than 16 KiB")) { try read(header) }
        let many = "HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n"
        #expect(throws: RequestProblem("more than 100 headers")) { try read(many) }
        let body = "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "y", count: 70000)
        #expect(throws: RequestProblem("a body longer than 64 KiB")) { try read(body) }
        let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let small = chunks + String(repeating: "1\r\ny\r\n", count: 70000)
        #expect(throws: RequestProblem("a body longer than 64 KiB")) { try read(small, step: 16384) }
        let length = chunks + String(repeating: "0", count: 2000)
        #expect(throws: RequestProblem("the length of a chunk never ends")) { try read(length) }
    }

    /// One byte in a hundred is another: whatever comes of it, it ends.
    @Test(arguments: [plain, chunked])
    func damageNeverBreaksTheReader(_ text: String) {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var bytes = Array(text.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            var reader = ResponseReader()
            if let response = try? reader.take(bytes[...]) {
                #expect(response.body.count <= ResponseReader.longestBody)
            }
        }
    }
}
