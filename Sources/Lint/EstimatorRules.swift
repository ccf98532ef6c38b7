import Model

/// How one number was made of many.
enum EstimatorRules {
    static let all = [deviation, mean]

    private static let deviation = Rule(
        "STA03", .warning, "mean ± standard deviation without a check of normality",
        mend: "Give the median with its order-statistic interval, or the test that showed the samples to be normal."
    ) { exhibit in
        guard exhibit.isSheet else { return [] }
        return exhibit.passages.compactMap { passage in
            let words = passage.words
            let deviates =
                words.hasAny(
                    "standard deviation", "std dev", "stddev", "stdev", "± sd", "± s.d", "± std", "± σ", "± 1 σ",
                    "± 2 σ", "mean ± sd")
                || words.has("mean ±")
            guard deviates, !passage.isDenial,
                !words.hasAny(
                    "normal", "normality", "normally", "shapiro", "shapiro-wilk", "anderson-darling", "lilliefors")
            else { return nil }
            return Trace(passage.place, "a standard deviation is given, and nothing says that the samples are normal")
        }
    }

    private static let rates = [
        "speed-up", "speedup", "speed-ups", "speedups", "ratio", "ratios", "rate", "rates", "throughput", "throughputs",
        "bandwidth", "bandwidths", "flop/s", "gflop/s", "tflop/s", "gb/s", "share", "shares", "efficiency",
    ]
    private static let means = ["average", "averaged", "mean", "avg", "averages"]

    private static let mean = Rule(
        "STA04", .error, "an arithmetic mean of rates or ratios",
        mend: "Use the geometric mean of ratios over a named set of cases, the harmonic mean of rates, or the median."
    ) { exhibit in
        var traces: [Trace] = []
        for passage in exhibit.passages where exhibit.isSheet && !passage.isDenial {
            let tokens = passage.words.tokens.map { $0.lowercased() }
            for index in tokens.indices where means.contains(tokens[index]) {
                let before = index > 0 ? tokens[index - 1] : ""
                if ["geometric", "harmonic", "load", "exponential"].contains(before) { continue }
                let near = tokens[(index + 1)..<min(index + 5, tokens.count)]
                if let rate = near.first(where: rates.contains) {
                    traces.append(Trace(passage.place, "“\(tokens[index]) … \(rate)”: an average of rates or ratios"))
                    break
                }
            }
        }
        exhibit.tree?.walk { path, value in
            guard let members = value.members else { return }
            for member in members where isMeanOfRates(member.key) && member.value.number != nil {
                traces.append(Trace(exhibit.place("\(path).\(member.key)"), "an average of rates or ratios"))
            }
        }
        return traces
    }

    /// `meanSpeedup`, `averageThroughput`, `arithmeticMeanRatio`.
    private static func isMeanOfRates(_ key: String) -> Bool {
        let key = key.lowercased()
        guard key.contains("mean") || key.contains("average"), !key.contains("geometric"), !key.contains("geomean"),
            !key.contains("harmonic")
        else { return false }
        return ["ratio", "speedup", "throughput", "bandwidth", "rate"].contains { key.hasSuffix($0) }
    }
}
