/// The arithmetic of MLPerf LoadGen's scenarios, so that traffic and verdicts mean the same.
///
/// Source: LoadGen's documentation, and its own answers, recorded under Tests/StatisticsTests/Fixtures. What is made
/// with it is MLPerf-style; it is no MLPerf result.
public enum LoadGen {
    /// When each query of the server scenario is due, in nanoseconds after the first: Poisson arrivals at `rate` a second,
    /// until one is due at or after `seconds`, and until there are `atLeast` of them. Empty for a rate or duration that
    /// is not a positive number; never more than `limit`.
    public static func arrivals(
        seed: UInt32, rate: Double, seconds: Double, atLeast: Int = 1, limit: Int = 50_000_000
    ) -> [Int64] {
        guard rate > 0, rate.isFinite, seconds >= 0, seconds < 1e9 else { return [] }
        var generator = MersenneTwister(seed: seed)
        let end = Int64(seconds * 1e9)
        var due: [Int64] = []
        var now: Int64 = 0
        while due.count < limit, due.last.map({ $0 < end || due.count < atLeast }) ?? true {
            due.append(now)
            // Two words make a number in [0, 1) with 53 bits; the order is the C++ standard library's.
            let low = Double(generator.next())
            let high = Double(generator.next())
            let unit = min((low + high * 4_294_967_296) / 18_446_744_073_709_551_616, 1 - 0x1p-53)
            let gap = -Double.logarithm(1 - unit) / rate
            let (next, overflow) = now.addingReportingOverflow(gap * 1e9 < 9e18 ? Int64(gap * 1e9) : .max)
            guard !overflow else { break }
            now = next
        }
        return due
    }

    /// Confidence of early stopping.
    public static let confidence = 0.99

    /// How many queries must have been under their latency bound, when `over` were not, to say with `confidence` that a share
    /// `percentile` of all queries is: the smallest h with P[Binomial(h + over, 1 − percentile) ≤ over] < 1 − confidence.
    public static func underNeeded(over: Int, percentile: Double) -> Int? {
        guard over >= 0, over < 1 << 30, percentile > 0, percentile < 1 else { return nil }
        func isEnough(_ under: Int) -> Bool {
            Binomial.cumulative(over, n: under + over, p: 1 - percentile) < 1 - confidence
        }
        var high = 1
        while !isEnough(high) {
            high *= 2
            if high > 1 << 40 { return nil }
        }
        var low = 0
        while high - low > 1 {
            let middle = (low + high) / 2
            if isEnough(middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// Queries needed in all: those under the bound and those over it.
    public static func needed(over: Int, percentile: Double) -> Int? {
        underNeeded(over: over, percentile: percentile).map { $0 + over }
    }

    /// The most queries over the bound with which `count` queries are still enough; `nil` where none may be.
    public static func overAllowed(count: Int, percentile: Double) -> Int? {
        func fits(_ over: Int) -> Bool { needed(over: over, percentile: percentile).map { $0 <= count } ?? false }
        guard count > 0, fits(0) else { return nil }
        var low = 0
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if fits(middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// The rank, from 0 upwards, of the latency that early stopping lets one claim for `percentile`: with the largest t for
    /// which there are enough, t − 1 of the longest are discarded, and the longest of the rest stands. `nil` for too few.
    public static func estimateRank(count: Int, percentile: Double) -> Int? {
        guard let over = overAllowed(count: count, percentile: percentile), over >= 1 else { return nil }
        return count - over
    }

    /// That latency, from latencies in any order.
    public static func earlyStoppingEstimate(_ latencies: [Double], percentile: Double) -> Double? {
        estimateRank(count: latencies.count, percentile: percentile).map { latencies.sorted()[$0] }
    }
}
