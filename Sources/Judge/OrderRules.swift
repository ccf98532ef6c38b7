import Model
import Statistics

/// What the order of samples and of processes says against the interval that is printed.
enum OrderRules {
    /// Standard normal figure beyond which dependence is said: 1 % by chance, for all processes of a case together.
    static let dependence = 2.576
    /// Probability by chance under which a trend over the processes is said.
    static let trend = 0.02
    /// Probability of a shift within one process by chance, and that of as many processes as were seen with one.
    static let shift = 0.01

    /// - Parameter medians: of the same processes, in the same order.
    static func warnings(_ completed: [ProcessRecord], _ medians: [Double]) -> [String] {
        let figures = completed.compactMap(\.dependence)
        let dependent = completed.count(where: \.seriallyDependent)
        let count = completed.count
        guard figures.count == count, count > 0 else {
            // Records of versions that kept no figures.
            return dependent > 0 ? ["samples depend on their neighbours in \(dependent) of \(count) processes"] : []
        }
        var warnings: [String] = []
        if isDependent(figures) || isMoreThanChance(dependent, of: count) {
            warnings.append("samples depend on their neighbours (seen in \(dependent) of \(count) processes)")
        }
        let shifted = figures.count { $0.shift != nil }
        if shifted > 0, 1 - Binomial.cumulative(shifted - 1, n: count, p: shift) < shift {
            warnings.append("the level shifted while \(shifted) of \(count) processes sampled")
        }
        if let trend = drift(completed, medians) { warnings.append(trend) }
        return warnings
    }

    /// Probability by chance that one process shows dependence: two tests at 5 % each.
    static let suspect = 0.1

    /// Whether so many processes show it that chance made them in fewer than 1 of 100 cases: some to one side and some to the
    /// other cancel in what is pooled.
    private static func isMoreThanChance(_ dependent: Int, of count: Int) -> Bool {
        dependent > 0 && 1 - Binomial.cumulative(dependent - 1, n: count, p: suspect) < 0.01
    }

    /// Lag-1 and the runs test, each over all processes.
    private static func isDependent(_ figures: [Dependence]) -> Bool {
        let lags = figures.compactMap { figure in figure.lag1.map { (lag1: $0, count: figure.count) } }
        return abs(Series.pooledLag1(lags) ?? 0) >= dependence
            || abs(Series.pooled(figures.compactMap(\.runs)) ?? 0) >= dependence
    }

    /// Medians that rise or fall with the time at which their processes ran: the interval covers no one value then.
    private static func drift(_ completed: [ProcessRecord], _ medians: [Double]) -> String? {
        guard medians.count == completed.count else { return nil }
        let inOrder = zip(completed, medians).sorted { $0.0.order < $1.0.order }.map(\.1)
        guard let found = Series.trend(inOrder), found.p < trend else { return nil }
        return "the time of an iteration \(found.s > 0 ? "rises" : "falls") from process to process over the run"
    }
}
