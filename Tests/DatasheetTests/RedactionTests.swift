import Datasheet
import Document
import Model
import Render
import Testing

/// Identifiers in a bundle reach no format, unless they are asked for.
struct RedactionTests {
    private static let secrets = [
        "planted-host", "PLANTED-SERIAL", "02:fe:ed:fa:ca:de", "0f0e0d0c-0b0a-0908-0706-050403020100",
        "i-0plantedinstance",
        "123456789012", "GPU-planted-uuid", "DIMM-PLANTED", "/home/plantedname", "192.168.7.77", "198.51.100.7:8080",
    ]

    private static func recording() -> Recording {
        var recording = Synthetic.normal()
        recording.bundle.machine.identifiers = [
            Identifier(name: "hostName", value: .known("planted-host")),
            Identifier(name: "productSerial", value: .known("PLANTED-SERIAL")),
        ]
        recording.bundle.machine.cloud = .known(
            Cloud(
                provider: "A cloud", instanceType: .known("x.large"), region: .known("somewhere"),
                evidence: ["asked 198.51.100.7:8080 and 192.168.7.77"],
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
        #expect(texts.contains { $0.contains("3.2.0.1") } && texts.contains { $0.contains("0000:65:00.0") })
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
