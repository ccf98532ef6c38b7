/// Words that promise more than numbers do.
enum WordingRules {
    static let all = [puffery, mlperf]

    private static let praise = [
        "blazing", "blazingly", "unmatched", "unrivaled", "unrivalled", "unparalleled", "unbeatable", "unprecedented",
        "industry-leading", "industry leading", "world-class", "world class", "best-in-class", "best in class",
        "market-leading", "class-leading", "cutting-edge", "cutting edge", "state-of-the-art", "revolutionary",
        "game-changing", "game-changer", "lightning-fast", "lightning fast", "ultra-fast", "superfast", "breakthrough",
        "next-level", "supercharged", "incredible", "amazing", "stunning", "the ultimate", "the fastest",
        "the world's fastest",
        "world's fastest", "most powerful", "record-breaking", "superior", "second to none",
    ]

    private static let puffery = Rule(
        "MRK01", .warning, "superlatives and puffery (an error in a headline)",
        mend: "Say the number with its interval; leave the adjective out."
    ) { exhibit in
        exhibit.passages.compactMap { passage in
            guard let word = passage.words.first(of: praise) ?? upTo(passage.words) else { return nil }
            return Trace(passage.place, "“\(word)”", severity: passage.isHeadline ? .error : .warning)
        }
    }

    /// `up to 3× faster`, `up to 210 GFLOP/s`: the best of all cases said of all. A size or a limit is none of that.
    private static func upTo(_ words: Words) -> String? {
        let tokens = words.tokens
        for index in tokens.indices.dropFirst()
        where tokens[index].lowercased() == "to" && tokens[index - 1].lowercased() == "up" {
            guard index + 1 < tokens.count, Words.number(tokens[index + 1]) != nil else { continue }
            let next = index + 2 < tokens.count ? tokens[index + 2] : ""
            let after = index + 3 < tokens.count ? tokens[index + 3] : ""
            let isRate = next.hasSuffix("/s") || after.hasSuffix("/s") || next.hasSuffix("FLOPS")
            let isRatio =
                ["×", "x", "times"].contains(next)
                || (next == "%" && ["faster", "better", "more", "higher", "less", "lower"].contains(after))
            if isRate || isRatio { return "up to" }
        }
        return nil
    }

    private static let mlperf = Rule(
        "MLP01", .error, "“MLPerf” beside numbers that are no MLPerf results, without saying so",
        mend: "Write “MLPerf-style, not an MLPerf result” beside them."
    ) { exhibit in
        guard exhibit.isSheet else { return [] }
        let named = exhibit.passages.filter { $0.kind != .code && $0.words.plain.contains(" mlperf") }
        guard let first = named.first else { return [] }
        var traces = named.compactMap { passage -> Trace? in
            let words = passage.words
            let disclaims =
                words.hasAny(
                    "mlperf-style", "mlperf style", "not an mlperf result", "not mlperf results", "no mlperf result",
                    "no mlperf results", "mlperf's names", "names are mlperf's")
                || Words(passage.context).starts("do not")
            let claims =
                !words.quantities.isEmpty || words.hasAny("mlperf result", "mlperf results", "mlperf score")
                || passage.isHeadline
            return claims && !disclaims
                ? Trace(passage.place, "“MLPerf” without “MLPerf-style, not an MLPerf result”") : nil
        }
        let said = named.contains {
            $0.words.hasAny("not an mlperf result", "not mlperf results", "no mlperf result", "no mlperf results")
        }
        if !said, traces.isEmpty {
            traces.append(Trace(first.place, "nowhere does the sheet say that these are no MLPerf results"))
        }
        return traces
    }
}
