import Datasheet
import Judge
import Model
import Record
import Render

/// Whether a datasheet in JSON follows from its bundle: its numbers from the samples, its words from the numbers.
///
/// The sheet is composed again from the bundle, and from what it says was stated when it was rendered, and compared value by
/// value. That is stricter than to look at numbers alone, and needs no second list of formulas. No section is left out but
/// the comparison with bundles that are not at hand, which is said.
struct SheetCheck {
    /// What does not hold, by path.
    var findings: [String] = []
    /// What cannot be compared, or follows from no sample because somebody stated it.
    var warnings: [String] = []
    /// Values compared.
    var compared = 0

    private let name: String
    private static let most = 20

    /// The part of a sheet that tells how to compose it again.
    private struct Head: Decodable {
        struct Metadata: Decodable { var revision: Int? }
        var metadata: Metadata?
        var stated: Stated?
    }

    /// - Throws: `RecordError` where the file is no datasheet of Assay.
    init(_ path: String, of recording: Recording, versus: VersusOption) throws {
        let bytes = try InputFile.bytes(path, atMost: 64 << 20)
        let sheet: JSONTree
        let head: Head
        do {
            sheet = try JSONTree(parsing: bytes)
            guard sheet["schema"]?.text == JSONDocument.schema else {
                throw RecordError(.badInput, path: path, problem: "has not the schema \(JSONDocument.schema)")
            }
            head = try JSON.decode(Head.self, from: bytes)
        } catch let problem as JSONProblem {
            throw RecordError(.badInput, path: path, problem: "\(problem)")
        }
        name = path.split(separator: "/").last.map(String.init) ?? path
        if let id = sheet["metadata"]?["id"]?.text, id != recording.bundle.id {
            findings.append(
                "\(name): metadata.id: is a sheet of the result \(id), the bundle is \(recording.bundle.id)")
            return
        }
        let stated = head.stated ?? Stated()
        if let problem = stated.problem {
            findings.append("\(name): stated.\(problem)")
            return
        }
        var additions = stated.additions
        additions.revision = head.metadata?.revision ?? 1
        let others = stated.versus ?? []
        additions.versus = try Self.versus(others, versus, recording)
        let isWhole = additions.versus.count == others.count
        // Where nothing else was stated, the sheet that is composed here states nothing at all.
        let isOnlyVersus = stated.words.isEmpty
        let untested = isWhole ? [] : Self.untested(sheet) + [isOnlyVersus ? "stated" : "stated.versus"]
        sheet.walk { path, value in
            let isTested = !untested.contains { path.hasPrefix($0) }
            if isTested, value.members == nil, value.elements == nil { compared += 1 }
        }
        // Who rendered it may have kept the identifiers that the bundle has, or not.
        let candidates = try [false, true].map { keeps in
            additions.includesIdentifiers = keeps
            return try Self.differences(sheet, recording, additions)
        }
        report(candidates.min { $0.count < $1.count } ?? [], untested)
        if !stated.words.isEmpty {
            warnings.append(
                "\(name): \(stated.words.joined(separator: ", ")): stated when it was rendered; what follows from it was checked, "
                    + "the statement itself follows from no sample")
        }
        if others.isEmpty, !versus.versus.isEmpty {
            warnings.append("\(name): is held against no other bundle; --versus was not needed")
        }
        if !isWhole {
            let names = others.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
            warnings.append(
                "\(name): section 13 compares with \(names) and was not checked, nor the facts of the glance and the command of section 15: "
                    + "name each with --versus, with the options it was rendered with"
            )
        }
    }

    private mutating func report(_ differences: [JSONDifference], _ untested: [String]) {
        let found = differences.filter { difference in !untested.contains { difference.path.hasPrefix($0) } }
        for one in found.prefix(Self.most) {
            let here = one.here?.summary ?? "nothing"
            findings.append("\(name): \(one.path): is \(here), the samples give \(one.there?.summary ?? "nothing")")
        }
        if found.count > Self.most {
            findings.append("\(name): \(found.count - Self.most) further values do not follow")
        }
    }

    /// The other bundles as the sheet names them, in its order; none unless all of them were given.
    private static func versus(
        _ stated: [Stated.Other], _ given: VersusOption, _ recording: Recording
    ) throws -> [Versus] {
        let names = Dictionary(stated.map { ($0.id, $0.name) }) { first, _ in first }
        let read = try given.read(against: recording, names: names)
        let found = stated.compactMap { other in read.first { $0.comparison.base.first?.id == other.id } }
        return found.count == stated.count ? found : []
    }

    /// Paths of what rests on bundles that are not here: the comparison, the verdicts in the glance, and the command that
    /// names them.
    private static func untested(_ sheet: JSONTree) -> [String] {
        (sheet["sections"]?.elements ?? []).enumerated().compactMap { index, section in
            switch section["number"]?.number {
            case 13: "sections[\(index)]."
            case 15: "sections[\(index)].blocks[0]."
            default: nil
            }
        } + ["colophon", "glance.facts"]
    }

    private static func differences(
        _ sheet: JSONTree, _ recording: Recording, _ additions: Additions
    ) throws -> [JSONDifference] {
        let text = JSONDocument.render(Datasheet.compose(recording, with: additions))
        return sheet.differences(from: try JSONTree(parsing: Array(text.utf8)))
    }
}
