public import Model
import Statistics

/// A meter's log on the run's clock.
public enum MeterLog {
    public static let identity = "log.meter"
    public static let source = "external meter"

    /// The meter, and its readings while the run lasted.
    ///
    /// - Parameters:
    ///   - offset: seconds to add to the log's clock.
    ///   - gainError: relative; assumed where it is `nil`.
    ///   - marks: moments of this sitting on both clocks; the wall clock is slewed, so between them it is interpolated.
    ///     What the log says of other times, also those of an earlier sitting, is left out.
    public static func merged(
        _ log: PowerLog, offset: Double, gainError: Double?, marks: [PowerReport.ClockMark], sitting: Int
    ) -> (meter: Meter, readings: [PowerReading]) {
        let steps = zip(log.entries.dropFirst(), log.entries).map { $0.epoch - $1.epoch }
        let period = Order.median(steps) ?? 1
        var meter = Meter(
            id: identity, source: source, name: "log of an external meter", boundary: .wall, kind: .power,
            resolution: resolution(log), statedPeriod: period, gainError: gainError ?? GainError.meter,
            gainErrorOrigin: gainError == nil ? GainError.meterOrigin : GainError.givenOrigin, pollPeriod: period)
        meter.updatePeriod = period
        meter.changes = steps.count
        let readings = readings(log, offset, marks, sitting)
        if readings.count < 2 {
            meter.problems.append("its log holds no readings from the time of this run; see --power-log-offset")
        } else if let gap = zip(readings.dropFirst(), readings).map({ $0.t - $1.t }).max(), gap > max(10 * period, 5) {
            meter.problems.append("its log has a gap of \((gap * 10).rounded() / 10) s during the run")
        } else if readings.contains(where: { ($0.watts ?? 0) <= 0 }) {
            meter.problems.append("its log reads 0 W during the run")
        }
        return (meter, readings)
    }

    private static func readings(
        _ log: PowerLog, _ offset: Double, _ marks: [PowerReport.ClockMark], _ sitting: Int
    ) -> [PowerReading] {
        guard let first = marks.min(by: { $0.t < $1.t }), let last = marks.max(by: { $0.t < $1.t }) else { return [] }
        let rate = last.epoch > first.epoch && last.t > first.t ? (last.t - first.t) / (last.epoch - first.epoch) : 1
        var readings: [PowerReading] = []
        var joules = 0.0
        for entry in log.entries {
            let t = first.t + (entry.epoch + offset - first.epoch) * rate
            guard t >= max(first.t, 0), t <= last.t else { continue }
            if let before = readings.last { joules += ((before.watts ?? 0) + entry.watts) / 2 * (t - before.t) }
            readings.append(
                PowerReading(
                    t: t, source: identity, joules: joules, watts: entry.watts, sitting: sitting == 0 ? nil : sitting))
        }
        return readings
    }

    /// The smallest difference between two readings that are not the same.
    private static func resolution(_ log: PowerLog) -> Double {
        let values = Set(log.entries.prefix(10000).map(\.watts)).sorted()
        return zip(values.dropFirst(), values).map { $0 - $1 }.filter { $0 > 1e-9 }.min() ?? 1
    }
}
