public import Model

/// A check as SARIF 2.1.0 (OASIS), for code scanning services.
public struct SARIF: Encodable, Sendable {
    var version = "2.1.0"
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    struct Run: Encodable, Sendable {
        var tool: Tool
        var results: [Result]
        var columnKind = "unicodeCodePoints"
    }
    struct Tool: Encodable, Sendable { var driver: Driver }
    struct Driver: Encodable, Sendable {
        var name = "assay check"
        var version: String
        var rules: [Rule]
    }
    struct Rule: Encodable, Sendable {
        var id: String
        var shortDescription: Text
    }
    struct Text: Encodable, Sendable { var text: String }
    struct Result: Encodable, Sendable {
        var ruleId: String
        var level: String
        var message: Text
        var locations: [Location]
        var partialFingerprints: [String: String]
        var suppressions: [Suppression]?
    }
    struct Location: Encodable, Sendable {
        var physicalLocation: Physical
        var logicalLocations: [Logical]
    }
    struct Physical: Encodable, Sendable { var artifactLocation: Artifact }
    struct Artifact: Encodable, Sendable { var uri: String }
    struct Logical: Encodable, Sendable { var fullyQualifiedName: String }
    struct Suppression: Encodable, Sendable {
        var kind = "external"
        var justification: String
    }

    /// - Parameters:
    ///   - version: of Assay.
    ///   - file: of the new run, relative to the repository: what an annotation is hung on.
    public init(_ report: CheckReport, version: String, file: String) {
        let findings = report.findings.map { Self.result($0, level: "error", file: file, because: nil) }
        let ignored = report.ignored.map {
            Self.result($0.finding, level: "note", file: file, because: "until \($0.until): \($0.reason)")
        }
        runs = [Run(tool: Tool(driver: Driver(version: version, rules: Self.rules)), results: findings + ignored)]
    }

    private static let rules = [
        ("regressed", "A metric is worse than the baseline, beyond its margin and beyond noise."),
        ("improved", "A metric is better than the baseline where the policy forbids it."),
        ("equivalent", "A metric did not change where the policy forbids it."),
        ("inconclusive", "The data decides neither way where the policy asks for a decision."),
        ("not-comparable", "A metric of the baseline has nothing to be held against."),
        ("expired", "An entry of the policy’s ignore list is past its date."),
    ].map { Rule(id: $0.0, shortDescription: Text(text: $0.1)) }

    private static func result(_ finding: CheckReport.Finding, level: String, file: String, because: String?) -> Result
    {
        let kind = finding.kind.rawValue.replacing(" ", with: "-")
        let name = [finding.subject, finding.metric].compactMap { $0 }.joined(separator: " / ")
        return Result(
            ruleId: kind, level: level, message: Text(text: finding.text),
            locations: [
                Location(
                    physicalLocation: Physical(artifactLocation: Artifact(uri: uri(file))),
                    logicalLocations: [Logical(fullyQualifiedName: name)])
            ],
            partialFingerprints: ["caseAndMetric/v1": "\(finding.case ?? finding.subject)/\(finding.metric ?? "")"],
            suppressions: because.map { [Suppression(justification: $0)] })
    }

    /// A relative reference: what is not unreserved is percent-encoded.
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte -> String in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || "-._~/".unicodeScalars.contains(scalar)
            guard !isPlain else { return String(scalar) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" + digits : digits)
        }.joined()
    }
}
