import Model

/// What is not said.
enum OmissionRules {
    static let all = [planned, hidden, limits]

    private static let planned = Rule(
        "OMI01", .error, "planned cases are neither reported nor explained",
        mend: "Report each planned case, or its reason under negative results."
    ) { exhibit in
        var traces: [Trace] = []
        if let plan = exhibit.tree?["plan"] {
            let reported = Set(exhibit.results.compactMap(\.identity))
            let cases =
                (plan["cases"]?.elements ?? []).map { $0["id"] }
                + (plan["skipped"]?.elements ?? []).map { $0["case"]?["id"] }
            for (index, identity) in cases.enumerated() {
                guard let identity = identity?.text, !reported.contains(identity) else { continue }
                traces.append(
                    Trace(exhibit.place("plan.cases[\(index)]"), "case \(identity) is not among the measurements"))
            }
        }
        guard exhibit.isSheet, let stamp = Stamp(exhibit) else { return traces }
        if let table = exhibit.tables.first(where: { $0.column("identity") == 1 }), table.rows.count < stamp.asked {
            traces.append(
                Trace(
                    table.place,
                    "\(stamp.asked) cases were planned, \(table.rows.count) are listed in “\(table.caption)”"))
        }
        return traces
    }

    private static let hidden = Rule(
        "OMI02", .error, "invalid, failed or regressed rows are hidden, or the best of n is reported",
        mend: "Show every row with its status and reason, and the median of all processes."
    ) { exhibit in
        var traces = exhibit.results.compactMap { result -> Trace? in
            guard result.isLabelled, result.status != "", result.reason?.isEmpty ?? true else { return nil }
            return Trace(exhibit.place(result.path), "\(result.workload) is \(result.status) and no reason is given")
        }
        for passage in exhibit.passages where exhibit.isSheet && passage.kind != .code && !passage.isDenial {
            let tokens = passage.words.tokens.map { $0.lowercased() }
            for index in tokens.indices.dropLast(2)
            where ["best", "fastest", "highest", "max", "maximum"].contains(tokens[index]) {
                let isCount =
                    Words.number(tokens[index + 2]) != nil
                    || ["n", "three", "five", "six", "ten", "several", "many"].contains(tokens[index + 2])
                if tokens[index + 1] == "of", isCount {
                    traces.append(Trace(passage.place, "“\(tokens[index]) of \(tokens[index + 2])” is reported"))
                }
            }
        }
        return exhibit.isSheet ? traces + rows(exhibit) + VerdictRows.traces(exhibit) : traces
    }

    /// The sheet's own counts against its rows.
    private static func rows(_ exhibit: Exhibit) -> [Trace] {
        var traces: [Trace] = []
        if let stamp = Stamp(exhibit), stamp.bad > 0 {
            let negative = exhibit.tables.filter { Words($0.caption).has("cases that are not valid") }
            let count = negative.reduce(0) { $0 + $1.rows.count }
            if count < stamp.bad {
                let place = negative.first?.place ?? exhibit.section("negative")?.place ?? exhibit.whole
                traces.append(Trace(place, "\(stamp.bad) cases are not valid, \(count) are listed with their reason"))
            }
        }
        for table in exhibit.tables {
            // `All 9 measured cases of kernels`: a table that tells how many cases it has.
            let caption = Words(table.caption)
            guard caption.has("measured cases"), caption.starts("all"), let told = caption.quantities.first?.value
            else { continue }
            let same = exhibit.tables.filter { $0.caption == table.caption }
            guard same.first?.place == table.place else { continue }
            let names = Set(
                same.flatMap { table in
                    let threads = table.column("threads") ?? 0
                    return table.rows.map { table.group + $0.cells.prefix(threads + 1).joined(separator: "|") }
                })
            if Double(names.count) < told {
                traces.append(Trace(table.place, "“\(table.caption)” has \(names.count) cases"))
            }
        }
        return traces
    }

    private static let limits = Rule(
        "OMI03", .error, "no section tells limitations, or negative results",
        mend: "Keep both sections; where there is nothing to tell, say “none”."
    ) { exhibit in
        guard exhibit.isSheet else { return [] }
        var traces: [Trace] = []
        let headings = exhibit.passages.filter(\.isHeadline).map(\.words)
        let limits = headings.contains {
            $0.hasAny("limits", "limitations", "intended use", "beware of", "limits and trade-offs")
        }
        if !limits { traces.append(Trace(exhibit.whole, "no section tells the limitations")) }
        guard let negative = exhibit.section("negative results") else {
            return traces + [Trace(exhibit.whole, "no section tells the negative results")]
        }
        let isEmpty =
            !exhibit.passages.contains { $0.section == negative.number && $0.kind != .heading }
            && !exhibit.tables.contains { $0.section == negative.number }
        let finding = exhibit.passages.contains {
            $0.section == negative.number && $0.kind == .heading && $0.text != negative.title && $0.words.has("none")
        }
        if isEmpty, !finding {
            traces.append(Trace(negative.place, "the section is empty; “none” would say something"))
        }
        return traces
    }

    /// `13 of 16 cases valid; 3 are not`, as every sheet says at its top.
    struct Stamp {
        var asked: Int
        var bad: Int

        init?(_ exhibit: Exhibit) {
            for passage in exhibit.passages
            where passage.section == nil && passage.words.hasAny("cases valid", "case valid") {
                let tokens = passage.words.tokens
                guard let of = tokens.firstIndex(where: { $0 == "of" && true }), of > 0,
                    let place = tokens.indices.first(where: {
                        $0 > 0 && tokens[$0] == "of" && Words.number(tokens[$0 - 1]) != nil && $0 + 2 < tokens.count
                            && tokens[$0 + 2].hasPrefix("case")
                    }), let valid = Words.number(tokens[place - 1]), let asked = Words.number(tokens[place + 1]),
                    asked < 1e6
                else { continue }
                self.asked = Int(asked)
                bad = Int(asked) - Int(valid)
                return
            }
            return nil
        }
    }
}
