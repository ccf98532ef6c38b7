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
            (series.name, StoppingRule.allCases.map { outcome($0, series) })
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

    public static func table(_ results: [(name: String, outcomes: [Outcome])]) -> String {
        var lines = [
            "| series | rule | seconds | samples | within ± 1 % | covered |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
        ]
        for (name, outcomes) in results {
            lines += outcomes.map { row(name, $0) }
        }
        let totals = StoppingRule.allCases.map { rule in
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
        return lines.joined(separator: "\n")
    }

    /// Time of each peer over ours: the geometric mean over the series, so that none outweighs the rest.
    private static func ratios(_ results: [(name: String, outcomes: [Outcome])]) -> [String] {
        StoppingRule.allCases.filter { $0 != .assay }.map { rule in
            var logs: [Double] = []
            for (_, outcomes) in results {
                guard let ours = outcomes.first(where: { $0.rule == .assay }),
                    let theirs = outcomes.first(where: { $0.rule == rule }), ours.seconds > 0, theirs.seconds > 0
                else { continue }
                logs.append(Order.logRatio(theirs.seconds, ours.seconds))
            }
            let ordered = logs.sorted()
            guard let least = ordered.first, let most = ordered.last, !logs.isEmpty else { return "\(rule): no series" }
            let mean = logs.reduce(0, +) / Double(logs.count)
            return
                "\(rule.rawValue) takes \(figure(power(mean))) times as long as assay (geometric mean over \(logs.count) series; "
                + "from \(figure(power(least))) to \(figure(power(most)))).  "
        }
    }

    private static func row(_ name: String, _ outcome: Outcome) -> String {
        let trials = Double(max(outcome.trials, 1))
        func percent(_ count: Int) -> String { "\(Int((Double(count) / trials * 100).rounded())) %" }
        return "| \(name) | \(outcome.rule.rawValue) | \(figure(outcome.seconds / trials)) "
            + "| \(Int((Double(outcome.samples) / trials).rounded())) | \(percent(outcome.within)) | \(percent(outcome.covered)) |"
    }

    private static func figure(_ value: Double) -> String {
        let digits = value < 0.1 ? 10_000.0 : value < 10 ? 100.0 : 10.0
        return "\((value * digits).rounded() / digits)"
    }

    private static func power(_ logarithm: Double) -> Double { exp(logarithm) }
}
