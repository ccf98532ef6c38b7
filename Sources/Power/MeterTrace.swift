import Model
import Statistics

/// What becomes of the readings of one meter: wraps undone, power integrated, the update period measured, faults found.
///
/// A fault is for good: energy across it cannot be known, and a meter that lied once is not believed again in this sitting.
struct MeterTrace {
    private(set) var meter: Meter
    /// Read since they were last taken.
    var pending: [PowerReading] = []
    private let sitting: Int?
    private var joules = 0.0
    private var last: (t: Double, raw: RawPower)?
    private var period: UpdatePeriod
    private(set) var readings = 0

    /// Power of any one meter, where its maker says none: beyond that it is not the load that jumped.
    private static let mostWatts = 20_000.0
    /// Shorter silence of a counter is no sign that it stands still.
    private static let leastSilence = 2.0
    /// Seconds by which a counter may lag on a busy machine.
    private static let lag = 0.25

    init(_ meter: Meter, sitting: Int = 0) {
        self.meter = meter
        self.sitting = sitting == 0 ? nil : sitting
        period = UpdatePeriod(meter.kind)
    }

    var isSound: Bool { meter.problems.isEmpty }

    /// Takes what the meter said at `t`.
    ///
    /// - Parameter isClose: whether it is being read as often as can be, to learn its update period.
    mutating func take(_ raw: RawPower, at t: Double, isClose: Bool = false) {
        guard isSound else { return }
        readings += 1
        guard let before = last else {
            begin(raw, t)
            return
        }
        // Two threads may read at once; the later one wins.
        guard t > before.t else { return }
        period.take(hasChanged: raw != before.raw, at: t, isClose: isClose)
        switch (before.raw, raw) {
        case (.count(let old), .count(let new)): count(from: old, to: new, t - before.t)
        case (.watts(let old), .watts(let new)): integrate(old, new, t - before.t)
        default: fail("told power and counts by turns", t)
        }
        guard isSound else { return }
        last = (t, raw)
        note(t, raw)
    }

    /// The meter could not be read.
    mutating func fail(_ fault: PowerFault, at t: Double) { fail(fault.description, t) }

    /// What is known of the meter now: with its period, and with a word on silence that only the end can tell.
    func report() -> Meter {
        var meter = meter
        meter.updatePeriod = period.median
        meter.changes = period.count
        if meter.kind == .counter, isSound, readings > 1, joules == 0 {
            meter.problems.append("the counter did not advance while it was read")
        }
        return meter
    }

    private mutating func begin(_ raw: RawPower, _ t: Double) {
        if case .count(0) = raw, meter.range != nil || meter.kind == .counter {
            return fail("the counter reads 0: nothing feeds it", t)
        }
        if case .watts(let watts) = raw, !Self.isPower(watts) { return fail("reads \(watts) W", t) }
        last = (t, raw)
        period.begin(at: t)
        note(t, raw)
    }

    private mutating func note(_ t: Double, _ raw: RawPower) {
        let watts: Double? = if case .watts(let value) = raw { value } else { nil }
        pending.append(PowerReading(t: t, source: meter.id, joules: joules, watts: watts, sitting: sitting))
    }

    private mutating func fail(_ problem: String, _ t: Double) {
        guard isSound else { return }
        meter.problems.append(readings > 1 ? "at \(Self.text(t)) s: \(problem)" : problem)
    }

    /// The most it can have used since the last reading, which may itself have lagged behind.
    private func most(in seconds: Double) -> Double {
        2 * (meter.ratedPower ?? Self.mostWatts) * (seconds + max(2 * meter.period, Self.lag))
    }

    private mutating func count(from old: UInt64, to new: UInt64, _ seconds: Double) {
        if let range = meter.range, 2 * (meter.ratedPower ?? Self.mostWatts) * seconds >= range {
            return fail("was not read for \(Self.text(seconds)) s: it may have begun again unseen", lastTime)
        }
        var used = Double(new &- old) * meter.resolution
        if new < old {
            used = meter.range.map { $0 - Double(old - new) * meter.resolution } ?? -1
            guard used >= 0, used <= most(in: seconds) else {
                return fail("the counter went backwards, from \(old) to \(new)", lastTime)
            }
            meter.wraps += 1
        }
        guard used <= most(in: seconds) else {
            return fail("the counter jumped by \(Self.text(used)) J in \(Self.text(seconds)) s", lastTime)
        }
        joules += used
        if used == 0, period.silence > max(Self.leastSilence, 20 * meter.period) {
            fail("the counter stood still for \(Self.text(period.silence)) s", lastTime)
        }
    }

    private mutating func integrate(_ old: Double, _ new: Double, _ seconds: Double) {
        guard Self.isPower(new) else { return fail("reads \(new) W", lastTime) }
        joules += (old + new) / 2 * seconds
    }

    private var lastTime: Double { last?.t ?? 0 }

    private static func isPower(_ watts: Double) -> Bool { watts.isFinite && watts > 0 && watts < 1e7 }

    private static func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

/// Time between changes of what a meter says, from readings that were closer together than the changes.
///
/// A counter is renewed whenever it changes, because something is always used. Power may be renewed and stay the same: between
/// two changes of it lie one update or many, and only the shortest gaps tell how long one takes.
struct UpdatePeriod {
    private static let most = 1024
    /// So many gaps are the fewest that a period is taken from.
    private static let least = 5
    /// Gaps of power of up to so many times the shortest are taken for one update; two are twice as long.
    private static let oneUpdate = 1.5
    private let kind: Meter.Kind
    private var gaps: [Double] = []
    /// Changes at every close reading: the period is no longer than these.
    private var bounds: [Double] = []
    private var changed: Double?
    private var read = 0.0
    private var unchanged = 0
    private var hasChangedBefore = false

    init(_ kind: Meter.Kind) { self.kind = kind }

    mutating func begin(at t: Double) { read = t }

    /// Seconds for which nothing changed, up to the last reading.
    var silence: Double { unchanged == 0 ? 0 : read - (changed ?? read) }

    mutating func take(hasChanged: Bool, at t: Double, isClose: Bool) {
        defer { read = t }
        if changed == nil { changed = read }
        guard hasChanged else {
            unchanged += 1
            return
        }
        // Where every reading differs from the one before, their distance says nothing of the meter. And the first change
        // ends a stretch of which nobody saw the beginning.
        if let changed, unchanged >= 2 {
            if hasChangedBefore { Self.keep(t - changed, &gaps) }
        } else if isClose {
            Self.keep(t - read, &bounds)
        }
        changed = t
        hasChangedBefore = true
        unchanged = 0
    }

    var count: Int { isMeasured ? updates.count : bounds.count >= 16 ? bounds.count : gaps.count }

    /// `nil` where too few changes were seen: what is stated then holds.
    var median: Double? {
        isMeasured ? Order.median(updates) : bounds.count >= 16 ? Order.median(bounds) : nil
    }

    private var isMeasured: Bool { updates.count >= Self.least }

    /// Gaps that one update filled: of power the shortest that are alike, so that one change that was seen late decides nothing.
    private var updates: [Double] {
        guard kind == .power else { return gaps }
        let sorted = gaps.sorted()
        let start = sorted.indices.first { index in
            let last = index + Self.least - 1
            return last < sorted.count && sorted[last] <= Self.oneUpdate * sorted[index]
        }
        guard let start else { return [] }
        return Array(sorted[start...].prefix { $0 <= Self.oneUpdate * sorted[start] })
    }

    private static func keep(_ value: Double, _ values: inout [Double]) {
        if values.count < most { values.append(value) }
    }
}
