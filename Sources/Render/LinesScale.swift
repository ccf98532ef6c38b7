import Document
import Units

/// Where values stand on both axes, and which ticks these have.
struct LinesScale {
    struct Tick {
        var value: Double
        var name: String
    }
    let xTicks: [Tick]
    let yTicks: [Tick]
    private let horizontal: Axis
    private let vertical: Axis

    enum Axis {
        case logarithmic(LogAxis)
        case linear(from: Double, to: Double, start: Double, end: Double)

        func pixel(_ value: Double) -> Double {
            switch self {
            case .logarithmic(let axis): axis.pixel(value)
            case .linear(let from, let to, let start, let end):
                start + min(max((value - from) / (to - from), -0.5), 1.5) * (end - start)
            }
        }
    }

    init?(_ chart: Document.Lines, _ plot: Drawing.Box) {
        let points = chart.series.flatMap(\.points)
        guard !points.isEmpty else { return nil }
        let levels = chart.markers.filter { $0.direction == .horizontal && chart.stands($0.value) }.map(\.value)
        let bounds = points.flatMap { [$0.lower, $0.upper].compactMap { $0 } }.filter(chart.stands)
        let ys = points.map(\.y) + levels + bounds
        let xs = points.map(\.x) + chart.x.ticks.filter { $0.isFinite && (!chart.x.isLogarithmic || $0 > 0) }
        guard
            let x = Self.axis(chart.x, xs, from: plot.x, to: plot.x + plot.width, isFromZero: false),
            let y = Self.axis(chart.y, ys, from: plot.y + plot.height, to: plot.y, isFromZero: true)
        else { return nil }
        (horizontal, xTicks) = x
        (vertical, yTicks) = y
    }

    func x(_ value: Double) -> Double { horizontal.pixel(value) }
    func y(_ value: Double) -> Double { vertical.pixel(value) }

    func frame(_ plot: Drawing.Box) -> Frame {
        Frame(box: plot, x: horizontal.scale, y: vertical.scale)
    }

    private static func axis(
        _ axis: Document.Lines.Axis, _ values: [Double], from: Double, to: Double, isFromZero: Bool
    ) -> (Axis, [Tick])? {
        if axis.isLogarithmic {
            let base: Double = axis.format == .bytes || !axis.ticks.isEmpty ? 2 : 10
            guard let scale = LogAxis(values, from: from, to: to, base: base) else { return nil }
            let found = axis.ticks.isEmpty ? scale.ticks(base: base, most: 7) : axis.ticks.filter { $0 > 0 }
            return (.logarithmic(scale), found.map { Tick(value: $0, name: name($0, axis, step: nil)) })
        }
        guard let least = values.min(), let most = values.max() else { return nil }
        let low = isFromZero || least >= 0 && least < most * 0.5 ? min(least, 0) : least
        let ticks = low < 0 ? [low, 0, most].filter { $0 <= most } : LinearTicks.between(low, most)
        let room = low == 0 ? 0 : (most - low) * 0.03
        let end = max(most + (most - low) * 0.03, ticks.last ?? most)
        let range = end > low ? (low - room, end) : (low - 0.5, low + 0.5)
        let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
        let shown = axis.ticks.isEmpty ? ticks : axis.ticks
        return (
            .linear(from: range.0, to: range.1, start: from, end: to),
            shown.map { Tick(value: $0, name: name($0, axis, step: axis.ticks.isEmpty ? step : nil)) }
        )
    }

    private static func name(_ value: Double, _ axis: Document.Lines.Axis, step: Double?) -> String {
        if axis.format == .bytes, value >= 0, value < 0x1p62 { return Figures.bytes(UInt64(value)) }
        if let step { return LinearTicks.name(value, step: step) }
        return value == value.rounded() && abs(value) < 1e6 ? Figures.fixed(value, decimals: 0) : LogAxis.name(value)
    }
}

extension LinesScale.Axis {
    var scale: Frame.Scale {
        switch self {
        case .logarithmic(let axis): axis.scale
        case .linear(let from, let to, _, _): Frame.Scale(from: from, to: to, isLogarithmic: false)
        }
    }
}

extension LinearTicks {
    /// Round numbers from `low` to `high`; from zero where `low` is zero.
    static func between(_ low: Double, _ high: Double) -> [Double] {
        guard low != 0 else { return upTo(high) }
        let steps = upTo(high - low)
        let step = steps.count > 1 ? steps[1] - steps[0] : max(high - low, 1)
        guard step > 0, (high / step).magnitude < 1e9 else { return [low, high] }
        let first = Int((low / step).rounded(.up))
        let last = Int((high / step).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : [low]
    }
}
