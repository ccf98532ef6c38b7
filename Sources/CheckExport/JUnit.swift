public import Model
import Render

/// A check as JUnit's XML, which every CI service reads: a test suite a comparison, a test case a metric.
///
/// What breaks the policy is a failure; what could not be compared or decided, or is ignored, is skipped with its reason.
public enum JUnit {
    public static func render(_ report: CheckReport) -> String {
        let suites = report.comparisons.enumerated().map { suite($1, number: $0, report) }
        let expired = report.findings.filter { $0.kind == .expired }
        let tests = report.comparisons.reduce(0) { $0 + $1.pairs.count } + expired.count
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"assay check\" tests=\"\(tests)\" failures=\"\(report.findings.count)\">",
        ]
        lines += suites.flatMap { $0 }
        if !expired.isEmpty {
            lines.append("<testsuite name=\"policy\" tests=\"\(expired.count)\" failures=\"\(expired.count)\">")
            for finding in expired {
                lines.append("<testcase classname=\"policy\" name=\"\(Escape.html(finding.subject))\">")
                lines.append(failure(finding) + "</testcase>")
            }
            lines.append("</testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func suite(_ comparison: Comparison, number: Int, _ report: CheckReport) -> [String] {
        let base = comparison.base.map(\.name).joined(separator: ", ")
        let failures = report.findings.count { $0.comparison == number }
        var lines = [
            "<testsuite name=\"\(Escape.html(comparison.new.name)) against \(Escape.html(base))\" "
                + "tests=\"\(comparison.pairs.count)\" failures=\"\(failures)\">"
        ]
        if !comparison.differences.isEmpty {
            lines.append("<properties>")
            lines += comparison.differences.map { difference in
                "<property name=\"\(Escape.html(difference.name))\" "
                    + "value=\"\(Escape.html("\(difference.before) → \(difference.after)"))\"/>"
            }
            lines.append("</properties>")
        }
        lines += comparison.pairs.map { testCase($0, number, report) }
        return lines + ["</testsuite>"]
    }

    private static func testCase(_ pair: Comparison.Pair, _ number: Int, _ report: CheckReport) -> String {
        let head =
            "<testcase classname=\"\(Escape.html(pair.case.workload)).\(pair.case.backend.rawValue).\(pair.case.threads)\" "
            + "name=\"\(Escape.html(pair.metric.isEmpty ? "not measured" : pair.metric))\""
        func isMine(_ finding: CheckReport.Finding) -> Bool {
            finding.comparison == number && finding.case == pair.case.id && finding.metric == pair.metric
        }
        if let finding = report.findings.first(where: isMine) { return "\(head)>\(failure(finding))</testcase>" }
        if let entry = report.ignored.first(where: { isMine($0.finding) }) {
            return skipped(head, "ignored until \(entry.until): \(entry.reason); \(entry.finding.text)")
        }
        if pair.verdict == .inconclusive || pair.verdict == .notComparable {
            return skipped(head, "\(pair.verdict.rawValue)" + (pair.reason.map { ": \($0)" } ?? ""))
        }
        return head + "/>"
    }

    private static func skipped(_ head: String, _ message: String) -> String {
        "\(head)><skipped message=\"\(Escape.html(message))\"/></testcase>"
    }

    private static func failure(_ finding: CheckReport.Finding) -> String {
        "<failure type=\"\(finding.kind.rawValue)\" message=\"\(Escape.html(finding.text))\"/>"
    }
}
