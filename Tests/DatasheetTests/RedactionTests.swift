import Datasheet
import Document
import Judge
import Model
import Render
import Testing

/// Identifiers in a bundle reach no format, unless they are asked for.
struct RedactionTests {
    private static let secrets = [
        "planted-host", "PLANTED-SERIAL", "02:fe:ed:fa:ca:de", "0f0e0d0c-0b0a-0908-0706-050403020100",
        "i-0plantedinstance",
        "123456789012", "GPU-planted-uuid", "DIMM-PLANTED", "/home/plantedname", "192.168.7.77", "198.51.100.7:8080",
        "10.11.12.13", "172.20.1.2", "169.254.7.8", "100.72.3.4", "fe80::1c2d:3e4f%planted0", "fe80::feed",
        "fd12:3456:789a::77", "fc00:1:2:3:4:5:6:7", "2001:db8::beef",
    ]
    private static let addresses = """
        asked 198.51.100.7:8080 and 192.168.7.77, 10.11.12.13, (172.20.1.2), 169.254.7.8; 100.72.3.4/10, \
        fe80::1c2d:3e4f%planted0 and fe80::feed: no, fd12:3456:789a::77 and fc00:1:2:3:4:5:6:7, [2001:db8::beef]:443, \
        not 169.254.169.254, 11.12.13.14, 2001:db8::1, at 12:30:45 on fd:00.0 and 0000:fd:00.0
        """

    private static func recording() -> Recording {
        var recording = Synthetic.normal()
        recording.bundle.machine.identifiers = [
            Identifier(name: "hostName", value: .known("planted-host")),
            Identifier(name: "productSerial", value: .known("PLANTED-SERIAL")),
        ]
        recording.bundle.machine.cloud = .known(
            Cloud(
                provider: "A cloud", instanceType: .known("x.large"), region: .known("somewhere"),
                evidence: [addresses],
                identifiers: Cloud.Identifiers(instance: "i-0plantedinstance", account: "123456789012")))
        var accelerator = Accelerator(kind: .other, busId: "0000:65:00.0", unknown: "hidden")
        accelerator.uuid = "GPU-planted-uuid"
        recording.bundle.machine.accelerators = [accelerator]
        // Where no field holds an identifier, but a text does.
        recording.bundle.machine.software.libraries = [
            Library(
                name: "oneDNN", version: .known("3.2.0.1"), path: .known("/home/plantedname/planted-host/libdnnl.so.3"))
        ]
        recording.bundle.measurements[0].reason = "02:fe:ed:fa:ca:de said no"
        recording.bundle.measurements[0].status = .noisy
        recording.bundle.measurements[1].case.workload = "kernel of 0f0e0d0c-0b0a-0908-0706-050403020100"
        recording.bundle.measurements[2].stopped = "DIMM-PLANTED"
        recording.bundle.machine.identifiers?.append(Identifier(name: "module", value: .known("DIMM-PLANTED")))
        return recording
    }

    private static func texts(_ additions: Additions) -> [String] {
        let document = Datasheet.compose(recording(), with: additions)
        return TextFormat.allCases.flatMap { $0.render(document).map(\.content) }
            + Datasheet.cards(recording(), with: additions).map { CardMarkdown.render($0).content }
    }

    @Test func noFormatHasThemByDefault() {
        let texts = Self.texts(Additions())
        #expect(texts.count > 8)
        for secret in Self.secrets {
            for text in texts { #expect(!text.contains(secret), "\(secret)") }
        }
        #expect(texts.contains { $0.contains("left out") })
        // Versions, bus addresses and the metadata service's own address are none.
        let kept = [
            "3.2.0.1", "0000:65:00.0", "169.254.169.254", "11.12.13.14", "2001:db8::1", "12:30:45", "fd:00.0",
            "0000:fd:00.0",
        ]
        for text in kept { #expect(texts.contains { $0.contains(text) }, "\(text)") }
    }

    /// The other machine of a comparison is nobody's business either.
    @Test func theOtherMachineOfAComparisonStaysUnnamed() {
        var other = Self.recording()
        other.bundle.id = "20261120-aaaaaa"
        other.bundle.machine.identifiers = [Identifier(name: "hostName", value: .known("planted-neighbour"))]
        other.bundle.machine.processor.model = .known("EPYC in planted-neighbour")
        var options = Judge.Options()
        options.resamples = 0
        var additions = Additions()
        additions.versus = [
            Versus(
                comparison: Judge.compare(
                    base: [RunValues(other, name: "planted-neighbour")], new: RunValues(Self.recording()),
                    options: options),
                other: other.bundle)
        ]
        for text in Self.texts(additions) { #expect(!text.contains("planted-neighbour")) }
        additions.includesIdentifiers = true
        #expect(Self.texts(additions).contains { $0.contains("planted-neighbour") })
    }

    @Test func thoseWhoAskGetThemInEveryPageFormat() {
        var additions = Additions()
        additions.includesIdentifiers = true
        let document = Datasheet.compose(Self.recording(), with: additions)
        for format in [TextFormat.md, .html, .json] {
            let text = format.render(document)[0].content
            for secret in ["planted-host", "PLANTED-SERIAL", "123456789012"] {
                #expect(text.contains(secret), "\(format)")
            }
        }
    }

    @Test func aRunWithoutIdentifiersIsUnchanged() {
        var additions = Additions()
        additions.includesIdentifiers = true
        #expect(Datasheet.compose(Synthetic.normal()) == Datasheet.compose(Synthetic.normal(), with: additions))
    }
}
