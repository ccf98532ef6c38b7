import Document
import Model

extension Datasheet {
    /// Flaws of the processor by what the kernel does about them; those that do not concern it by name only.
    static func mitigationRows(_ mitigations: Reported<[Mitigation]>) -> [Row] {
        switch mitigations {
        case .unknown(let reason): return [Row("Mitigations", Reported<String>.unknown(reason))]
        case .known(let all):
            return groups(all).map { title, flaws in
                let texts = flaws.map { flaw in
                    let detail = detail(flaw)
                    return detail.isEmpty ? flaw.name : "\(flaw.name) (\(detail))"
                }
                return Row(title, texts.joined(separator: ", "))
            }
        }
    }

    /// The same with a line for each flaw that concerns the processor.
    static func mitigationTree(_ mitigations: Reported<[Mitigation]>) -> Document.Tree {
        var tree = Document.Tree("Vulnerabilities")
        switch mitigations {
        case .unknown(let reason): tree.detail = "unknown: \(reason)"
        case .known(let all):
            for (title, flaws) in groups(all) {
                let names = flaws.map(\.name).joined(separator: ", ")
                let lines = flaws.map { Document.Tree($0.name, detail($0)) }
                let isQuiet = flaws.allSatisfy { $0.kind == .unaffected }
                tree.children.append(Document.Tree(title, isQuiet ? names : "", children: isQuiet ? [] : lines))
            }
        }
        return tree
    }

    private static func groups(_ all: [Mitigation]) -> [(String, [Mitigation])] {
        let titles: [(String, Mitigation.Kind)] = [
            ("Vulnerable to", .vulnerable), ("Mitigated", .mitigated), ("Unclear", .unclear),
            ("Not affected by", .unaffected),
        ]
        return titles.map { title, kind in (title, all.filter { $0.kind == kind }) }.filter { !$0.1.isEmpty }
    }

    /// The kernel's sentence without the word by which it was sorted.
    private static func detail(_ flaw: Mitigation) -> String {
        guard let state = flaw.state.value else { return flaw.state.text }
        guard flaw.kind != .unclear, let mark = state.firstIndex(where: { ":;".contains($0) }) else {
            return flaw.kind == .unclear ? state : ""
        }
        return String(state[state.index(after: mark)...].drop { $0 == " " })
    }
}

extension Mitigation {
    fileprivate enum Kind { case vulnerable, mitigated, unclear, unaffected }

    fileprivate var kind: Kind {
        let state = state.value ?? ""
        if state.hasPrefix("Vulnerable") { return .vulnerable }
        if state.hasPrefix("Mitigation") { return .mitigated }
        return state.hasPrefix("Not affected") ? .unaffected : .unclear
    }
}
