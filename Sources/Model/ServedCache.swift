public import Statistics

/// A cache of which a latency sweep finds much less, or much more, than the machine reports: a hypervisor shows its guest what it
/// likes, and neighbours take their part of what is shared.
///
/// The rule, for each level whose caches all report one size S. The level's own latency I is that of the smallest working set of the
/// sweep that the level inside it cannot hold even half of; the latency O outside is that of the smallest of at least 4 S that
/// the next level holds half of, of the last level that of the largest working set of all. Only where O is at least twice I,
/// whatever the intervals allow, there is a step to look for. A working set is served by the level where its whole interval lies
/// below √(I·O), and is not where it lies above. All that are served must be smaller than all that are not, and between the
/// largest served and the smallest unserved may lie a factor of four at most. Then
/// - *less* is served where a working set of S/2 or less is not: nothing but half of a cache of that size would be missing it;
/// - *more* is served where one of 2 S is: with the lines of a cycle replaced in any usual way at least half of its loads would
///   miss.
///
/// Anything else says nothing: sweeps with too few points, points that are not valid, steps smeared by neighbours, caches of more
/// than one size in a level (which of them the thread had is not recorded).
public struct ServedCache: Sendable, Equatable {
    /// One working set of the sweep, read by one thread in a random cycle.
    public struct Point: Sendable, Equatable {
        /// Bytes.
        public var bytes: Double
        /// Seconds a load.
        public var latency: Double
        public var interval: Interval

        public init(bytes: Double, latency: Double, interval: Interval) {
            self.bytes = bytes
            self.latency = latency
            self.interval = interval
        }
    }

    /// As reported.
    public var cache: Cache
    /// The largest working set that it serves, and the smallest that it does not.
    public var served: Point
    public var unserved: Point
    /// Whether the sweep finds more than is reported, not less.
    public var isLarger: Bool

    /// Every level that the sweep contradicts, the innermost first.
    public static func contradictions(_ caches: [Cache], _ sweep: [Point]) -> [ServedCache] {
        let points = sweep.filter {
            $0.bytes > 0 && $0.latency > 0 && $0.interval.lower > 0 && $0.bytes.isFinite && $0.interval.upper.isFinite
        }.sorted { $0.bytes < $1.bytes }
        let levels = Dictionary(grouping: caches.filter { $0.type != .instruction && $0.bytes > 0 }, by: \.level)
            .sorted { $0.key < $1.key }.map(\.value)
        return levels.indices.compactMap { index in
            // The sizes of the neighbours bound where to look: the largest inside, the smallest outside.
            let inner = index > 0 ? levels[index - 1].map(\.bytes).max() : nil
            let outer = index + 1 < levels.count ? levels[index + 1].map(\.bytes).min() : nil
            guard let cache = levels[index].first, Set(levels[index].map(\.bytes)).count == 1 else { return nil }
            return contradiction(cache, inner.map { Double($0) } ?? 0, outer.map { Double($0) }, points)
        }
    }

    private static func contradiction(_ cache: Cache, _ inner: Double, _ outer: Double?, _ points: [Point])
        -> ServedCache?
    {
        let size = Double(cache.bytes)
        let mine = points.filter { $0.bytes >= 2 * inner }
        let outside =
            outer.map { outer in mine.first { $0.bytes >= 4 * size && 2 * $0.bytes <= outer } } ?? mine.last
        guard let own = mine.first, 2 * own.bytes <= size, let outside, outside.bytes > own.bytes,
            outside.interval.lower >= leastStep * own.interval.upper
        else { return nil }
        let bound = (own.latency * outside.latency).squareRoot()
        guard let served = mine.last(where: { $0.interval.upper < bound }),
            let unserved = mine.first(where: { $0.interval.lower > bound }), served.bytes < unserved.bytes,
            unserved.bytes <= widestGap * served.bytes
        else { return nil }
        let isSmaller = 2 * unserved.bytes <= size
        let isLarger = served.bytes >= 2 * size
        guard isSmaller || isLarger else { return nil }
        return ServedCache(cache: cache, served: served, unserved: unserved, isLarger: isLarger)
    }

    /// Times that a load outside must take to be told from one inside.
    private static let leastStep = 2.0
    /// Between neighbouring working sets: one point may be missing, or lie on the step.
    private static let widestGap = 4.0
}
