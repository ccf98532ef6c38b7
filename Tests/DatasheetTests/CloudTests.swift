import Datasheet
import Document
import Model
import Testing

/// Where the machine is rented, and what is claimed of it, as the sheet and the tree say it.
struct CloudTests {
    private static let cloud = Cloud(
        provider: "Amazon Web Services", instanceType: .known("c7i.4xlarge"), region: .known("eu-central-1"),
        zone: .unknown("no answer"), lifecycle: .unknown("no answer"), image: .known("ami-1"),
        cpuPlatform: .unknown("not told"), tenancy: .unknown("not told"), memoryBytes: .known(16 << 30),
        evidence: ["/sys/class/dmi/id/sys_vendor: Amazon EC2", "hypervisor: KVM"])

    private func words(_ section: Int, _ change: (inout Machine) -> Void) -> String {
        var recording = Synthetic.normal()
        change(&recording.bundle.machine)
        return Datasheet.compose(recording).sections.first { $0.number == section }?.words ?? ""
    }

    private func tree(_ answer: Cloud.Answer) throws -> Document.Tree {
        var machine = Synthetic.machine
        machine.cloud = answer
        return try #require(Datasheet.machineTree(machine).children.first { $0.label == "Cloud" })
    }

    @Test func whatIsKnownStandsInRows() throws {
        let sheet = words(7) { $0.cloud = .known(Self.cloud) }
        for word in ["Amazon Web Services", "c7i.4xlarge", "eu-central-1", "ami-1", "sys_vendor: Amazon EC2"] {
            #expect(sheet.contains(word), "\(word)")
        }
        let rows = try tree(.known(Self.cloud)).children
        #expect(rows.first { $0.label == "Instance type" }?.detail == "c7i.4xlarge")
        #expect(!rows.contains { $0.label == "Zone" })
    }

    /// Once for each reason, not once for each fact.
    @Test func whatIsNotKnownSaysWhyOnce() throws {
        let rows = try tree(.known(Self.cloud)).children.filter { $0.label == "Not known" }.map(\.detail)
        #expect(rows == ["zone and lifecycle: no answer", "tenancy and CPU platform: not told"])
    }

    @Test func noCloudIsAPlainAnswer() throws {
        #expect(words(7) { $0.cloud = .noCloud }.contains("None: neither the firmware nor"))
        #expect(try tree(.noCloud).detail == "none: nothing names one")
    }

    @Test func notKnownSaysWhy() throws {
        #expect(words(7) { $0.cloud = .unknown("nobody was asked") }.contains("Not known: nobody was asked."))
        #expect(try tree(.unknown("nobody was asked")).detail == "unknown: nobody was asked")
    }

    @Test func whoRunsOnCreditIsWarned() {
        let claim = Claim(
            subject: Claim.sustainedSpeed, claimed: "2 vCPUs", visible: "a share of them", evidence: "instance type")
        #expect(words(3) { $0.claims = [claim] }.contains("The speed may not last. 2 vCPUs: a share of them."))
        #expect(!words(3) { _ in }.contains("The speed may not last"))
    }

    @Test func claimsAreListedWithTheirEvidence() {
        let claim = Claim(subject: "memory", claimed: "8 GiB", visible: "1 GiB may be used", evidence: "memory.max")
        let sheet = words(4) { $0.claims = [claim] }
        for word in ["Claimed and visible differ: memory.", "8 GiB", "1 GiB may be used", "memory.max"] {
            #expect(sheet.contains(word), "\(word)")
        }
        #expect(words(4) { $0.claims = [] }.contains("None: nothing was found to differ from what is claimed."))
    }
}
