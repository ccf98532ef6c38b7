import Datasheet
import Foundation
import Lint
import Model
import Record
import Render
import Testing

/// What Assay itself writes holds to its own rules.
struct OwnSheetTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let report = top.appendingPathComponent("Reports/amd-epyc-2c").path

    private func check(markdown text: String) {
        let findings = Lint.findings(Exhibit(markdown: text, file: "sheet.md"))
        #expect(findings.map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }

    private func check(json text: String) throws {
        let findings = Lint.findings(try Exhibit(json: Array(text.utf8), file: "sheet.json"))
        #expect(findings.map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }

    /// As published, and as this version writes it.
    @Test func publishedReport() throws {
        check(markdown: try String(contentsOfFile: Self.report + "/datasheet.md", encoding: .utf8))
        try check(json: try String(contentsOfFile: Self.report + "/bundle.json", encoding: .utf8))
        let document = Datasheet.compose(try BundleFiles.read(Self.report))
        check(markdown: try #require(Markdown.render(document).first).content)
        try check(json: JSONDocument.render(document))
    }

    /// A made-up run with cases of every status, as the golden files of the datasheet show it.
    @Test func goldenSheet() throws {
        let url = Self.top.appendingPathComponent("Tests/DatasheetTests/Golden/normal.md")
        check(markdown: try String(contentsOf: url, encoding: .utf8))
    }

    /// The published run with its first cases turned into each of the other statuses.
    @Test func everyStatus() throws {
        var recording = try BundleFiles.read(Self.report)
        for (index, status) in [Status.failed, .skipped, .noisy, .unconverged].enumerated() {
            var measurement = recording.bundle.measurements[index]
            measurement.status = status
            measurement.reason = "made \(status.rawValue) for a test"
            if status == .failed || status == .skipped { measurement.metrics = [] }
            recording.bundle.measurements[index] = measurement
        }
        let document = Datasheet.compose(recording)
        check(markdown: try #require(Markdown.render(document).first).content)
        try check(json: JSONDocument.render(document))
        let bundle = String(decoding: try JSON.document(recording.bundle), as: UTF8.self)
        try check(json: bundle)
    }
}
