import Testing

@testable import MetadataService

/// Where a metadata service may be looked for.
struct EndpointTests {
    @Test func theDefaultIsLinkLocal() {
        #expect(Endpoint.linkLocal.address == .v4([169, 254, 169, 254]))
        #expect(Endpoint.linkLocal.port == 80)
    }

    @Test func addressesAreRead() throws {
        let plain = try Endpoint("http://127.0.0.1:8080")
        #expect(plain.address == .v4([127, 0, 0, 1]))
        #expect(plain.port == 8080)
        #expect(plain.authority == "127.0.0.1:8080")
        #expect(try Endpoint("http://localhost/").address == .v4([127, 0, 0, 1]))
        #expect(try Endpoint("http://10.1.2.3").port == 80)
        let six = try Endpoint("http://[fd00:ec2::254]:81")
        #expect(six.address == .v6([0xfd, 0, 0x0e, 0xc2] + Array(repeating: 0, count: 10) + [0x02, 0x54]))
        #expect(six.port == 81)
    }

    @Test(arguments: [
        "", "127.0.0.1", "https://127.0.0.1", "HTTP//127.0.0.1", "ftp://127.0.0.1", "http://",
        "http://metadata.google.internal",
        "http://example.org:80", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:+80",
        "http://127.0.0.1:",
        "http://127.0.0.1:80/path", "http://user@127.0.0.1", "http://127.0.0.1:80:80", "http://[::1", "http://[::1]x",
        "http://127.1", "http://127.0.0.1\r\nX: y", "http://0x7f.0.0.1", "http://127.0.0.1:8 0",
        "http://" + String(repeating: "1", count: 300),
    ])
    func otherTextsAreRefused(_ text: String) {
        #expect(throws: EndpointProblem.self) { try Endpoint(text) }
    }

    @Test func theRefusalSaysWhatIsNeeded() {
        do {
            _ = try Endpoint("https://127.0.0.1")
            Issue.record("taken")
        } catch {
            #expect(error.description.contains("http://ADDRESS:PORT is needed"))
        }
    }
}
