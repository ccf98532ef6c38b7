import Model

/// `assay.comparison/1`, as `assay compare --json` writes it, or several in `assay.comparisons/1`.
enum ComparisonDocument {
    private typealias Part = (path: String, tree: JSONTree)

    private static func documents(_ exhibit: Exhibit) -> [Part] {
        guard let tree = exhibit.tree else { return [] }
        guard let all = tree["comparisons"]?.elements else { return [("", tree)] }
        return all.enumerated().map { ("comparisons[\($0.offset)].", $0.element) }
    }

    private static func pairs(_ document: Part) -> [Part] {
        (document.tree["pairs"]?.elements ?? []).enumerated().map {
            ("\(document.path)pairs[\($0.offset)]", $0.element)
        }
    }

    /// CMP01: a ratio whose two values are not beside it.
    static func lackingValues(_ exhibit: Exhibit) -> [Trace] {
        documents(exhibit).flatMap(pairs).compactMap { path, pair in
            guard pair["change"]?["ratio"]?.number != nil else { return nil }
            let isWhole = ["base", "new"].allSatisfy { pair[$0]?["value"]?.number != nil }
            let hasUnit = pair["unit"]?.text.map { !$0.isEmpty } ?? false
            if isWhole, hasUnit { return nil }
            return Trace(exhibit.place(path), "a ratio without \(isWhole ? "the unit of its values" : "both values")")
        }
    }

    /// CMP02: which run is the base, made with what, and whether both were tuned alike.
    static func baselines(_ exhibit: Exhibit) -> [Trace] {
        documents(exhibit).flatMap { document -> [Trace] in
            let base = document.tree["base"]?.elements ?? []
            var traces: [Trace] = []
            if base.isEmpty { traces.append(Trace(exhibit.place("\(document.path)base"), "no baseline is named")) }
            let runs =
                base.enumerated().map { ("\(document.path)base[\($0.offset)]", $0.element) }
                + (document.tree["new"].map { [("\(document.path)new", $0)] } ?? [])
            for (path, run) in runs {
                if isBlank(run["id"]) || isBlank(run["name"]) {
                    traces.append(Trace(exhibit.place(path), "the run has no name, or no id"))
                }
                if isBlank(run["tool"]?["version"]) || isBlank(run["tool"]?["commit"]) {
                    traces.append(Trace(exhibit.place("\(path).tool"), "the run does not tell what version made it"))
                }
            }
            return traces + tunedDifferently(document, exhibit)
        }
    }

    /// Settings differ, were not acknowledged, and a verdict is given that names no cause.
    private static func tunedDifferently(_ document: Part, _ exhibit: Exhibit) -> [Trace] {
        let settings = (document.tree["differences"]?.elements ?? []).filter { $0["subject"]?.text == "tunable" }
        guard let first = settings.first?["name"]?.text, !acknowledged(document.tree).contains("tunable") else {
            return []
        }
        return pairs(document).compactMap { path, pair in
            let isCalled = ["regressed", "improved", "slower", "faster"].contains(pair["verdict"]?.text ?? "")
            guard isCalled, pair["likelyCauses"]?.elements?.isEmpty ?? true else { return nil }
            return Trace(exhibit.place(path), "\(first) differs, and the verdict does not name it among its causes")
        }
    }

    private static let parts = [
        ("dataType", "dataType"), ("shape", "shape"), ("threads", "threads"), ("backend", "backend"),
        ("scenario", "scenario"), ("cache", "cache"),
    ]

    /// CMP03: a ratio between two cases that are not the same, where nothing says what differs.
    static func unlike(_ exhibit: Exhibit) -> [Trace] {
        documents(exhibit).flatMap { document -> [Trace] in
            let listed = (document.tree["differences"]?.elements ?? []).compactMap { $0["subject"]?.text }
            let told = Set(listed).union(acknowledged(document.tree))
            return pairs(document).compactMap { path, pair in
                guard pair["change"]?["ratio"] != nil, let base = pair["baseCase"], let new = pair["case"] else {
                    return nil
                }
                let differing = parts.first { key, subject in base[key] != new[key] && !told.contains(subject) }
                return differing.map {
                    Trace(exhibit.place("\(path).baseCase"), "\($0.0) differs between the two sides, undisclosed")
                }
            }
        }
    }

    private static func acknowledged(_ tree: JSONTree) -> Set<String> {
        Set((tree["acknowledged"]?.elements ?? []).compactMap(\.text))
    }

    private static func isBlank(_ value: JSONTree?) -> Bool {
        ["", "unknown", "none", "?"].contains((value?.text ?? "").lowercased())
    }
}
