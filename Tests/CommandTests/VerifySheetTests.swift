import Foundation
import Model
import TestSupport
import Testing

/// `assay verify` on a datasheet in JSON: whatever in it follows from the samples is checked, in every section.
@Suite struct VerifySheetTests {
    private let directory: TemporaryDirectory
    private let base: String
    private let own: String
    private var sheet: String { own + "/datasheet.json" }

    init() throws {
        directory = try TemporaryDirectory()
        base = try SampleBundle.write(0.11, to: directory.path + "/theirs", id: "theirs") {
            $0.machine.processor.model = .known("Another")
        }
        own = try SampleBundle.write(0.1, to: directory.path + "/mine", id: "mine")
    }

    private func read() throws -> String { try String(contentsOfFile: sheet, encoding: .utf8) }

    private func render(_ options: String...) throws {
        let command = try Command.Running(["datasheet", own, "--format", "json"] + options).wait()
        #expect(command.status == 0, "\(command.errors)")
        #expect(try SchemaValidator.named("datasheet").findings(Data(try read().utf8)).prefix(3) == [])
    }

    private static let stated = [
        "--price", "0.36", "--currency", "USD", "--billing", "on-demand", "--region", "west", "--price-date",
        "2026-11-20", "--run-by", "Lab <A>", "--revision", "3", "--training-parameters", "7e9", "--training-tokens",
        "1.4e11", "--training-name", "7B",
    ]

    /// The first of `"key": number` after `mark`, made one per cent larger.
    private func tampered(_ text: String, after mark: String, key: String = "value") throws -> String {
        let start = try #require(text.range(of: mark), "\(mark)").upperBound
        let rest = text[start...]
        let found = try #require(rest.range(of: "\"\(key)\": [0-9.e+-]+", options: .regularExpression))
        let number = try #require(Double(rest[found].split(separator: " ")[1]))
        return text.replacingCharacters(in: found, with: "\"\(key)\": \(number * 1.01)")
    }

    private func verify(_ text: String, _ options: String...) throws -> Command {
        try Data(text.utf8).write(to: URL(fileURLWithPath: sheet))
        return try Command.Running(["verify", own] + options).wait()
    }

    @Test func whatWasStatedIsComposedAgain() throws {
        let vendor = directory.path + "/vendor.yaml"
        try Data("figures:\n  - {name: Peak, value: 3, unit: TFLOP/s, source: a page}\n".utf8)
            .write(to: URL(fileURLWithPath: vendor))
        let command = try Command.Running(
            ["datasheet", own, "--format", "json", "--vendor-figures", vendor] + Self.stated
        ).wait()
        #expect(command.status == 0, "\(command.errors)")
        let text = try read()
        let whole = try verify(text)
        #expect(whole.status == 0, "\(whole.output)")
        #expect(whole.errors.contains("price, statement, vendor figures, training run: stated when it was rendered"))
        // Each number that follows from samples, whichever section it stands in; and what is stated, against what is shown.
        for (mark, key, place) in [
            ("\"glance\"", "value", "glance.headlines[0].quantity.value"),
            ("\"caption\": \"All 1 measured case", "value", "sections[8]"),
            ("\"caption\": \"Cost of work", "value", "sections[10]"),
            ("\"caption\": \"Cost of work", "lower", "sections[10]"),
            ("\"caption\": \"Cost of work", "price", "sections[10]"),
            ("\"caption\": \"A training run of", "value", "sections[10]"),
            ("\"results\"", "value", "results[0].quantity.value"),
        ] {
            let edited = try verify(try tampered(text, after: mark, key: key))
            #expect(edited.status == 1, "\(mark) \(key)")
            #expect(edited.output.contains("datasheet.json: \(place)"), "\(mark): \(edited.output)")
        }
        for (old, new, place) in [
            ("\"Lab \\u003cA\\u003e (as stated)\"", "\"Lab B (as stated)\"", "sections[0]"),
            ("\"TFLOP/s\"", "\"PFLOP/s\"", "sections[6]"),
            ("\"revision\": 3", "\"revision\": 2", "result"),
        ] {
            #expect(text.contains(old), "\(old)")
            let range = try #require(text.range(of: old, options: old.contains("TFLOP") ? .backwards : []))
            let edited = try verify(text.replacingCharacters(in: range, with: new))
            #expect(edited.status == 1 && edited.output.contains("datasheet.json: \(place)"), "\(edited.output)")
        }
        // A price that nobody could check is none.
        let dateless = try verify(text.replacing("\"date\": \"2026-11-20\"", with: "\"date\": \"lately\""))
        #expect(dateless.status == 1 && dateless.output.contains("stated.price.date"))
    }

    @Test func aComparisonIsCheckedWithTheOtherBundle() throws {
        try render("--versus", base)
        let text = try read()
        #expect(text.contains("Against theirs"))
        let alone = try verify(text)
        #expect(alone.status == 0, "\(alone.output)")
        #expect(alone.errors.contains("section 13 compares with theirs (theirs) and was not checked"))
        let both = try verify(text, "--versus", base)
        #expect(both.status == 0, "\(both.output)")
        #expect(!both.errors.contains("was not checked"))
        let edited = text.replacing("\"slower\"", with: "\"equivalent\"").replacing(
            "\"faster\"", with: "\"equivalent\"")
        #expect(edited != text)
        let caught = try verify(edited, "--versus", base)
        #expect(caught.status == 1 && caught.output.contains("sections[11]"), "\(caught.output)")
        // What does not rest on the other bundle is checked all the same.
        #expect(try verify(try tampered(text, after: "\"results\"")).status == 1)
        let json = try Command.run("verify", own, "--versus", base, "--json")
        #expect(json.status == 1)
        try FileManager.default.removeItem(atPath: sheet)
        #expect(try Command.run("verify", own, "--versus", base).status == 64)
    }

    @Test func trainingOptionsGoTogether() throws {
        for options in [
            ["--training-flop", "1e20", "--training-tokens", "1e9"], ["--training-parameters", "7e9"],
            ["--training-name", "x"], ["--training-flop", "0"], ["--training-flop", "nan"],
            ["--training-flop", "1e20", "--training-name", ""],
        ] {
            let command = try Command.Running(["datasheet", own] + options).wait()
            #expect(command.status == 64, "\(options): \(command.errors)")
        }
    }
}
