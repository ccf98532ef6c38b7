import Foundation
import Lint
import Testing

/// Each rule by an example that holds and one that does not.
struct RuleTests {
    @Test func everyRuleHasAnExample() {
        #expect(Set(examples.map(\.rule)) == Set(Lint.rules.map(\.id)))
        #expect(Set(Lint.rules.map(\.id)).count == Lint.rules.count)
    }

    @Test(arguments: examples.indices) func passes(_ index: Int) throws {
        let example = examples[index]
        #expect(try example.findings(example.passing) == [], "\(example.rule)")
    }

    @Test(arguments: examples.indices) func fails(_ index: Int) throws {
        let example = examples[index]
        let findings = try example.findings(example.failing)
        #expect(!findings.isEmpty, "\(example.rule): \(example.failing)")
        // A place that leads there: a line of the text, or a path that is in the tree.
        for finding in findings {
            #expect(finding.place.line ?? 1 >= 1)
            #expect(example.format == .json || finding.place.line != nil)
            #expect(!finding.mend.isEmpty && !finding.problem.isEmpty)
        }
    }

    /// The table of the documentation is the list of rules.
    @Test func theDocumentationListsEveryRule() throws {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: top.appendingPathComponent("docs/LINT.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let documented = rows.map { String($0.dropFirst(3).prefix(5)) }
        #expect(documented == Lint.rules.map(\.id))
        for rule in Lint.rules { #expect(text.contains("| \(rule.title) |"), "\(rule.id): \(rule.title)") }
    }

    @Test func aSuperlativeIsWorseInAHeadline() {
        let exhibit = Exhibit(markdown: "# A blazing machine\n\nIt is blazing.\n", file: "a.md")
        let findings = Lint.findings(exhibit).filter { $0.rule == "MRK01" }
        #expect(findings.map(\.severity) == [.error, .warning])
        #expect(findings.map(\.place.line) == [1, 3])
    }
}
