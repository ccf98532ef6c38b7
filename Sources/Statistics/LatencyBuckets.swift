import Histogram

/// Latencies in buckets whose width is a fixed share of their value: Gil Tene's HdrHistogram. Never used while anything is
/// timed.
///
/// Source: Tene, HdrHistogram (hdrhistogram.org); the layout of the buckets is that of its implementation in Swift.
public enum LatencyBuckets {
    /// Significant decimal digits: buckets are at most 0.1 % wide.
    public static let digits = 3

    /// The buckets that are not empty: the highest value of each, ascending, and how many values it holds. Negative values
    /// count as 0.
    public static func of(_ nanoseconds: some Swift.Sequence<Int64>) -> (highest: [Int64], counts: [Int]) {
        var histogram = Histogram<UInt64>(
            highestTrackableValue: 3_600_000_000_000, numberOfSignificantValueDigits: .three)
        // A latency above an hour makes it grow instead of being lost.
        histogram.autoResize = true
        for value in nanoseconds { histogram.record(UInt64(clamping: max(value, 0))) }
        var highest: [Int64] = []
        var counts: [Int] = []
        for bucket in histogram.recordedValues() {
            highest.append(Int64(clamping: histogram.highestEquivalentForValue(bucket.value)))
            counts.append(Int(bucket.count))
        }
        return (highest, counts)
    }
}
