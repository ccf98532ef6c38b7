import Datasheet
import Document
import Model
import Render
import TestSupport
import Testing

/// Cards: what they hold, and that no data in them is more than text.
struct CardTests {
    private func text(_ recording: Recording, _ name: String) -> String {
        Datasheet.cards(recording).first { $0.name == name }.map { CardMarkdown.render($0).content } ?? ""
    }

    @Test func thereIsOneAKernelAndOneForTheInputs() {
        let names = Datasheet.cards(Synthetic.normal()).map(\.name)
        #expect(names == ["workload-matmul", "workload-convolution", "workload-embedding", "dataset"])
    }

    @Test func workloadCardsHaveTheSectionsOfModelCardsAndFactSheets() throws {
        let card = text(Synthetic.normal(), "workload-matmul")
        for title in [
            "Details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data",
            "Quantitative analyses",
            "Ethical considerations", "Caveats and recommendations", "Fact sheet",
        ] { #expect(card.contains("\n## \(title)\n"), "\(title)") }
        for field in ["Purpose", "Domain", "Performance", "Optimal conditions", "Poor conditions", "Provenance"] {
            #expect(card.contains("- **\(field)**:"), "\(field)")
        }
        #expect(card.contains("\nmodel-index:\n  - name: \"") && card.contains("type: \"throughput\""))
        #expect(!card.contains("verified"))
        #expect(throws: Never.self) { try Golden.check(card, "workload-matmul.md") }
    }

    @Test func datasetCardsHaveTheirSevenSectionsAndTheirGenerator() throws {
        let card = text(Synthetic.normal(), "dataset")
        for title in [
            "Motivation", "Composition", "Collection process", "Preprocessing", "Uses", "Distribution", "Maintenance",
        ] { #expect(card.contains("\n## \(title)\n"), "\(title)") }
        #expect(card.contains("no human data") && card.contains("SHA-256"))
        #expect(throws: Never.self) { try Golden.check(card, "dataset.md") }
    }

    /// SplitMix64 of seed 7, as any other implementation makes it.
    @Test func theGeneratorIsNamedByItsHash() {
        let card = text(Synthetic.normal(), "dataset")
        let other = { () -> String in
            var recording = Synthetic.normal()
            recording.bundle.plan.seed += 1
            return self.text(recording, "dataset")
        }()
        let hash = { (card: String) in card.split(separator: "\n").first { $0.contains("SHA-256") }.map(String.init) }
        #expect(hash(card) != nil && hash(card) != hash(other))
    }

    @Test(arguments: [false, true]) func cardsAreInert(_ isEmpty: Bool) {
        let recording = isEmpty ? Synthetic.empty() : Synthetic.hostile()
        for card in Datasheet.cards(recording) {
            let file = CardMarkdown.render(card)
            #expect(file.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") })
            let lines = file.content.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.filter { $0 == "---" }.count == 2)
            let body = lines.drop { $0 != "" }.joined(separator: "\n").withoutCode
            #expect(!body.contains("<") && !body.contains("{"))
            #expect(!file.content.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
        }
    }
}
