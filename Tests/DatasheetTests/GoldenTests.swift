import Datasheet
import Document
import Model
import Render
import TestSupport
import Testing

/// What a made-up run looks like in each format, kept as files that a person can look at.
struct GoldenTests {
    private let document = Datasheet.compose(Synthetic.normal())

    @Test func html() throws { try Golden.check(HTML.render(document), "normal.html") }

    @Test func htmlOfARunWhereEverythingFailed() throws {
        try Golden.check(HTML.render(Datasheet.compose(Synthetic.empty())), "empty.html")
    }

    @Test func markdownAndItsCharts() throws {
        for file in Markdown.render(document, name: "normal") {
            #expect(throws: Never.self) { try Golden.check(file.content, file.name) }
        }
    }

    /// One of each: LaTeX is compiled from here by `make test-latex`.
    @Test(arguments: [TextFormat.tex, .json, .csv]) func otherFormats(_ format: TextFormat) throws {
        for file in format.render(document, name: "normal") { try Golden.check(file.content, file.name) }
    }

    @Test func latexOfHostileAndEmptyRuns() throws {
        #expect(throws: Never.self) {
            try Golden.check(LaTeX.render(Datasheet.compose(Synthetic.hostile())), "hostile.tex")
        }
        #expect(throws: Never.self) {
            try Golden.check(LaTeX.render(Datasheet.compose(Synthetic.empty())), "empty.tex")
        }
    }

    @Test func terminal() throws {
        let recording = Synthetic.normal()
        let table = Datasheet.resultsTable(recording.bundle)
        let tree = Datasheet.machineTree(recording.bundle.machine)
        let text = [
            Terminal().render(table), Terminal(width: 100).render(table), Terminal(width: 100).render(tree),
        ].joined(separator: "\n")
        try Golden.check(text, "normal.txt")
    }
}
