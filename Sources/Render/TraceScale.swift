import Document
import Units

/// Covers the values of a trace with some room. Not from zero: a change of two per cent is what is looked for.
struct TraceScale {
    let lowest: Double
    let highest: Double
    let ticks: [Double]
    let decimals: Int

    /// `nil` where there is nothing to show.
    init?(_ trace: Document.Trace) {
        let values = (trace.points.map(\.value) + trace.levels.map(\.value)).filter(\.isFinite)
        guard let least = values.min(), let most = values.max() else { return nil }
        let spread = max(most - least, abs(most) * 0.02, .leastNormalMagnitude)
        let room = spread * 0.08
        // A span of fewer digits than a double has: else no step between ticks could be told apart.
        guard spread.isFinite, spread > abs(most) * 1e-12 else { return nil }
        (lowest, highest) = (least - room, most + room)
        let rough = LinearTicks.upTo(spread)
        let step = rough.count > 1 ? rough[1] - rough[0] : spread
        let begin = (lowest / step).rounded(.up)
        ticks = (0..<12).map { (begin + Double($0)) * step }.filter { [highest] in $0 <= highest }
        decimals = Figures.significantDecimals(step, 1)
    }

    /// 0 at the bottom, 1 at the top.
    func height(_ value: Double) -> Double { min(max((value - lowest) / (highest - lowest), 0), 1) }

    func name(_ tick: Double) -> String { Figures.fixed(tick, decimals: decimals) }
}
