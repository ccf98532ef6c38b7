import Datasheet
import Judge
import Model
import Record
import Render

/// Whether a datasheet in JSON follows from its bundle: its numbers from the samples, its words from the numbers.
///
/// The sheet is composed again from the bundle and compared value by value. That is stricter than to look at numbers alone, and
/// needs no second list of formulas.
struct SheetCheck {
    /// What does not hold, by path.
    var findings: [String] = []
    /// What cannot be compared, because it was stated when the sheet was rendered.
    var warnings: [String] = []
    /// Values compared.
    var compared = 0

    /// What a price, a statement or a vendor's figure given at rendering changes, beside the numbers that follow from the run.
    private static let stated = [
        "glance.facts", "glance.cautions", "sections[0]", "sections[6]", "sections[10]", "sections[13].blocks[0]",
        "colophon",
        "metadata.revision",
    ]
    private static let most = 20

    /// - Throws: `RecordError` where the file is no datasheet of Assay.
    init(_ path: String, of recording: Recording) throws {
        let sheet: JSONTree
        do {
            sheet = try JSONTree(parsing: try InputFile.bytes(path, atMost: 64 << 20))
        } catch let problem as JSONProblem {
            throw RecordError(.badInput, path: path, problem: "\(problem)")
        }
        guard sheet["schema"]?.text == JSONDocument.schema else {
            throw RecordError(.badInput, path: path, problem: "has not the schema \(JSONDocument.schema)")
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if let id = sheet["metadata"]?["id"]?.text, id != recording.bundle.id {
            findings.append(
                "\(name): metadata.id: is a sheet of the result \(id), the bundle is \(recording.bundle.id)")
            return
        }
        sheet.walk { _, value in if value.members == nil, value.elements == nil { compared += 1 } }
        // Who rendered it may have kept the identifiers that the bundle has, or not.
        let candidates = try [false, true].map { try Self.differences(sheet, recording, identifiers: $0) }
        let differences = candidates.min { $0.count < $1.count } ?? []
        let fixed = differences.filter { difference in !Self.stated.contains { difference.path.hasPrefix($0) } }
        for one in fixed.prefix(Self.most) {
            let here = one.here?.summary ?? "nothing"
            findings.append("\(name): \(one.path): is \(here), the samples give \(one.there?.summary ?? "nothing")")
        }
        if fixed.count > Self.most {
            findings.append("\(name): \(fixed.count - Self.most) further values do not follow")
        }
        if differences.count > fixed.count {
            warnings.append(
                "\(name): \(differences.count - fixed.count) values were stated when it was rendered (price, statement) and follow from nothing here"
            )
        }
    }

    private static func differences(
        _ sheet: JSONTree, _ recording: Recording, identifiers: Bool
    ) throws -> [JSONDifference] {
        var additions = Additions()
        additions.includesIdentifiers = identifiers
        let text = JSONDocument.render(Datasheet.compose(recording, with: additions))
        return sheet.differences(from: try JSONTree(parsing: Array(text.utf8)))
    }
}
