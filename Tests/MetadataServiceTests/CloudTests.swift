import Model
import TestSupport
import Testing

@testable import MetadataService

/// Each cloud's service, stood for by a server on this machine.
struct CloudTests {
    /// Long enough for the busiest machine; what answers at all answers at once.
    static let patience = 20_000

    static func ask(
        _ providers: [Provider], _ answer: @escaping CloudServers.Answer, milliseconds: Int = patience,
        includesIdentifiers: Bool = false
    ) throws -> MetadataService.Finding {
        let server = try LocalServer(answer)
        defer { server.stop() }
        return MetadataService.ask(
            providers, at: try Endpoint(server.endpoint), milliseconds: milliseconds,
            includesIdentifiers: includesIdentifiers)
    }

    static let servers: [(Provider, CloudServers.Answer)] = [
        (.amazonWebServices, CloudServers.amazon), (.googleCloud, CloudServers.google),
        (.microsoftAzure, CloudServers.azure), (.oracleCloud, CloudServers.oracle),
    ]

    private func cloud(
        _ provider: Provider, _ answer: @escaping CloudServers.Answer, includesIdentifiers: Bool = false
    ) throws -> Cloud {
        let finding = try Self.ask([provider], answer, includesIdentifiers: includesIdentifiers)
        guard case .cloud(let found, let cloud) = finding, found == provider else {
            Issue.record("\(finding)")
            return Cloud(provider: "", else: "")
        }
        return cloud
    }

    @Test func amazon() throws {
        let cloud = try cloud(.amazonWebServices, CloudServers.amazon)
        #expect(cloud.provider == "Amazon Web Services")
        #expect(cloud.instanceType == .known("c7i.4xlarge"))
        #expect(cloud.region == .known("eu-central-1"))
        #expect(cloud.zone == .known("eu-central-1a"))
        #expect(cloud.lifecycle == .known("spot"))
        #expect(cloud.image == .known("ami-0abcdef1234567890"))
        #expect(cloud.tenancy.value == nil)
        #expect(cloud.identifiers == nil)
    }

    @Test func amazonsHostsAndMetal() throws {
        let host = ["/latest/meta-data/placement/host-id": LocalServer.Reply.http(200, "h-PLANTED")]
        #expect(try cloud(.amazonWebServices, CloudServers.amazon(with: host)).tenancy == .known("dedicated host"))
        let document = LocalServer.Reply.http(200, #"{"instanceType": "m7a.metal-48xl", "region": "us-east-1"}"#)
        let metal = try cloud(
            .amazonWebServices,
            CloudServers.amazon(with: ["/latest/dynamic/instance-identity/document": document]))
        #expect(metal.tenancy == .known("bare metal"))
        #expect(metal.zone == .unknown("the metadata service does not say (availabilityZone)"))
    }

    @Test func google() throws {
        let cloud = try cloud(.googleCloud, CloudServers.google)
        #expect(cloud.instanceType == .known("n2-standard-8"))
        #expect(cloud.region == .known("us-central1"))
        #expect(cloud.zone == .known("us-central1-a"))
        #expect(cloud.lifecycle == .known("on-demand"))
        #expect(cloud.image == .known("debian-12-bookworm-v20261110"))
        #expect(cloud.cpuPlatform == .known("Intel Ice Lake"))
    }

    @Test func azure() throws {
        let cloud = try cloud(.microsoftAzure, CloudServers.azure)
        #expect(cloud.instanceType == .known("Standard_D8s_v5"))
        #expect(cloud.region == .known("westeurope"))
        #expect(cloud.zone == .known("2"))
        #expect(cloud.lifecycle == .known("spot"))
        #expect(cloud.image == .known("Canonical:ubuntu-24_04-lts:server:latest"))
        #expect(try self.cloud(.microsoftAzure, CloudServers.azure(priority: "")).lifecycle == .known("on-demand"))
        #expect(try self.cloud(.microsoftAzure, CloudServers.azure(priority: "?")).lifecycle.value == nil)
    }

    @Test func oracle() throws {
        let cloud = try cloud(.oracleCloud, CloudServers.oracle)
        #expect(cloud.instanceType == .known("VM.Standard.E4.Flex"))
        #expect(cloud.region == .known("us-phoenix-1"))
        #expect(cloud.zone == .known("phx-ad-1"))
        #expect(cloud.memoryBytes == .known(16 << 30))
        #expect(cloud.lifecycle.value == nil)
    }

    @Test(arguments: servers.indices)
    func amongAllTheRightOneIsFound(_ index: Int) throws {
        let (provider, answer) = Self.servers[index]
        guard case .cloud(let found, _) = try Self.ask(Provider.allCases, answer) else {
            Issue.record("\(provider) was not found")
            return
        }
        #expect(found == provider)
    }

    @Test(arguments: servers.indices)
    func identifiersAreOnlyForWhoAsks(_ index: Int) throws {
        let (provider, answer) = Self.servers[index]
        let silent = try String(decoding: JSON.document(cloud(provider, answer)), as: UTF8.self)
        for word in ["PLANTED", "planted-host", "10.0.0.77", "02FEEDFACADE", "identifiers"] {
            #expect(!silent.contains(word), "\(word)")
        }
        let told = try cloud(provider, answer, includesIdentifiers: true)
        #expect(told.identifiers?.instance?.contains("PLANTED") == true)
        #expect(told.identifiers?.account?.contains("PLANTED") == true)
    }

    @Test func googleIsAskedForNoMoreThanIsTold() throws {
        let server = try LocalServer(CloudServers.google)
        defer { server.stop() }
        _ = MetadataService.ask([.googleCloud], at: try Endpoint(server.endpoint), milliseconds: Self.patience)
        #expect(server.requests.count == 5)
        #expect(
            !server.requests.contains { $0.contains("recursive") || $0.contains("/id") || $0.contains("/attributes") })
    }

    @Test func amazonIsAskedWithATokenAlone() throws {
        let server = try LocalServer(CloudServers.amazon)
        defer { server.stop() }
        _ = MetadataService.ask([.amazonWebServices], at: try Endpoint(server.endpoint), milliseconds: Self.patience)
        let requests = server.requests
        #expect(requests.first?.hasPrefix("PUT /latest/api/token HTTP/1.1") == true)
        #expect(requests.count == 4)
        #expect(requests.dropFirst().allSatisfy { $0.contains("X-aws-ec2-metadata-token: AQAEA") })
    }
}
