public import Model
import Statistics

#if canImport(Glibc)
    import Glibc
#endif

/// Where timed code gets the time from; a test hands in a clock that it moves itself.
public protocol TimeSource {
    /// Nanoseconds from some fixed moment, never going back.
    func now() -> UInt64
    /// Returns when that moment has come; at once where it has passed.
    func wait(until moment: UInt64)
}

extension TimeSource {
    /// Awake: what sleeps is late by what waking takes, and its processor slows down meanwhile.
    @inlinable
    public func wait(until moment: UInt64) { while now() < moment {} }
}

/// CLOCK_MONOTONIC_RAW: not slewed by NTP, so a second is the same second from start to end of a run.
public struct MonotonicRawClock: TimeSource, Sendable {
    public init() {}

    @inlinable
    public func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Resolution and cost of one reading, measured: neither is what clock_getres says.
    public func report(readings count: Int = 4096) -> ClockReport {
        var readings = [UInt64](repeating: 0, count: max(count, 16))
        for i in readings.indices { readings[i] = now() }
        let steps = zip(readings.dropFirst(), readings).map { $0 &- $1 }.filter { $0 > 0 }
        // Blocks of 64 readings, so that the cost is not hidden by the resolution.
        var costs: [Double] = []
        for block in stride(from: 64, to: readings.count, by: 64) {
            costs.append(Double(readings[block] &- readings[block - 64]) / 64)
        }
        return ClockReport(
            name: "CLOCK_MONOTONIC_RAW", resolution: Double(steps.min() ?? 1) * 1e-9,
            readCost: (Order.median(costs) ?? 0) * 1e-9)
    }
}
