import ArgumentParser
import Plan
import Render

/// What `--format` knows: every text there is, and paper.
enum Format: String, CaseIterable {
    case md, html, tex, json, csv, pdf

    /// Written where nobody says which.
    static let usual: [Format] = [.md, .html]

    /// `nil` for what is not text.
    var text: TextFormat? { TextFormat(rawValue: rawValue) }

    /// The formats of `md,html`; each once, in the order given.
    static func list(_ names: String) throws -> [Format] {
        var formats: [Format] = []
        for name in names.split(separator: ",", omittingEmptySubsequences: false) {
            guard let format = Format(rawValue: String(name)) else {
                let hint = Nearest.hint(for: String(name), among: allCases.map(\.rawValue))
                throw ValidationError("--format \(name): unknown format\(hint)")
            }
            if !formats.contains(format) { formats.append(format) }
        }
        return formats
    }
}
