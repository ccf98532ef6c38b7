import MetadataService
import Model
import SystemFiles
import TestSupport
import Testing

@testable import Probe

/// Firmware, and what the metadata service of the cloud that it names adds.
struct CloudTests {
    private func firmware(_ lines: String) throws -> Firmware {
        let tree = try CapturedTree(text: lines)
        return withExtendedLifetime(tree) { Firmware(SystemFiles(root: tree.path)) }
    }

    private static func dmi(_ values: [String: String]) -> String {
        values.map { "sys/class/dmi/id/\($0) = \($1)" }.joined(separator: "\n")
    }

    private static let real = dmi(["sys_vendor": "ASUS", "product_name": "System Product Name"])
    private static let amazon = dmi(["sys_vendor": "Amazon EC2", "product_name": "c7i.4xlarge"])

    private func answer(
        _ lines: String, hypervisor: Reported<String> = .known("KVM"),
        _ when: ProbeOptions.CloudMetadata = .whenFirmwareNamesOne, at endpoint: String, timeout: String? = patience
    ) throws -> Cloud.Answer {
        let options = ProbeOptions(cloudMetadata: when, metadataEndpoint: endpoint, metadataTimeout: timeout)
        return CloudProbe.answer(try firmware(lines), hypervisor, options)
    }

    /// Long enough for the busiest machine.
    private static let patience = "20000"

    /// What is answered, and the requests it took.
    private func answer(
        _ lines: String, hypervisor: Reported<String> = .known("KVM"),
        _ when: ProbeOptions.CloudMetadata = .whenFirmwareNamesOne, from service: @escaping CloudServers.Answer
    ) throws -> (Cloud.Answer, requests: Int) {
        let server = try LocalServer(service)
        defer { server.stop() }
        let answer = try answer(lines, hypervisor: hypervisor, when, at: server.endpoint)
        return (answer, server.requests.count)
    }

    @Test(
        arguments: [
            (["sys_vendor": "Amazon EC2", "product_name": "c7i.metal-24xl"], "Amazon Web Services"),
            (["sys_vendor": "Xen", "product_name": "HVM domU", "bios_version": "4.11.amazon"], "Amazon Web Services"),
            (["sys_vendor": "Google", "product_name": "Google Compute Engine"], "Google Cloud"),
            (["chassis_asset_tag": "OracleCloud.com", "sys_vendor": "QEMU"], "Oracle Cloud"),
            (["sys_vendor": "Alibaba Cloud", "product_name": "Alibaba Cloud ECS"], "Alibaba Cloud"),
            (["sys_vendor": "Tencent Cloud", "product_name": "CVM"], "Tencent Cloud"),
            (["sys_vendor": "Hetzner", "product_name": "vServer"], "Hetzner"),
            (["sys_vendor": "DigitalOcean", "product_name": "Droplet"], "DigitalOcean"),
            (["sys_vendor": "Scaleway"], "Scaleway"),
            (["sys_vendor": "OpenStack Foundation", "product_name": "OpenStack Nova"], "an OpenStack cloud"),
            (["sys_vendor": "Exoscale", "product_name": "Exoscale Compute Platform"], "Exoscale"),
            (["sys_vendor": "Xen", "bios_version": "4.17"], nil), (["sys_vendor": "Dell Inc."], nil),
            (["sys_vendor": "Google", "product_name": "Eve"], nil),
            (["sys_vendor": "Microsoft Corporation", "product_name": "Virtual Machine"], nil),
            (["sys_vendor": "Microsoft Corporation", "chassis_asset_tag": "OracleCloud"], nil),
        ] as [([String: String], String?)])
    func firmwareNamesAProvider(_ values: [String: String], _ provider: String?) throws {
        #expect(try firmware(Self.dmi(values)).cloud?.provider == provider)
    }

    @Test(arguments: [
        ("aws-burstable", "Amazon Web Services"), ("google-rome", "Google Cloud"), ("azure-milan", "Microsoft Azure"),
        ("oracle-generic", "Oracle Cloud"),
    ])
    func capturedCloudsAreKnownByTheirFirmwareAlone(_ name: String, _ provider: String) throws {
        let server = try LocalServer { _ in .http(200, "PLANTED") }
        defer { server.stop() }
        let tree = try Fixtures.tree(name)
        let machine = try Probe.machine(
            ProbeOptions(sysroot: tree.path, cloudMetadata: .always, metadataEndpoint: server.endpoint))
        #expect(machine.cloud.value?.provider == provider)
        #expect(machine.cloud.value?.region == .unknown("not known from captured files"))
        #expect(machine.cloud.value?.evidence.first?.hasPrefix("/sys/class/dmi/id/") == true)
        #expect(server.requests.isEmpty)
    }

    @Test func aRealMachineIsNoCloudAndIsNotAsked() throws {
        let (answer, requests) = try answer(Self.real, hypervisor: .known("none"), from: CloudServers.amazon)
        #expect(answer == .noCloud)
        #expect(requests == 0)
    }

