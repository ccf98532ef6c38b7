import Model
import Statistics
import Units

/// How the numbers of one column are written: one prefix for all, decimals as each interval supports.
struct NumberColumn {
    let scale: Scale

    /// The prefix under which the middle value of the column reads best.
    init(_ metrics: [Metric]) {
        let unit = Unit(symbol: metrics.first?.unit ?? "")
        scale = Scale(for: Order.median(metrics.map { abs($0.value) }.filter(\.isFinite)) ?? 0, unit: unit)
    }

    /// The same in a unit that is not one of the usual ones.
    init(_ metrics: [Metric], unit: Unit) {
        scale = Scale(for: Order.median(metrics.map { abs($0.value) }.filter(\.isFinite)) ?? 0, unit: unit)
    }

    /// The prefix that something else chose.
    init(_ scale: Scale) { self.scale = scale }

    /// The prefix for this metric alone.
    init(_ metric: Metric) { self.init([metric]) }

    /// Unit as shown beside the numbers or at their head.
    var unit: String { scale.symbol }

    func value(_ metric: Metric) -> String { write(metric.value, decimals(metric)) }

    /// `209.5 – 212.5`, or why there is none.
    func bounds(_ metric: Metric) -> String {
        guard let interval = metric.interval else { return "none: n < 6" }
        let places = decimals(metric)
        return write(interval.lower, places) + " – " + write(interval.upper, places)
    }

    /// `± 1.5 GFLOP/s`; without an interval the unit comes first, because the value stands before it.
    func plusMinusWithUnit(_ metric: Metric) -> String {
        plusMinus(metric).map { $0 + Figures.space + unit } ?? "\(unit); no interval: n < 6"
    }

    /// `± 1.5` where both half-widths print alike, else both bounds; `nil` without an interval.
    private func plusMinus(_ metric: Metric) -> String? {
        guard let interval = metric.interval else { return nil }
        let places = decimals(metric)
        let below = write(metric.value - interval.lower, places)
        let above = write(interval.upper - metric.value, places)
        return below == above ? "±\(Figures.space)\(above)" : bounds(metric)
    }

    /// A bound of the metric’s interval, or another value that is known as well: with its unit and the same decimals.
    func text(_ value: Double, as metric: Metric) -> String {
        write(value, decimals(metric)) + Figures.space + unit
    }

    func scaled(_ value: Double) -> Double { value / scale.divisor }

    private func write(_ value: Double, _ places: Int) -> String {
        Figures.fixed(value / scale.divisor, decimals: places)
    }

    private func decimals(_ metric: Metric) -> Int {
        guard let interval = metric.interval, interval.halfWidth > 0 else {
            return Figures.significantDecimals(metric.value / scale.divisor, 3)
        }
        return Figures.decimals(halfWidth: interval.halfWidth / scale.divisor)
    }
}

extension NumberColumn {
    /// The value with its unit, as in running text: `211.0 GFLOP/s`.
    static func text(_ metric: Metric) -> String {
        let column = NumberColumn(metric)
        return column.value(metric) + Figures.space + column.unit
    }

    /// Two values of one metric in one unit, each with the decimals that it has wherever else it stands: `106.0 to 211 GFLOP/s`.
    static func text(from first: Metric, to second: Metric) -> String {
        let column = NumberColumn([first, second])
        return "\(column.value(first)) to \(column.value(second))\(Figures.space)\(column.unit)"
    }

    /// The interval as a share of the value: `±0.6 %`, or both sides where they print differently.
    static func relative(_ metric: Metric) -> String? {
        guard let interval = metric.interval, metric.value != 0, metric.value.isFinite else { return nil }
        let below = (metric.value - interval.lower) / abs(metric.value)
        let above = (interval.upper - metric.value) / abs(metric.value)
        let places = max(below, above) < 0.0995 ? 1 : 0
        let low = Figures.percent(below, decimals: places)
        let high = Figures.percent(above, decimals: places)
        if low == high { return "±\(high)" }
        return "\u{2212}\(Figures.fixed(below * 100, decimals: places)) +\(high)"
    }
}
