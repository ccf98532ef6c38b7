import Model
import TestSupport
import Testing

@testable import MetadataService

/// Services that are not there, do not answer, or answer nonsense. However bad, it ends in time and says what was wrong.
struct HostileTests {
    /// What a machine may take on top of the deadline; nothing here depends on it being quick.
    private static let generous = Duration.seconds(15)

    private func ask(_ providers: [Provider], _ reply: LocalServer.Reply) throws
        -> MetadataService.Finding
    {
        let start = ContinuousClock.now
        let finding = try CloudTests.ask(providers, { _ in reply }, milliseconds: 250)
        #expect(ContinuousClock.now - start < Self.generous)
        return finding
    }

    private func nonsense(_ reply: LocalServer.Reply) throws -> String {
        let finding = try CloudTests.ask([.amazonWebServices], { _ in reply })
        guard case .nonsense(let reason) = finding else {
            Issue.record("\(finding)")
            return ""
        }
        return reason
    }

    @Test(arguments: [[Provider.amazonWebServices], Provider.allCases])
    func aClosedPortIsSilence(_ providers: [Provider]) throws {
        let endpoint = try Endpoint("http://127.0.0.1:\(LocalServer.closedPort())")
        let finding = MetadataService.ask(providers, at: endpoint, milliseconds: CloudTests.patience)
        #expect(finding == .silence("\(providers[0].service.first.name): connection refused"))
    }

    @Test(arguments: [[Provider.amazonWebServices], Provider.allCases])
    func aServerThatHangsIsLeft(_ providers: [Provider]) throws {
        let first = providers[0].service.first.name
        #expect(try ask(providers, .hang) == .silence("\(first): no answer within 250 ms"))
    }

    @Test func aServerThatTricklesIsLeft() throws {
        let bytes = Array(("HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 4000)).utf8)
        let reason = "PUT /latest/api/token: no whole answer within 250 ms"
        #expect(try ask([.amazonWebServices], .trickle(bytes)) == .nonsense(reason))
    }

    @Test func oneThatHangsDoesNotHideAnother() throws {
        let finding = try CloudTests.ask(Provider.allCases) { head in
            head.contains("/opc/v2/") ? CloudServers.oracle(head) : .hang
        }
        guard case .cloud(.oracleCloud, _) = finding else {
            Issue.record("\(finding)")
            return
        }
    }

    @Test func nonsenseIsNamed() throws {
        #expect(try nonsense(.text("\u{7f}ELF garbage\r\n\r\n")).contains("not plain text"))
        #expect(try nonsense(.text("220 mail ESMTP\r\n\r\n")).contains("does not answer in HTTP"))
        #expect(try nonsense(.close).contains("closed without an answer"))
        let header = LocalServer.Reply.endless(first: Array("HTTP/1.1 200 OK\r\n".utf8), then: Array("X: y\r\n".utf8))
        #expect(try nonsense(header).contains("headers longer than 16 KiB"))
        let body = LocalServer.Reply.endless(
            first: Array("HTTP/1.1 200 OK\r\n\r\n".utf8), then: Array(repeating: 65, count: 4096))
        #expect(try nonsense(body).contains("longer than 64 KiB"))
        #expect(try nonsense(.http(200, "two words of a token")).contains("no token"))
        #expect(try nonsense(.http(200, "token\r\nX-Evil: yes")).contains("no token"))
    }

    @Test(arguments: [400, 401, 403, 404, 405, 500, 503])
    func statusesAreTold(_ status: Int) throws {
        #expect(try nonsense(.http(status, "PLANTED")) == "PUT /latest/api/token: HTTP \(status)")
    }

    @Test func aRedirectionIsNotFollowed() throws {
        let server = try LocalServer { _ in .http(302, "", headers: ["Location: /elsewhere"]) }
        defer { server.stop() }
        let finding = MetadataService.ask(
            Provider.allCases, at: try Endpoint(server.endpoint), milliseconds: CloudTests.patience)
        guard case .nonsense(let reason) = finding else {
            Issue.record("\(finding)")
            return
        }
        #expect(reason.contains("HTTP 302: a redirection, which is not followed"))
        #expect(server.requests.count == 4)
        #expect(!server.requests.contains { $0.contains("elsewhere") })
    }

    /// The first version of the service, which wants no token, stands also for other clouds that imitate it.
    @Test func withoutTokensItIsNotAmazon() throws {
        let old = CloudServers.amazon(with: ["/latest/api/token": .http(404, "")])
        #expect(try CloudTests.ask([.amazonWebServices], old) == .nonsense("PUT /latest/api/token: HTTP 404"))
    }

    @Test func aValueThatIsMissingSaysWhy() throws {
        let other = ["/latest/meta-data/instance-life-cycle": LocalServer.Reply.http(404, "")]
        let finding = try CloudTests.ask([.amazonWebServices], CloudServers.amazon(with: other))
        guard case .cloud(_, let cloud) = finding else {
            Issue.record("\(finding)")
            return
        }
        #expect(cloud.instanceType == .known("c7i.4xlarge"))
        #expect(cloud.lifecycle == .unknown("metadata service: GET /latest/meta-data/instance-life-cycle: HTTP 404"))
    }

    @Test(arguments: [
        ("PLANTED", "JSON that cannot be read"), ("[]", "JSON that cannot be read"), ("", "JSON that cannot be read"),
        (#"{"instanceType": 7}"#, "JSON that cannot be read at instanceType"),
        (String(repeating: "[", count: 60000), "JSON that cannot be read"),
        (#"{"a":"# + String(repeating: "[", count: 60000), "JSON that cannot be read"),
    ])
    func aDocumentThatIsNoneIsRefused(_ text: String, _ problem: String) throws {
        let other = ["/latest/dynamic/instance-identity/document": LocalServer.Reply.http(200, text)]
        let finding = try CloudTests.ask([.amazonWebServices], CloudServers.amazon(with: other))
        #expect(finding == .nonsense("GET /latest/dynamic/instance-identity/document: \(problem)"))
    }

    @Test func valuesThatAreNoPlainTextAreNotRepeated() throws {
        let text = #"{"instanceType": "a\u001b[31mPLANTED", "region": "\#(String(repeating: "PLANTED", count: 99))"}"#
        let other = [
            "/latest/dynamic/instance-identity/document": LocalServer.Reply.http(200, text),
            "/latest/meta-data/instance-life-cycle": .http(200, "spot\u{202e}PLANTED"),
        ]
        let finding = try CloudTests.ask([.amazonWebServices], CloudServers.amazon(with: other))
        guard case .cloud(_, let cloud) = finding else {
            Issue.record("\(finding)")
            return
        }
        #expect(cloud.instanceType == .unknown("instanceType: not one short line of plain text"))
        #expect(!"\(cloud)".contains("PLANTED"))
    }

    @Test func whoAnswersAsNobodyKnownIsNoCloud() throws {
        let finding = try CloudTests.ask(Provider.allCases) { _ in .http(200, "welcome") }
        guard case .nonsense(let reason) = finding else {
            Issue.record("\(finding)")
            return
        }
        #expect(reason.contains("no header Metadata-Flavor: Google"))
        #expect(reason.contains("no compute.vmSize in it"))
    }
}
