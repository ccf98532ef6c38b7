import Model

/// One thing held against another.
enum ComparisonRules {
    static let all = [absolute, baseline, like, verdict]

    private static let absolute = Rule(
        "CMP01", .error, "a ratio without both absolute values",
        mend: "Put both values, with their unit, beside the ratio."
    ) { exhibit in
        if exhibit.kind == .comparison { return ComparisonDocument.lackingValues(exhibit) }
        guard exhibit.isSheet else { return [] }
        var traces = exhibit.passages.compactMap { passage -> Trace? in
            guard passage.kind != .code, passage.kind != .cell, Claim.isRatio(passage.words) else { return nil }
            let absolute = passage.words.quantities.filter { $0.unit != nil && $0.unit != "h" }
            return absolute.count >= 2 ? nil : Trace(passage.place, "a ratio without the two values it is of")
        }
        for table in exhibit.tables {
            guard let ratio = table.column("ratio", "speed-up", "speedup", "factor") else { continue }
            let values = table.heads.indices.filter { column in
                let head = Words(table.heads[column])
                guard column != ratio,
                    !head.hasAny("ratio", "threads", "n", "interval", "p", "change", "difference", "margin")
                else { return false }
                return table.rows.allSatisfy { row in
                    let cell = table.cell(row, column) ?? ""
                    return cell == "–" || !Words(cell).quantities.isEmpty
                }
            }
            if values.count < 2, !table.rows.isEmpty {
                traces.append(Trace(table.place, "a column of ratios without two columns of values"))
            }
        }
        return traces
    }

    private static let baseline = Rule(
        "CMP02", .error, "a baseline is unnamed, unversioned, or tuned differently",
        mend: "Name the result that is the baseline (its id and version), and compare only what was tuned alike."
    ) { exhibit in
        var traces: [Trace] = []
        exhibit.objects { path, object in
            guard let baseline = object["baseline"] else { return }
            let name = baseline.text ?? baseline["id"]?.text ?? baseline["name"]?.text ?? ""
            if name.isEmpty { traces.append(Trace(exhibit.place("\(path).baseline"), "the baseline has no name")) }
        }
        if exhibit.kind == .comparison { return ComparisonDocument.baselines(exhibit) }
        guard exhibit.isSheet else { return traces }
        let bases = [
            "the baseline", "a baseline", "baseline", "the previous generation", "the competition", "the competitor",
            "the leading competitor", "the previous version", "before",
        ]
        for passage in exhibit.passages where passage.kind != .code && !passage.isDenial {
            let words = passage.words
            guard
                let base = bases.first(where: {
                    words.has("than \($0)") || words.has("over \($0)") || words.has("vs \($0)")
                        || words.has("versus \($0)") || words.has("against \($0)")
                }),
                !isNamed(words.tokens)
            else { continue }
            traces.append(Trace(passage.place, "“\(base)” is not named"))
        }
        return traces + tunedDifferently(exhibit)
    }

    /// An identifier of a result, or a version, among the words.
    private static func isNamed(_ tokens: [String]) -> Bool {
        tokens.contains { token in
            let parts = token.split(separator: "-")
            if parts.count == 2, parts[0].count == 8, parts[0].allSatisfy(\.isNumber), parts[1].count >= 6 {
                return true
            }
            return token.split(separator: ".").count >= 2 && token.first?.isNumber == true
                && token.last?.isNumber == true
                && token.split(separator: ".").count >= 3
        }
    }

    /// A comparison's table of differences has settings, and its verdicts do not take notice.
    private static func tunedDifferently(_ exhibit: Exhibit) -> [Trace] {
        let section = exhibit.section("comparison")?.number
        let tables = exhibit.tables.filter { $0.section == section && section != nil }
        let judged = tables.flatMap { table in
            table.rows.compactMap { table.cell($0, table.column("verdict"))?.lowercased() }
        }
        guard judged.contains(where: { ["faster", "slower", "improved", "regressed"].contains($0) }) else { return [] }
        let told = exhibit.passages.contains {
            $0.section == section
                && $0.words.hasAny(
                    "acknowledged", "tuned differently", "differently tuned", "settings differ", "not comparable")
        }
        guard !told else { return [] }
        let settings = [
            "governor", "turbo", "transparent huge pages", "simultaneous multithreading", "mitigations", "power limit",
        ]
        return tables.filter { Words($0.caption).hasAny("differences", "differ", "differs") }.flatMap { table in
            table.rows.filter { row in settings.contains { Words(row.cells.first ?? "").has($0) } }
                .map {
                    Trace($0.place, "\($0.cells.first ?? "a setting") differs, and verdicts are given all the same")
                }
        }
    }

    private static let like = Rule(
        "CMP03", .error, "data type, sparsity, batch or device count differ, and nothing says so",
        mend: "Say what differs beside the ratio, or compare the same with the same."
    ) { exhibit in
        var traces: [Trace] = []
        exhibit.objects { path, object in
            guard let base = object["base"]?["case"] ?? object["baseCase"],
                let new = object["new"]?["case"] ?? object["newCase"]
            else { return }
            let keys = ["dataType", "threads", "shape"].filter { base[$0] != new[$0] }
            guard let key = keys.first, object["differences"]?.elements?.isEmpty ?? true,
                object["verdict"]?.text != "not comparable"
            else { return }
            traces.append(Trace(exhibit.place(path), "\(key) differs between the two sides"))
        }
        if exhibit.kind == .comparison { return ComparisonDocument.unlike(exhibit) }
        guard exhibit.isSheet else { return traces }
        let telling = ["differ", "differs", "different", "differing", "not comparable", "not the same"]
        for passage in exhibit.passages where passage.kind != .code && Claim.isRatio(passage.words) {
            guard let kind = Claim.unlike(passage.words), !passage.words.hasAny(telling) else { continue }
            traces.append(Trace(passage.place, "a ratio across \(kind), which is not pointed out"))
        }
        for table in exhibit.tables where table.column("ratio", "speed-up", "speedup") != nil {
            for row in table.rows {
                let words = Words(table.text(row))
                guard let kind = Claim.unlike(words), !words.hasAny(telling), !Words(table.notes).hasAny(telling) else {
                    continue
                }
                traces.append(Trace(row.place, "a ratio across \(kind), which is not pointed out"))
            }
        }
        return traces
    }

