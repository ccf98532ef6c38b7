import Model

/// What a reader must know about machine and tool before any number means something.
enum ConfigurationRules {
    static let all = [missing, tunables, fingerprint, tree]

    private static let missing = Rule(
        "CFG01", .error, "a required configuration field is missing, or unknown without a reason",
        mend: "Fill the field in, or say why it is not known: “unknown: why”."
    ) { exhibit in
        switch exhibit.kind {
        case .markdown: missingRows(exhibit)
        case .json: missingRows(exhibit) + unexplained(exhibit)
        case .bundle: missingKeys(exhibit) + unexplained(exhibit)
        case .comparison: []
        }
    }

    /// Rows that a sheet must have, by the words that name them.
    private static let rows = ["processor", "operating system", "kernel", "c library", "memory", "assay"]
    private static let keys = [
        "machine.processor.model", "machine.processor.architecture", "machine.memory.kernelBytes",
        "machine.software.operatingSystem", "machine.software.kernel", "machine.software.cLibrary",
        "machine.topology", "machine.limits", "tool.version", "tool.commit", "tool.compiler",
    ]

    private static func missingRows(_ exhibit: Exhibit) -> [Trace] {
        let facts = exhibit.tables.filter { $0.section.map { (4...7).contains($0) } ?? true }
        let names = facts.flatMap { table in table.rows.compactMap { $0.cells.first.map { Words($0) } } }
        var traces = rows.filter { row in !names.contains { $0.starts(row) } }
            .map { Trace(exhibit.whole, "no row tells the \($0)") }
        for table in facts where table.isFacts || table.column("version") == 1 {
            for row in table.rows where row.cells.count > 1 && isBlank(row.cells[1]) {
                traces.append(Trace(row.place, "\(row.cells[0]) is “\(row.cells[1])” and no reason is given"))
            }
        }
        return traces
    }

    /// Said to be unknown, or not said at all.
    private static func isBlank(_ text: String) -> Bool {
        ["", "unknown", "unknown:", "?", "n/a", "na", "tbd", "todo", "-", "null"].contains(
            MarkdownText.trimmed(text.lowercased()))
    }

    private static func missingKeys(_ exhibit: Exhibit) -> [Trace] {
        keys.compactMap { key in
            var value = exhibit.tree
            for part in key.split(separator: ".") { value = value?[String(part)] }
            guard let value, !value.isNull else { return Trace(exhibit.place(key), "is missing") }
            if let text = value.text, isBlank(text), key != "tool.commit" {
                return Trace(exhibit.place(key), "is “\(text)” and no reason is given")
            }
            return nil
        }
    }

    /// `{"unknown": ""}` anywhere.
    private static func unexplained(_ exhibit: Exhibit) -> [Trace] {
        var traces: [Trace] = []
        exhibit.objects { path, object in
            if let reason = object["unknown"]?.text, isBlank(reason) {
                traces.append(Trace(exhibit.place(path), "is unknown and no reason is given"))
            }
        }
        return traces
    }

    private static let tunables = Rule(
        "CFG02", .error, "tunables are unrecorded, or changed during the run",
        mend: "Record the settings before and after; measure again with settings that stay."
    ) { exhibit in
        if exhibit.kind == .bundle {
            var traces: [Trace] = []
            if exhibit.tree?["machine"]?["tunables"]?.elements?.isEmpty ?? true {
                traces.append(Trace(exhibit.place("machine.tunables"), "no setting is recorded"))
            }
            for (index, change) in (exhibit.tree?["tunablesChanged"]?.elements ?? []).enumerated() {
                let name = change["name"]?.text ?? "a setting"
                traces.append(Trace(exhibit.place("tunablesChanged[\(index)]"), "\(name) changed during the run"))
            }
            return traces
        }
        guard exhibit.isSheet else { return [] }
        guard let section = exhibit.section("tunables", "settings") else {
            return [Trace(exhibit.whole, "no section tells the settings that move results")]
        }
        let tables = exhibit.tables.filter { $0.section == section.number && !$0.rows.isEmpty }
        let told = exhibit.passages.contains { $0.section == section.number && $0.words.hasAny("not known", "unknown") }
        if tables.isEmpty, !told { return [Trace(section.place, "no setting is recorded")] }
        return tables.flatMap { table in
            table.rows.compactMap { row in
                guard let after = table.cell(row, table.column("after")), !Words(after).has("same"), after != "–" else {
                    return nil
                }
                return Trace(row.place, "\(row.cells.first ?? "a setting") changed during the run, to \(after)")
            }
        }
    }

    private static let fingerprint = Rule(
        "CFG03", .error, "results under one machine come from different fingerprints",
        mend: "Publish one sheet for each machine and each set of libraries; compare them with assay compare."
    ) { exhibit in
        var versions: [String: (version: String, place: Place)] = [:]
        var traces: [Trace] = []
        func meet(_ library: String, _ version: String, _ place: Place) {
            guard let first = versions[library] else { return versions[library] = (version, place) }
            if first.version != version {
                traces.append(Trace(place, "\(library) \(version) here, \(first.version) at \(first.place)"))
            }
        }
        for result in exhibit.results {
            if let library = result.library, let version = result.version {
                meet(library, version, exhibit.place(result.path))
            }
        }
        for table in exhibit.tables where table.column("library") != nil && table.column("reported") != nil {
            for row in table.rows {
                let parts = (table.cell(row, table.column("library")) ?? "").split(separator: " ")
                guard parts.count > 1, let version = parts.last else { continue }
                meet(parts.dropLast().joined(separator: " "), String(version), row.place)
            }
        }
        for result in exhibit.results
        where result.warnings.contains(where: { $0.contains("different implementations") }) {
            traces.append(Trace(exhibit.place(result.path), "its processes used different implementations"))
        }
        return traces
    }

    private static let tree = Rule(
        "CFG04", .warning, "the tool was built from a modified tree, or its commit is not told",
        mend: "Measure with a build of a commit that others can get."
    ) { exhibit in
        if let tool = exhibit.tree?["tool"] {
            if tool["modified"]?.bool == true {
                return [Trace(exhibit.place("tool.modified"), "the tool was built from a modified tree")]
            }
            let commit = tool["commit"]?.text ?? ""
            return isCommit(commit) ? [] : [Trace(exhibit.place("tool.commit"), "“\(commit)” is no commit")]
        }
        guard exhibit.isSheet else { return [] }
        for table in exhibit.tables where table.section == 5 || table.section == nil {
            for row in table.rows where row.cells.first?.lowercased() == "assay" {
                let words = Words(table.text(row))
                if words.has("modified") || words.has("with changes") {
                    return [Trace(row.place, "the tool was built from a modified tree")]
                }
                return words.tokens.contains(where: isCommit) ? [] : [Trace(row.place, "no commit is told")]
            }
        }
        return []
    }

    private static func isCommit(_ text: String) -> Bool {
        (7...64).contains(text.utf8.count) && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
}
