import Model

/// Leaves out readings on which nothing depends. Energy between two readings is the difference of what was counted, so only
/// those around the ends of windows matter; the others are kept five times a second, for the course over time.
enum Thinning {
    static let spacing = 0.2
    /// Kept on each side of a window's end.
    private static let neighbours = 2

    static func thinned(_ readings: [PowerReading], around windows: [TimedWindow]) -> [PowerReading] {
        guard readings.count > 2 else { return readings }
        var kept = [Bool](repeating: false, count: readings.count)
        kept[0] = true
        kept[readings.count - 1] = true
        var latest = readings[0].t
        for (index, reading) in readings.enumerated() where reading.t - latest >= spacing {
            kept[index] = true
            latest = reading.t
        }
        for edge in windows.flatMap({ [$0.start, $0.end] }) {
            let next = firstIndex(readings, notBefore: edge)
            for index in max(next - neighbours, 0)..<min(next + neighbours, readings.count) { kept[index] = true }
        }
        return zip(readings, kept).filter(\.1).map(\.0)
    }

    private static func firstIndex(_ readings: [PowerReading], notBefore t: Double) -> Int {
        var (low, high) = (0, readings.count)
        while low < high {
            let middle = (low + high) / 2
            if readings[middle].t < t { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
