public import Model

/// What meters told over a run, in the order of time: what judging energy needs of it.
public struct PowerEvidence: Sendable {
    let report: PowerReport
    let readings: [PowerReading]

    /// `nil` for a bundle from before power was sampled.
    public init?(_ report: PowerReport?, _ readings: [PowerReading]) {
        guard let report else { return nil }
        self.report = report
        self.readings = readings
    }

    public init?(_ recording: Recording) { self.init(recording.bundle.power, recording.power) }
}

/// Why a meter gives no energy for something.
struct EnergyProblem: Error, Equatable {
    var reason: String
}

/// Energy over windows, with the time by which their ends are uncertain.
struct MeteredAmount: Equatable {
    var joules = 0.0
    var duration = 0.0
    var windows = 0
    /// Seconds, over both ends of each window: summed, and their squares.
    var edges = 0.0
    var edgeSquares = 0.0

    static func + (one: Self, other: Self) -> Self {
        MeteredAmount(
            joules: one.joules + other.joules, duration: one.duration + other.duration,
            windows: one.windows + other.windows, edges: one.edges + other.edges,
            edgeSquares: one.edgeSquares + other.edgeSquares)
    }
}

/// Readings of each meter, searchable by time.
struct PowerTraces {
    private let byMeter: [String: [PowerReading]]

    init(_ readings: [PowerReading]) {
        byMeter = Dictionary(grouping: readings, by: \.source).mapValues { $0.sorted { $0.t < $1.t } }
    }

    /// Joules between the ends of a window, each interpolated between the readings around it.
    ///
    /// An end is uncertain by the meter's period and by its distance from the nearer reading: the two between which it lies
    /// bound the energy there, whatever the load did.
    func used(_ meter: Meter, in window: TimedWindow) throws(EnergyProblem) -> MeteredAmount {
        let readings = byMeter[meter.id] ?? []
        guard let start = place(window.start, readings), let end = place(window.end, readings),
            start.sitting == end.sitting
        else { throw EnergyProblem(reason: "\(meter.name) was not read around all timed windows") }
        let edges = 2 * meter.period + start.distance + end.distance
        return MeteredAmount(
            joules: end.joules - start.joules, duration: window.duration, windows: 1, edges: edges,
            edgeSquares: edges * edges)
    }

    private func place(_ t: Double, _ readings: [PowerReading]) -> (joules: Double, distance: Double, sitting: Int)? {
        var (low, high) = (0, readings.count)
        while low < high {
            let middle = (low + high) / 2
            if readings[middle].t < t { low = middle + 1 } else { high = middle }
        }
        guard low < readings.count else { return nil }
        let after = readings[low]
        if after.t == t { return (after.joules, 0, after.sitting ?? 0) }
        guard low > 0 else { return nil }
        let before = readings[low - 1]
        guard before.sitting == after.sitting, after.t > before.t else { return nil }
        let share = (t - before.t) / (after.t - before.t)
        let joules = before.joules + share * (after.joules - before.joules)
        return (joules, min(t - before.t, after.t - t), after.sitting ?? 0)
    }
}