    @Test func aGuestWhoseFirmwareNamesNoneIsNotAsked() throws {
        let (answer, requests) = try answer(Self.real, from: CloudServers.amazon)
        #expect(
            answer.reason
                == "the firmware names no cloud, so no metadata service was asked; --cloud-metadata asks them")
        #expect(requests == 0)
        #expect(try self.answer("", from: CloudServers.amazon).0.reason?.contains("sys_vendor: No such file") == true)
    }

    @Test func theNamedCloudIsAskedAndNoOther() throws {
        let (answer, requests) = try answer(Self.amazon, from: CloudServers.amazon)
        let cloud = try #require(answer.value)
        #expect(cloud.region == .known("eu-central-1"))
        #expect(
            cloud.evidence == [
                "/sys/class/dmi/id/sys_vendor: Amazon EC2",
                "metadata service: IMDSv2 token and instance identity document", "hypervisor: KVM",
            ])
        #expect(requests == 4)
    }

    @Test func noneIsAskedWhoseServiceIsNotKnown() throws {
        let (answer, requests) = try answer(Self.dmi(["sys_vendor": "Hetzner"]), from: CloudServers.amazon)
        #expect(answer.value?.provider == "Hetzner")
        #expect(answer.value?.region == .unknown("its metadata service is not among those that Assay knows"))
        #expect(requests == 0)
    }

    @Test func noneIsAskedWhereThatIsNotWanted() throws {
        for lines in [Self.real, Self.amazon] {
            let (answer, requests) = try answer(lines, .never, from: CloudServers.amazon)
            #expect(requests == 0)
            #expect(answer.value?.provider == (lines == Self.amazon ? "Amazon Web Services" : nil))
            #expect(answer != .noCloud)
        }
        #expect(
            try answer(Self.amazon, .never, from: CloudServers.amazon).0.value?.instanceType == .known("c7i.4xlarge"))
    }

    @Test func allAreAskedWhereThatIsWanted() throws {
        let (answer, requests) = try answer(Self.real, .always, from: CloudServers.oracle)
        #expect(answer.value?.provider == "Oracle Cloud")
        #expect(answer.value?.evidence.first == "metadata service: Oracle instance metadata, version 2")
        #expect(requests >= 1)
    }

    @Test func whereNobodyAnswersThereIsNoCloud() throws {
        let closed = "http://127.0.0.1:\(try LocalServer.closedPort())"
        #expect(try answer(Self.real, .always, at: closed) == .noCloud)
        #expect(try answer("", hypervisor: .unknown("?"), .always, at: closed) == .noCloud)
        let server = try LocalServer { _ in .hang }
        defer { server.stop() }
        #expect(try answer(Self.real, .always, at: server.endpoint, timeout: nil) == .noCloud)
    }

    @Test func whoAnswersNonsenseIsNotTakenForNobody() throws {
        let (answer, _) = try answer(Self.real, .always) { _ in .http(404, "PLANTED") }
        #expect(answer.reason?.hasPrefix("no known metadata service answers: ") == true)
        #expect(answer.reason?.contains("PLANTED") == false)
    }

    @Test func aCloudWhoseServiceIsSilentIsStillTold() throws {
        let closed = "http://127.0.0.1:\(try LocalServer.closedPort())"
        let cloud = try #require(try answer(Self.amazon, at: closed).value)
        #expect(cloud.instanceType == .known("c7i.4xlarge"))
        #expect(cloud.region.reason?.contains("PUT /latest/api/token: connection refused") == true)
        #expect(cloud.region.reason?.contains("HttpPutResponseHopLimit") == true)
    }

    @Test func anEndpointThatIsNoneIsTold() throws {
        let real = try answer(Self.real, .always, at: "https://metadata.google.internal")
        #expect(real.reason?.contains("http://ADDRESS:PORT is needed") == true)
        let amazon = try answer(Self.amazon, at: "nonsense")
        #expect(amazon.value?.instanceType == .known("c7i.4xlarge"))
        #expect(amazon.value?.region.reason?.contains("http://ADDRESS:PORT is needed") == true)
        #expect(try answer(Self.real, at: "nonsense").reason?.contains("ADDRESS") == false)
    }

    @Test func theAnswerReadsBack() throws {
        let cloud = Cloud.Answer.known(try #require(try answer(Self.amazon, from: CloudServers.amazon).0.value))
        for answer in [cloud, .noCloud, .unknown("why")] {
            #expect(try JSON.decode(Cloud.Answer.self, from: JSON.line(answer)) == answer)
        }
        #expect(String(decoding: try JSON.line(Cloud.Answer.noCloud), as: UTF8.self) == "\"none\"\n")
        #expect(throws: JSONProblem.self) { try JSON.decode(Cloud.Answer.self, from: Array(#""some""#.utf8)) }
        let old = #"{"provider": "X", "instanceType": "y", "region": {"unknown": "not asked"}}"#
        let read = try JSON.decode(Cloud.Answer.self, from: Array(old.utf8))
        #expect(read.value?.zone == .unknown(Cloud.unrecorded))
    }
}
