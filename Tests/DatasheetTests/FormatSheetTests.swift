import Datasheet
import Document
import Foundation
import Model
import Render
import Statistics
import TestSupport
import Testing

/// Whole sheets in the formats that programs and presses read: sound, traceable, and unmoved by hostile data.
struct FormatSheetTests {
    private static let recordings = [Synthetic.normal(), Synthetic.hostile(), Synthetic.empty(), priced()]
    private static let documents = recordings.enumerated().map {
        Datasheet.compose($0.element, with: additions($0.offset))
    }

    private static func additions(_ index: Int) -> Additions {
        var additions = Additions()
        if index == 3 { additions.training = TrainingRun(parameters: 7e9, tokens: 140e9) }
        return additions
    }

    private static func priced() -> Recording {
        var recording = Synthetic.normal()
        recording.bundle.price = CostTests.price
        return recording
    }

    @Test(arguments: documents.indices) func jsonFollowsItsSchema(_ index: Int) throws {
        let text = JSONDocument.render(Self.documents[index])
        #expect(try SchemaValidator.named("datasheet").findings(Data(text.utf8)).prefix(5) == [])
        #expect(!text.contains("<script") && !text.contains("\u{1B}"))
    }

    /// Walks the whole of the JSON: every quantity without a formula is a metric of the bundle, to the last bit.
    @Test func everyNumberIsFoundAgainInTheBundle() throws {
        let recording = Self.recordings[3]
        let text = JSONDocument.render(Self.documents[3])
        let root = try JSONSerialization.jsonObject(with: Data(text.utf8))
        var found = 0
        var formulas: Set<String> = []
        func metric(_ source: [String: Any]) throws -> Metric {
            let measurement = try #require(
                recording.bundle.measurements.first { $0.case.id == source["case"] as? String })
            return try #require(measurement.metrics.first { $0.name == source["metric"] as? String })
        }
        func walk(_ value: Any) throws {
            if let list = value as? [Any] { for item in list { try walk(item) } }
            guard let object = value as? [String: Any] else { return }
            if let sources = object["sources"] as? [[String: Any]], let value = object["value"] as? Double {
                let metrics = try sources.map(metric)
                found += 1
                switch object["formula"] as? String {
                case nil:
                    // Foundation on Linux reads decimals with an error in the last bit.
                    #expect(abs(value / metrics[0].value - 1) < 1e-14)
                    #expect(object["unit"] as? String == metrics[0].unit)
                    let interval = object["interval"] as? [String: Any]
                    let lower = try #require(metrics[0].interval?.lower)
                    #expect(abs((interval?["lower"] as? Double ?? 0) / lower - 1) < 1e-14)
                case "share": #expect(abs(value - metrics[0].value / metrics[1].value) < 1e-12)
                case "speedUp":
                    let ratio = metrics[1].value / metrics[0].value
                    #expect(abs(value - (metrics[0].better == .higher ? ratio : 1 / ratio)) < 1e-12)
                case "efficiency":
                    let constants = try #require(object["constants"] as? [String: Double])
                    let ratio = try #require(constants["ratio"])
                    #expect(abs(value - metrics[1].value / metrics[0].value / ratio) < 1e-12)
                case "projectedTime":
                    let constants = try #require(object["constants"] as? [String: Double])
                    #expect(abs(value * metrics[0].value / (constants["amount"] ?? 0) - 1) < 1e-12)
                case "costPerWork", "projectedCost":
                    let constants = try #require(object["constants"] as? [String: Double])
                    let cost = (constants["price"] ?? 0) * (constants["amount"] ?? 0) / 3600 / metrics[0].value
                    #expect(abs(value - cost) <= cost * 1e-12)
                case let formula?: Issue.record("unknown formula \(formula)")
                }
                if let formula = object["formula"] as? String { formulas.insert(formula) }
            }
            for (_, member) in object { try walk(member) }
        }
        try walk(root)
        #expect(found > 40)
        #expect(
            formulas == ["share", "speedUp", "efficiency", "costPerWork", "projectedCost", "projectedTime"])
    }

    @Test func everyCaseIsInTheResults() throws {
        for (recording, document) in zip(Self.recordings, Self.documents) {
            let rows = document.dataset.rows
            let metrics = recording.bundle.measurements.map { max($0.metrics.count, 1) }.reduce(0, +)
            #expect(rows.count >= metrics)
            let lines = CSV.render(document).split(separator: "\r\n", omittingEmptySubsequences: true)
            #expect(lines.count == rows.count + 1)
        }
    }

    @Test(arguments: documents.indices) func noCellBeginsAFormula(_ index: Int) {
        for line in CSV.render(Self.documents[index]).split(separator: "\r\n") {
            #expect(!line.contains(",=") && !line.contains(",@") && !line.contains(",\"=") && !line.contains(",\"@"))
            #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
    }

    @Test(arguments: documents.indices) func latexActsOnlyAsWeWroteIt(_ index: Int) {
        let text = LaTeX.render(Self.documents[index])
        for command in ["\\input", "\\write", "\\openout", "\\include", "\\immediate", "\\catcode", "\\csname"] {
            #expect(!text.replacing("\\usepackage[utf8]{inputenc}", with: "").contains(command), "\(command)")
        }
        #expect(
            text.unicodeScalars.allSatisfy {
                $0 == "\n" || (0x20...0x7E).contains($0.value) || (0xC0...0xFF).contains($0.value)
            })
        // Braces that are no text balance.
        var depth = 0
        var isEscaped = false
        for character in text.unicodeScalars {
            if isEscaped { isEscaped = false; continue }
            switch character {
            case "\\": isEscaped = true
            case "{": depth += 1
            case "}": depth -= 1
            default: break
            }
            #expect(depth >= 0)
        }
        #expect(depth == 0)
    }

    @Test func allSeventeenSectionsAreInEveryFormat() {
        for document in Self.documents {
            #expect(document.sections.map(\.number) + [2] != [])
            #expect(Set(document.sections.map(\.number) + [document.glance.number]) == Set(1...17))
            #expect(document.sections.allSatisfy { !$0.blocks.isEmpty })
            let tex = LaTeX.render(document)
            for number in 1...17 { #expect(tex.contains("\\sheethead{s\(number)}")) }
        }
    }

    /// MDX runs what stands in braces and takes `<` for a component; MyST warns of what it cannot resolve.
    @Test(arguments: documents.indices) func markdownIsSafeForSites(_ index: Int) {
        let text = Markdown.render(Self.documents[index], hasFrontMatter: true)[0].content
        let body = text.dropFirst(4).drop { $0 != "-" }
        let running = String(body).withoutCode
        #expect(!running.contains("<") && !running.contains("{"))
        #expect(text.hasPrefix("---\ntitle: \""))
    }

    @Test func renderingTwiceGivesTheSameBytes() {
        for (index, document) in Self.documents.enumerated() {
            let again = Datasheet.compose(Self.recordings[index], with: Self.additions(index))
            for format in TextFormat.allCases {
                #expect(format.render(document) == format.render(again))
            }
        }
    }
}

extension String {
    /// Without fences, code spans and escaped characters.
    var withoutCode: String {
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
}
