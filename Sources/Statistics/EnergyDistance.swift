/// The energy statistic of every split of one series, for the series as it is and for its permutations.
///
/// Values are replaced by their ranks once; a sweep then goes through a permutation of ranks in n·log n, with a Fenwick
/// tree that knows count and sum of what is smaller. The usual way, a matrix of all distances, needs n² for each.
///
/// Source: Székely & Rizzo, Energy statistics, Journal of Statistical Planning and Inference 143 (2013); the statistic of a
/// split: Matteson & James, Journal of the American Statistical Association 109 (2014); the tree: Fenwick, Software:
/// Practice and Experience 24 (1994).
struct EnergyDistance {
    /// Values by rank, around their median so that sums lose nothing.
    private let sorted: [Double]
    /// Σ of distances to all values, by rank.
    private let toAll: [Double]
    /// Σ of all pairs' distances.
    private let total: Double
    /// Rank of each observation, in the order of time.
    let ranks: [Int]
    private let least: Int
    private var tree: [(count: Double, sum: Double)]

    /// - Parameter least: observations that each side of a split has at least.
    init(_ values: ArraySlice<Double>, least: Int) {
        let values = Array(values)
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let middle = values.isEmpty ? 0 : values[order[order.count / 2]]
        let sorted = order.map { values[$0] - middle }
        var ranks = [Int](repeating: 0, count: values.count)
        for (rank, place) in order.enumerated() { ranks[place] = rank }
        let all = sorted.reduce(0, +)
        var below = 0.0
        var toAll = [Double](repeating: 0, count: values.count)
        for (rank, value) in sorted.enumerated() {
            toAll[rank] = value * Double(2 * rank - values.count) + all - 2 * below
            below += value
        }
        self.sorted = sorted
        self.toAll = toAll
        self.ranks = ranks
        self.least = max(least, 2)
        total = toAll.reduce(0, +) / 2
        tree = Array(repeating: (0, 0), count: values.count + 1)
    }

    /// The best split of `ranks`, a permutation of this series; with `enough`, the first that reaches it.
    ///
    /// The statistic is Matteson & James's Q̂ with exponent 1, from unbiased means of distances.
    mutating func best(_ ranks: [Int], enough: Double = .infinity) -> (index: Int, statistic: Double)? {
        let count = ranks.count
        guard count >= 2 * least else { return nil }
        var best: (index: Int, statistic: Double)?
        var (inside, outside) = (0.0, total)
        var sumBefore = 0.0
        let (sorted, toAll, total, least) = (sorted, toAll, total, least)
        tree.withUnsafeMutableBufferPointer { tree in
            for node in tree.indices { tree[node] = (0, 0) }
            for place in 0..<count {
                let rank = ranks[place]
                let value = sorted[rank]
                var (smaller, sumSmaller) = (0.0, 0.0)
                var node = rank
                while node > 0 {
                    smaller += tree[node].count
                    sumSmaller += tree[node].sum
                    node &= node - 1
                }
                let toBefore = value * (2 * smaller - Double(place)) + sumBefore - 2 * sumSmaller
                inside += toBefore
                outside -= toAll[rank] - toBefore
                sumBefore += value
                node = rank + 1
                while node <= count {
                    tree[node].count += 1
                    tree[node].sum += value
                    node += node & -node
                }
                let before = place + 1
                guard before >= least else { continue }
                guard count - before >= least else { break }
                let q = Self.statistic(before, count - before, inside, outside, total)
                if q > best?.statistic ?? -.infinity { best = (before, q) }
                if q >= enough { break }
            }
        }
        return best
    }

    private static func statistic(
        _ before: Int, _ after: Int, _ inside: Double, _ outside: Double, _ total: Double
    ) -> Double {
        let (n, m) = (Double(before), Double(after))
        let between = total - inside - outside
        return n * m / (n + m)
            * (2 * between / (n * m) - 2 * inside / (n * (n - 1)) - 2 * outside / (m * (m - 1)))
    }
}
