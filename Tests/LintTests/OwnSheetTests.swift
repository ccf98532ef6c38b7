import Foundation
import Lint
import Model
import Testing

/// What Assay itself writes holds to its own rules.
struct OwnSheetTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: [
        "Reports/amd-epyc-2c/bundle.json", "Reports/amd-epyc-2c/datasheet.md", "Reports/amd-epyc-2c/datasheet.json",
    ])
    func publishedReport(_ name: String) throws {
        let url = Self.top.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let data = try Data(contentsOf: url)
        let exhibit =
            name.hasSuffix(".md")
            ? Exhibit(markdown: String(decoding: data, as: UTF8.self), file: name)
            : try Exhibit(json: Array(data), file: name)
        #expect(Lint.findings(exhibit).map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }

    /// A made-up run with cases of every status, as the golden files of the datasheet show it.
    @Test(arguments: ["normal.md"]) func everyStatus(_ name: String) throws {
        let data = try Data(contentsOf: Self.top.appendingPathComponent("Tests/DatasheetTests/Golden/\(name)"))
        let exhibit = Exhibit(markdown: String(decoding: data, as: UTF8.self), file: name)
        #expect(Lint.findings(exhibit).map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }
}
