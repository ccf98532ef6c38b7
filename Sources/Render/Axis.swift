import Units

/// A logarithmic axis: maps values to pixels, and knows a handful of ticks.
struct LogAxis {
    let lowest: Double
    let highest: Double
    let from: Double
    let to: Double

    /// Covers `values` with some room; `nil` where no value can stand on such an axis.
    init?(_ values: [Double], from: Double, to: Double, base: Double) {
        let usable = values.filter { $0.isFinite && $0 > 0 }.map { Mathematics.log2($0) }
        guard let least = usable.min(), let most = usable.max() else { return nil }
        let room = Mathematics.log2(base) * 0.25
        lowest = least - room
        highest = max(most + room, least + Mathematics.log2(base))
        self.from = from
        self.to = to
    }

    func pixel(_ value: Double) -> Double {
        let position = (Mathematics.log2(max(value, .leastNormalMagnitude)) - lowest) / (highest - lowest)
        return from + min(max(position, -0.5), 1.5) * (to - from)
    }

    /// Exponents of `base` inside the axis, thinned to `most`.
    func ticks(base: Double, most: Int = 6) -> [Double] {
        let step = Mathematics.log2(base)
        let first = Int((lowest / step).rounded(.up))
        let last = Int((highest / step).rounded(.down))
        guard first <= last else { return [] }
        let stride = max((last - first + most) / most, 1)
        return Swift.stride(from: first, through: last, by: stride).map { Mathematics.power(base, $0) }
    }

    /// `1/8`, `1`, `64`, `10 000`.
    static func name(_ value: Double) -> String {
        if value < 1, value >= 1.0 / 1024, (1 / value).rounded() == 1 / value, (1 / value) != 10, (1 / value) != 100 {
            return "1/\(Figures.fixed(1 / value, decimals: 0))"
        }
        if value >= 1e6 || value < 1e-3 {
            return "10^\(Int((Mathematics.log2(value) / Mathematics.log2(10)).rounded()))"
        }
        return Figures.significant(value, 1)
    }
}

/// Round numbers from zero, six at most, none beyond `highest`.
enum LinearTicks {
    static func upTo(_ highest: Double) -> [Double] {
        guard highest.isFinite, highest > 0, highest < 1e300 else { return [0, 1] }
        let decade = Mathematics.power(10, Int((Mathematics.log2(highest) / Mathematics.log2(10)).rounded(.down)) - 1)
        let step = decade * ([1.0, 2, 5, 10, 20, 50].first { highest / (decade * $0) <= 5 } ?? 100)
        guard step > 0, step.isFinite else { return [0, highest] }
        return (0...max(Int(highest / step * 1.0001), 1)).map { Double($0) * step }
    }

    /// With as many decimals as the step between ticks needs.
    static func name(_ value: Double, step: Double) -> String {
        value == 0 ? "0" : Figures.fixed(value, decimals: Figures.significantDecimals(step, 1))
    }
}
