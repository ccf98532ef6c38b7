import Yams

/// A YAML file as a tree that knows where each part stands. Bounded: suites are small and written by people, so a file
/// that is large, deep or full of references is refused rather than unfolded.
struct YAMLDocument {
    static let maximumBytes = 1 << 18
    let file: String
    let root: Node

    init(_ text: String, file: String, what: String = "suite") throws(PlanError) {
        self.file = file
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        guard text.utf8.count <= Self.maximumBytes else {
            throw PlanError(.badInput, file: file, problem: "longer than 256 KiB; a \(what) is a page or two")
        }
        if let line = Self.firstReference(in: text) {
            throw PlanError(
                .badInput, file: file, line: line,
                problem: "& and * are not accepted in a \(what) (anchors and aliases); write the value out")
        }
        do {
            guard let root = try Yams.compose(yaml: text) else {
                let needs = what == "suite" ? "; a suite needs at least `cases:`" : ""
                throw PlanError(.badInput, file: file, problem: "is empty\(needs)")
            }
            self.root = root
        } catch let error as PlanError {
            throw error
        } catch let error as YamlError {
            throw Self.translate(error, file: file, lines: Self.lines(text))
        } catch {
            throw PlanError(.badInput, file: file, problem: "\(error)")
        }
    }

    var value: YAMLValue { YAMLValue(node: root, file: file, key: "") }

    /// Line of the first character that could begin an anchor or an alias, comments aside. Not only where one could stand: a
    /// bomb unfolds as soon as anything hashes or walks the tree, and a scanner that knew YAML well enough to tell would
    /// be a parser. A suite needs neither character.
    private static func firstReference(in text: String) -> Int? {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let isComment = line.drop { $0 == " " }.first == "#"
            if !isComment, line.contains(where: { $0 == "&" || $0 == "*" }) { return number + 1 }
        }
        return nil
    }

    /// Lines there are to point to: what is missing at the end is missing in the last one.
    private static func lines(_ text: String) -> Int {
        max(text.split(separator: "\n", omittingEmptySubsequences: false).count - (text.hasSuffix("\n") ? 1 : 0), 1)
    }

    private static func translate(_ error: YamlError, file: String, lines: Int) -> PlanError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            PlanError(
                .badInput, file: file, line: min(mark.line, lines),
                problem: problem.contains("nesting") ? "is nested too deep" : "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            PlanError(
                .badInput, file: file, line: context.mark.line,
                problem: "the key \(duplicates.first ?? "") is there twice")
        default:
            PlanError(.badInput, file: file, problem: "not YAML")
        }
    }
}
