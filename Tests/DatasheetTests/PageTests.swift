import Datasheet
import Document
import Model
import Render
import TestSupport
import Testing

/// Whole pages in each format: sound, self-contained, and unmoved by hostile data.
struct PageTests {
    private static let documents = [Synthetic.normal(), Synthetic.hostile(), Synthetic.empty()].map {
        Datasheet.compose($0)
    }

    @Test(arguments: documents.indices) func htmlIsWellFormedAndStandsAlone(_ index: Int) throws {
        let document = Self.documents[index]
        let page = HTML.render(document)
        let elements = try Markup.check(page)
        let names = elements.map(\.name)
        #expect(names.count { $0 == "h1" } == 1)
        #expect(
            !names.contains("script") && !names.contains("link") && !names.contains("img") && !names.contains("iframe"))
        for element in elements {
            for (key, value) in element.attributes {
                #expect(!key.hasPrefix("on") && key != "src", "\(element.name) \(key)")
                if key == "href" { #expect(value.hasPrefix("#s")) }
            }
        }
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("url("))
        #expect(elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    }

    @Test(arguments: documents.indices) func everySectionHasItsAnchorAndALink(_ index: Int) throws {
        let document = Self.documents[index]
        let elements = try Markup.check(HTML.render(document))
        let anchors = elements.compactMap { $0.attributes["id"] }
        #expect(Set(anchors).count == anchors.count)
        let targets = Set(elements.compactMap { $0.attributes["href"] })
        for number in 1...17 {
            #expect(anchors.contains("s\(number)"))
            #expect(targets.contains("#s\(number)"))
        }
        #expect(targets.allSatisfy { anchors.contains(String($0.dropFirst())) })
    }

    @Test(arguments: documents.indices) func headsHaveScopesAndPicturesHaveWords(_ index: Int) throws {
        let document = Self.documents[index]
        let elements = try Markup.check(HTML.render(document))
        #expect(elements.filter { $0.name == "th" }.allSatisfy { $0.attributes["scope"] != nil })
        let pictures = elements.filter { $0.name == "svg" }
        #expect(pictures.allSatisfy { $0.attributes["aria-hidden"] != nil || $0.attributes["aria-labelledby"] != nil })
        #expect(elements.filter { $0.attributes["class"] == "scroll" }.allSatisfy { $0.attributes["tabindex"] == "0" })
    }

    @Test(arguments: documents.indices) func noFormatLetsControlCharactersThrough(_ index: Int) {
        let document = Self.documents[index]
        let texts = [HTML.render(document)] + Markdown.render(document).map(\.content)
        for text in texts {
            #expect(
                !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" || $0.value == 0x7F })
        }
    }

    @Test(arguments: documents.indices) func markdownIsInert(_ index: Int) throws {
        let document = Self.documents[index]
        let files = Markdown.render(document)
        let text = files[0].content
        let running = text.outsideCode.lowercased()
        #expect(!running.contains("<script"))
        #expect(!running.contains("](javascript"))
        // Tables keep their shape: as many unescaped pipes in each row as in its head.
        for block in text.components(by: "\n\n") where block.hasPrefix("| ") {
            let counts = Set(block.split(separator: "\n").map { $0.replacing("\\|", with: "").count { $0 == "|" } })
            #expect(counts.count == 1, "\(block.prefix(200))")
        }
        for chart in files.dropFirst() { try Markup.check(chart.content) }
    }

    @Test func terminalsAreNotDrivenByData() {
        let recording = Synthetic.hostile()
        let terminal = Terminal(width: 80)
        let text =
            terminal.render(Datasheet.resultsTable(recording.bundle))
            + terminal.render(Datasheet.machineTree(recording.bundle.machine))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{0}"))
    }

    @Test func renderingTwiceGivesTheSameBytes() {
        for document in Self.documents {
            #expect(HTML.render(document) == HTML.render(document))
            #expect(Markdown.render(document) == Markdown.render(document))
        }
    }
}

extension String {
    /// Markdown without its code spans, fences and escaped characters: what a reader would take for markup.
    fileprivate var outsideCode: String {
        let characters = Array(self)
        var result = ""
        var at = 0
        while at < characters.count {
            if characters[at] == "\\" {
                at += 2
            } else if characters[at] == "`" {
                let length = characters[at...].prefix { $0 == "`" }.count
                at += length
                while at < characters.count {
                    let run = characters[at...].prefix { $0 == "`" }.count
                    at += max(run, 1)
                    if run == length { break }
                }
            } else {
                result.append(characters[at])
                at += 1
            }
        }
        return result
    }

    fileprivate func components(by separator: String) -> [Substring] {
        var rest = self[...]
        var parts: [Substring] = []
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
