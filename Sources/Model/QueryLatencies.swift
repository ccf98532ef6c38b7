import Statistics

/// The latencies of one process's queries, as they are kept: one by one, or in buckets where there were too many.
public struct QueryLatencies: Sendable {
    /// Ascending: nanoseconds, and how many queries took no longer (cumulative).
    private let values: [Int64]
    private let upTo: [Int]

    /// From the samples of the process, or from the histogram in its record.
    public init(samples: [Sample], traffic: Traffic?) {
        if let histogram = traffic?.histogram {
            self.init(values: histogram.nanoseconds, counts: histogram.counts)
        } else {
            self.init(nanoseconds: samples.map { Int64(($0.seconds * 1e9).rounded()) })
        }
    }

    public init(nanoseconds: [Int64]) {
        self.init(values: nanoseconds.sorted(), counts: Array(repeating: 1, count: nanoseconds.count))
    }

    private init(values: [Int64], counts: [Int]) {
        self.values = values
        var total = 0
        upTo = counts.map {
            total += $0; return total
        }
    }

    public var count: Int { upTo.last ?? 0 }
    public var minimum: Double? { values.first.map { Double($0) * 1e-9 } }
    public var maximum: Double? { values.last.map { Double($0) * 1e-9 } }

    /// The latency of that rank, from 0 upwards, seconds.
    public func value(rank: Int) -> Double? {
        guard rank >= 0, rank < count else { return nil }
        var low = 0
        var high = upTo.count - 1
        while low < high {
            let middle = (low + high) / 2
            if upTo[middle] > rank { high = middle } else { low = middle + 1 }
        }
        return Double(values[low]) * 1e-9
    }

    /// sorted[⌊n·p⌋], LoadGen's definition; seconds.
    public func percentile(_ p: Double) -> Double? { value(rank: min(Int(Double(count) * p), count - 1)) }

    /// The same, only where there are enough queries for it.
    public func supported(_ p: Double) -> Double? {
        guard let needed = Order.observationsNeeded(percentile: p), count >= needed else { return nil }
        return percentile(p)
    }

    /// What early stopping lets one claim; `nil` for too few queries.
    public func earlyStoppingEstimate(_ p: Double) -> Double? {
        LoadGen.estimateRank(count: count, percentile: p).flatMap { value(rank: $0) }
    }

    /// Queries that took longer than `seconds`.
    public func over(_ seconds: Double) -> Int {
        let index = values.firstIndex { Double($0) * 1e-9 > seconds } ?? values.count
        return count - (index > 0 ? upTo[index - 1] : 0)
    }

    /// All of them in buckets.
    public var histogram: LatencyHistogram {
        let counts = zip(upTo, [0] + upTo).map { $0 - $1 }
        let isBucketed = counts.contains { $0 != 1 }
        let buckets = isBucketed ? (highest: values, counts: counts) : LatencyBuckets.of(values)
        return LatencyHistogram(digits: LatencyBuckets.digits, nanoseconds: buckets.highest, counts: buckets.counts)
    }
}

extension LatencyHistogram {
    /// All of several, bucket by bucket.
    public static func sum(_ histograms: [LatencyHistogram]) -> LatencyHistogram {
        var counts: [Int64: Int] = [:]
        for histogram in histograms {
            for (value, count) in zip(histogram.nanoseconds, histogram.counts) { counts[value, default: 0] += count }
        }
        let values = counts.keys.sorted()
        return LatencyHistogram(
            digits: histograms.first?.digits ?? LatencyBuckets.digits, nanoseconds: values,
            counts: values.map { counts[$0] ?? 0 })
    }
}
