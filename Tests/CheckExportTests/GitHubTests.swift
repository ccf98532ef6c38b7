import CheckExport
import Model
import TestSupport
import Testing

@Suite struct GitHubTests {
    @Test func nothingFromDataEndsACommand() throws {
        let finding = CheckReport.Finding(
            kind: .regressed, subject: "a, title=b::error::c%\r\n::set-output name=x::y", case: "1", metric: "m",
            comparison: 0, text: "100% slower\n::error::stop \u{1B}[2J")
        let report = CheckReport(
            outcome: .findings, exitCode: 1, policy: nil, isConfirmed: false, findings: [finding], ignored: [],
            comparisons: [])
        let lines = GitHub.annotations(report)
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(!line.contains("\n") && !line.contains("\r") && !line.contains("\u{1B}"))
        #expect(line.hasPrefix("::error title=regressed%3A a%2C title=b%3A%3Aerror%3A%3Ac%25%0D%0A"))
        #expect(line.hasSuffix("::100%25 slower%0A::error::stop [2J"))
    }

    @Test func tenAtMost() {
        let findings = (0..<40).map {
            CheckReport.Finding(kind: .regressed, subject: "case \($0)", text: "slower")
        }
        let report = CheckReport(
            outcome: .findings, exitCode: 1, policy: nil, isConfirmed: false, findings: findings, ignored: [],
            comparisons: [])
        let lines = GitHub.annotations(report)
        #expect(lines.count == 10)
        #expect(lines.last?.contains("31 more findings") == true)
    }
}
