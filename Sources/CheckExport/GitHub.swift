public import Model

/// What GitHub Actions shows beside a pull request: workflow commands, one a line.
///
/// Source: docs.github.com, "Workflow commands for GitHub Actions". In the message %, CR and LF are escaped; in a property also
/// `:` and `,`, since they end it.
public enum GitHub {
    /// At most so many of each kind: GitHub shows ten of a step and drops the rest.
    static let most = 10

    public static func annotations(_ report: CheckReport) -> [String] {
        let errors = report.findings.map { command("error", title: "\($0.kind.rawValue): \($0.subject)", $0.text) }
        var warnings: [String] = []
        if report.outcome == .inconclusive || report.outcome == .notComparable {
            let open = report.comparisons.flatMap(\.pairs).filter {
                $0.verdict == .inconclusive || ($0.verdict == .notComparable && $0.base != nil)
            }
            warnings = open.map { pair in
                command(
                    "warning", title: "\(pair.verdict.rawValue): \(pair.case.workload)",
                    "\(pair.metric)" + (pair.reason.map { ": \($0)" } ?? ""))
            }
        }
        return cut(errors, "error", "findings") + cut(warnings, "warning", "metrics without a decision")
    }

    private static func cut(_ commands: [String], _ level: String, _ what: String) -> [String] {
        guard commands.count > most else { return commands }
        return commands.prefix(most - 1)
            + [command(level, title: "assay check", "\(commands.count - most + 1) more \(what): see the step summary")]
    }

    static func command(_ level: String, title: String, _ message: String) -> String {
        "::\(level) title=\(property(title))::\(data(message))"
    }

    /// Escaped, and of the rest of the control characters nothing is left.
    static func data(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: if scalar.properties.generalCategory != .control { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