    private static let verdict = Rule(
        "CMP04", .error, "“faster” or “better” where the verdict is not",
        mend: "Say what the verdict says: equivalent, inconclusive, or not comparable."
    ) { exhibit in
        var traces: [Trace] = []
        let short = ["inconclusive", "equivalent", "not comparable", "notcomparable"]
        exhibit.objects { path, object in
            guard let verdict = object["verdict"]?.text?.lowercased(), short.contains(verdict) else { return }
            for key in ["summary", "sentence", "text", "note", "title"] {
                if let text = object[key]?.text, Claim.isPraise(Words(text)) {
                    traces.append(Trace(exhibit.place("\(path).\(key)"), "the verdict is \(verdict)"))
                }
            }
        }
        guard exhibit.isSheet else { return traces }
        for table in exhibit.tables {
            guard let column = table.column("verdict") else { continue }
            for row in table.rows {
                let others = row.cells.enumerated().filter { $0.offset != column }.map(\.element)
                guard let verdict = table.cell(row, column)?.lowercased(), short.contains(where: verdict.hasPrefix),
                    Claim.isPraise(Words(others.joined(separator: " ")))
                else { continue }
                traces.append(Trace(row.place, "the verdict is \(verdict)"))
            }
        }
        return traces + summaries(exhibit)
    }

    /// Sentences of a section whose verdicts hold no gain.
    private static func summaries(_ exhibit: Exhibit) -> [Trace] {
        exhibit.sections.flatMap { section -> [Trace] in
            let verdicts = exhibit.tables.filter { $0.section == section.number && $0.section != nil }.flatMap {
                table in
                table.rows.compactMap { table.cell($0, table.column("verdict"))?.lowercased() }
            }
            guard !verdicts.isEmpty, !verdicts.contains(where: { Claim.isPraise(Words($0)) }) else { return [] }
            return exhibit.passages.filter {
                $0.section == section.number && ($0.kind == .prose || $0.isHeadline) && Claim.isPraise($0.words)
                    && !$0.isDenial
            }.map { Trace($0.place, "no verdict of this section says so") }
        }
    }
}

/// What a sentence claims of two things.
enum Claim {
    private static let comparatives = [
        "faster", "slower", "higher", "lower", "better", "worse", "quicker", "cheaper", "more", "less", "speed-up",
        "speedup",
        "as", "improvement", "gain",
    ]

    /// `1.8× faster`, `23 % better`, `3x the throughput`, `a speed-up of 2.1`.
    static func isRatio(_ words: Words) -> Bool {
        let tokens = words.tokens.map { $0.lowercased() }
        for index in tokens.indices where Words.number(tokens[index]) != nil {
            let next = index + 1 < tokens.count ? tokens[index + 1] : ""
            let after = index + 2 < tokens.count ? tokens[index + 2] : ""
            if ["×", "x", "times", "%", "-fold", "fold", "percent"].contains(next), comparatives.contains(after) {
                return true
            }
            if ["×", "x", "times"].contains(next), after == "the" { return true }
        }
        return words.hasAny("speed-up of", "speedup of", "twice as fast", "twice the throughput", "half the time of")
    }

    /// Which way a metric counts is no praise: `↓ lower is better`.
    static func isPraise(_ words: Words) -> Bool {
        let isDirection = words.hasAny("lower is better", "higher is better", "less is better", "more is better")
        return words.hasAny(
            "faster", "improved", "improvement", "outperforms", "beats", "wins", "fastest", "superior")
            || words.has("better") && !isDirection
    }

    private static let types = [
        "f64", "f32", "tf32", "f16", "bf16", "fp8", "int8", "fp32", "fp16", "fp64", "int4", "fp4",
    ]

    /// What differs between the two sides that a text names: data types, batches, counts of devices, sparsity.
    static func unlike(_ words: Words) -> String? {
        let tokens = words.tokens.map { $0.lowercased() }
        if Set(tokens.filter(types.contains)).count > 1 { return "data types" }
        if Set(numbers(after: "batch", tokens)).count > 1 { return "batch sizes" }
        for unit in ["gpu", "gpus", "devices", "accelerators", "sockets"] {
            if Set(numbers(before: unit, tokens)).count > 1 { return "counts of devices" }
        }
        if words.has("sparse"), words.has("dense") { return "sparsity" }
        return nil
    }

    private static func numbers(after word: String, _ tokens: [String]) -> [Double] {
        tokens.indices.dropLast().filter { tokens[$0] == word }.compactMap { Words.number(tokens[$0 + 1]) }
    }

    private static func numbers(before word: String, _ tokens: [String]) -> [Double] {
        tokens.indices.dropFirst().filter { tokens[$0] == word || tokens[$0] + "s" == word }
            .compactMap { Words.number(tokens[$0 - 1]) }
    }
}
