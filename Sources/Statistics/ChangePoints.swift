/// Shifts of level in many series at once, each of which persists, matters, and is not one of the many that chance makes.
///
/// Source: divisions by Matteson & James (`EDivisive`), adjusted over all series by Benjamini & Hochberg, Journal of the Royal
/// Statistical Society B 57 (1995). That a shift must persist and exceed a floor are rules of this program.
public enum ChangePoints {
    public struct Rules: Sendable, Equatable {
        public var division: EDivisive.Rules
        /// Expected share of false shifts among all that are called, over all series (Benjamini & Hochberg).
        public var falseDiscoveryRate: Double
        /// Smallest |difference of medians| that counts, where a series has no floor of its own.
        public var magnitude: Double

        public init(
            division: EDivisive.Rules = EDivisive.Rules(), falseDiscoveryRate: Double = 0.05, magnitude: Double = 0
        ) {
            self.division = division
            self.falseDiscoveryRate = falseDiscoveryRate
            self.magnitude = magnitude
        }
    }

    public struct Shift: Sendable, Equatable {
        /// Observations before it.
        public var index: Int
        /// Median of the segment after it less that of the segment before.
        public var magnitude: Double
        public var p: Double
        /// Adjusted over all divisions tried in all series.
        public var pAdjusted: Double
    }

    /// - Parameters:
    ///   - series: observations in the order of time; logarithms where ratios matter.
    ///   - floors: smallest |magnitude| that counts, one a series; the rules' where there are none.
    /// - Returns: the shifts of each series, in the order of time.
    public static func shifts(_ series: [[Double]], floors: [Double] = [], rules: Rules = Rules()) -> [[Shift]] {
        var all = series.enumerated().map { index, values -> [EDivisive.Division] in
            var division = rules.division
            division.seed ^= UInt64(truncatingIfNeeded: index &* 0x9E37_79B9)
            let found = EDivisive.divisions(values, rules: division)
            return found.made + (found.last.map { [$0] } ?? [])
        }
        let adjusted = refine(&all, series, rules)
        return series.indices.map { place in
            let made = zip(all[place], adjusted[place]).filter {
                $0.p <= rules.division.level && $1 <= rules.falseDiscoveryRate
                    && persists($0.index, series[place], rules.division.least)
            }
            let floor = floors.indices.contains(place) ? floors[place] : rules.magnitude
            return merged(series[place], made.map { ($0.index, $0.p, $1) }, floor: max(floor, 0))
        }
    }

    /// Whether a shift just before the end is more than a burst of fewer observations than must persist: a split that lies so
    /// near the end may have taken in one of before, so there each observation after it must be of the new level.
    private static func persists(_ index: Int, _ values: [Double], _ least: Int) -> Bool {
        let after = values[index...]
        guard after.count < 2 * least, let old = Order.median(Array(values[..<index])),
            let new = Order.median(Array(after))
        else { return true }
        return after.prefix(least).allSatisfy { abs($0 - new) <= abs($0 - old) }
    }

    /// More permutations for those that were reached by none, or next to none, and whose p is still too coarse to survive
    /// the adjustment. How many series there are decides how small a p must be, so nothing finer is computed than is needed.
    private static func refine(
        _ all: inout [[EDivisive.Division]], _ series: [[Double]], _ rules: Rules
    ) -> [[Double]] {
        while true {
            let flat = Many.adjusted(all.flatMap { $0.map(\.p) })
            var start = 0
            let adjusted = all.map { divisions in
                defer { start += divisions.count }
                return Array(flat[start..<(start + divisions.count)])
            }
            var refined = false
            for (place, divisions) in all.enumerated() {
                for (index, division) in divisions.enumerated()
                where adjusted[place][index] > rules.falseDiscoveryRate && isCoarse(division, rules.division) {
                    let next = min(4 * (division.permutations + 1) - 1, rules.division.most)
                    EDivisive.test(&all[place][index], series[place], permutations: next, rules: rules.division)
                    refined = true
                }
            }
            guard refined else { return adjusted }
        }
    }

    /// Reached by at most one permutation, and there may be more of them.
    private static func isCoarse(_ division: EDivisive.Division, _ rules: EDivisive.Rules) -> Bool {
        division.permutations >= rules.permutations && division.permutations < rules.most
            && division.p * Double(division.permutations + 1) < 2.5
    }

    /// Takes out the smallest shift as long as it is below the floor; its neighbours then have longer segments.
    private static func merged(_ values: [Double], _ found: [(index: Int, p: Double, adjusted: Double)], floor: Double)
        -> [Shift]
    {
        var left = found.sorted { $0.index < $1.index }
        while true {
            let ends = [0] + left.map(\.index) + [values.count]
            let medians = zip(ends, ends.dropFirst()).map { Order.median(Array(values[$0..<$1])) ?? 0 }
            let shifts = left.enumerated().map { place, division in
                Shift(
                    index: division.index, magnitude: medians[place + 1] - medians[place], p: division.p,
                    pAdjusted: division.adjusted)
            }
            guard let least = shifts.indices.min(by: { abs(shifts[$0].magnitude) < abs(shifts[$1].magnitude) }),
                abs(shifts[least].magnitude) < floor || shifts[least].magnitude == 0 && floor > 0
            else { return shifts }
            left.remove(at: least)
        }
    }
}
