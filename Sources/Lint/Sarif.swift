/// Findings in the Static Analysis Results Interchange Format 2.1.0, which code hosts show beside the lines.
public struct Sarif: Encodable, Sendable {
    private let version = "2.1.0"
    private let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    private let runs: [Run]

    public init(_ findings: [Finding], toolVersion: String) {
        let rules = Lint.rules.map { rule in
            ReportedRule(
                id: rule.id, shortDescription: Message(text: rule.title), help: Message(text: rule.mend),
                defaultConfiguration: Level(level: rule.severity.rawValue))
        }
        let indices = Dictionary(Lint.rules.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        let results = findings.map { finding in
            let region = finding.place.line.map { Region(startLine: $0) }
            let logical = finding.place.path.map { [Logical(fullyQualifiedName: $0)] }
            return Reported(
                ruleId: finding.rule, ruleIndex: indices[finding.rule] ?? -1, level: finding.severity.rawValue,
                message: Message(text: "\(finding.problem). \(finding.mend)"),
                locations: [
                    Location(
                        physicalLocation: Physical(
                            artifactLocation: Artifact(uri: Self.address(finding.place.file)), region: region),
                        logicalLocations: logical)
                ])
        }
        runs = [Run(tool: Tool(driver: Driver(name: "Assay", version: toolVersion, rules: rules)), results: results)]
    }

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    /// A path as a relative reference: what is not allowed in one is written in percent.
    private static func address(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~/".contains(character) {
                text.append(character)
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }

    private struct Run: Encodable { var tool: Tool, results: [Reported] }
    private struct Tool: Encodable { var driver: Driver }
    private struct Driver: Encodable { var name: String, version: String, rules: [ReportedRule] }
    private struct ReportedRule: Encodable {
        var id: String
        var shortDescription: Message
        var help: Message
        var defaultConfiguration: Level
    }
    private struct Level: Encodable { var level: String }
    private struct Message: Encodable { var text: String }
    private struct Reported: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Message
        var locations: [Location]
    }
    private struct Location: Encodable { var physicalLocation: Physical, logicalLocations: [Logical]? }
    private struct Physical: Encodable { var artifactLocation: Artifact, region: Region? }
    private struct Artifact: Encodable { var uri: String }
    private struct Region: Encodable { var startLine: Int }
    private struct Logical: Encodable { var fullyQualifiedName: String }
}
