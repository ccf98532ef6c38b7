import Statistics

#if canImport(Glibc)
    import Glibc
#endif

/// What stopping rules make of the same recorded samples: the time they take and the interval they get for it.
public struct Cheapness: Sendable {
    /// A recorded series: seconds of each sample, in order.
    public struct Series: Sendable {
        public var name: String
        public var seconds: [Double]

        public init(name: String, seconds: [Double]) {
            self.name = name
            self.seconds = seconds
        }
    }

    /// One rule over all starting points of all series.
    public struct Outcome: Sendable {
        public var rule: StoppingRule
        public var trials = 0
        /// Whose 95 % interval of the median holds the median of the whole series, widened by a thousandth.
        public var covered = 0
        /// Whose interval is within ± 1 %.
        public var within = 0
        /// Seconds of sampling, summed.
        public var seconds = 0.0
        /// Samples, summed.
        public var samples = 0
    }

    /// Starting points in each series.
    static let starts = 20

    /// - Returns: by series, what each rule made of it.
    public static func measure(_ series: [Series]) -> [(name: String, outcomes: [Outcome])] {
        series.map { series in
            (series.name, StoppingRule.defaults.map { outcome($0, series) })
        }
    }

    /// For each peer the loosest of our targets that covers at least as often over all series, with its outcomes by series;
    /// `nil` where none of those tried does.
    public static func matched(_ series: [Series], _ results: [(name: String, outcomes: [Outcome])]) -> [(
        peer: StoppingRule, ours: StoppingRule?, outcomes: [Outcome]
    )] {
        let family = StoppingRule.stricter.map { rule in (rule, series.map { outcome(rule, $0) }) }
        return StoppingRule.defaults.dropFirst().map { peer in
            let theirs = results.flatMap(\.outcomes).filter { $0.rule == peer }.reduce(0) { $0 + $1.covered }
            let found = family.first { $0.1.reduce(0) { $0 + $1.covered } >= theirs }
            return (peer, found?.0, found?.1 ?? [])
        }
    }

    private static func outcome(_ rule: StoppingRule, _ series: Series) -> Outcome {
        var outcome = Outcome(rule: rule)
        guard let truth = Order.median(series.seconds) else { return outcome }
        for start in 0..<starts {
            // From a starting point on and around the end, so that each has all samples before it.
            let shift = series.seconds.count * start / starts
            let turned = Array(series.seconds[shift...] + series.seconds[..<shift])
            let taken = Array(turned.prefix(rule.count(turned)))
            outcome.trials += 1
            outcome.samples += taken.count
            outcome.seconds += taken.reduce(0, +)
            guard let interval = Order.medianInterval(taken, level: 0.95), let median = Order.median(taken) else {
                continue
            }
            if interval.lower <= truth * 1.001, interval.upper >= truth * 0.999 { outcome.covered += 1 }
            if interval.relativeHalfWidth(of: median) <= 0.01 { outcome.within += 1 }
        }
        return outcome
    }

    public static func table(_ series: [Series]) -> String {
        let results = measure(series)
        var lines = [
            "| series | rule | seconds | samples | within ± 1 % | covered |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
        ]
        for (name, outcomes) in results {
            lines += outcomes.map { row(name, $0) }
        }
        let totals = StoppingRule.defaults.map { rule in
            results.flatMap(\.outcomes).filter { $0.rule == rule }.reduce(into: Outcome(rule: rule)) { sum, one in
                sum.trials += one.trials
                sum.covered += one.covered
                sum.within += one.within
                sum.seconds += one.seconds
                sum.samples += one.samples
            }
        }
        lines += totals.map { row("**all**", $0) }
        lines.append("")
        lines += ratios(results)
        lines += matched(series, results).map { match in
            let theirs = results.compactMap { $0.outcomes.first { $0.rule == match.peer } }
            guard let ours = match.ours else {
                return "- At equal coverage, \(match.peer.name): no target of ours covers as often."
            }
            return "- At equal coverage (\(ours.name), \(covered(match.outcomes)) against \(covered(theirs))): "
                + ratio(match.peer, theirs, match.outcomes)
        }
        return lines.joined(separator: "\n")
    }

    /// Time of each peer over ours.
    private static func ratios(_ results: [(name: String, outcomes: [Outcome])]) -> [String] {
        let ours = results.compactMap { $0.outcomes.first { $0.rule == StoppingRule.defaults[0] } }
        return StoppingRule.defaults.dropFirst().map { rule in
            "- As they come: " + ratio(rule, results.compactMap { $0.outcomes.first { $0.rule == rule } }, ours)
        }
    }

    /// The geometric mean over the series, so that none outweighs the rest.
    private static func ratio(_ peer: StoppingRule, _ theirs: [Outcome], _ ours: [Outcome]) -> String {
        let logs = zip(theirs, ours).filter { $0.seconds > 0 && $1.seconds > 0 }
            .map { Order.logRatio($0.seconds, $1.seconds) }.sorted()
        guard let least = logs.first, let most = logs.last else { return "\(peer.name): no series" }
        let mean = logs.reduce(0, +) / Double(logs.count)
        return
            "\(peer.name) takes \(figure(power(mean))) times as long as assay (geometric mean over \(logs.count) series; "
            + "from \(figure(power(least))) to \(figure(power(most))))."
    }

    private static func covered(_ outcomes: [Outcome]) -> String {
        let trials = outcomes.reduce(0) { $0 + $1.trials }
        return "\(Int((Double(outcomes.reduce(0) { $0 + $1.covered }) / Double(max(trials, 1)) * 100).rounded())) %"
    }

    private static func row(_ name: String, _ outcome: Outcome) -> String {
        let trials = Double(max(outcome.trials, 1))
        func percent(_ count: Int) -> String { "\(Int((Double(count) / trials * 100).rounded())) %" }
        return "| \(name) | \(outcome.rule.name) | \(figure(outcome.seconds / trials)) "
            + "| \(Int((Double(outcome.samples) / trials).rounded())) | \(percent(outcome.within)) | \(percent(outcome.covered)) |"
    }

    private static func figure(_ value: Double) -> String {
        let digits = value < 0.1 ? 10_000.0 : value < 10 ? 100.0 : 10.0
        return "\((value * digits).rounded() / digits)"
    }

    private static func power(_ logarithm: Double) -> Double { exp(logarithm) }
}
