import Model

/// What was counted between two moments.
struct CounterInterval {
    var before: ProcessorCounters
    var after: ProcessorCounters
    /// Between the two.
    var seconds: Double

    /// A second.
    func interrupts(_ key: KeyPath<InterruptCounts, UInt64>) -> Reported<Double> {
        guard let first = before.interrupts.value, let last = after.interrupts.value else {
            return .unknown(before.interrupts.reason ?? after.interrupts.reason ?? "not read")
        }
        let (count, isBackwards) = last[keyPath: key].subtractingReportingOverflow(first[keyPath: key])
        guard !isBackwards, seconds > 0 else { return .unknown("/proc/interrupts: the counts went backwards") }
        return .known(Double(count) / seconds)
    }

    /// Part of the processor time, 0 … 1. The kernel counts in ticks of 10 ms: what is less than a few of them is for the
    /// judge to doubt.
    func share(
        _ times: KeyPath<ProcessorCounters, Reported<ProcessorTimes>>,
        _ part: (ProcessorTimes, ProcessorTimes) -> Double
    ) -> Reported<Double> {
        guard let first = before[keyPath: times].value, let last = after[keyPath: times].value else {
            return .unknown(before[keyPath: times].reason ?? after[keyPath: times].reason ?? "not read")
        }
        let total = last.total - first.total
        guard total > 0 else { return .unknown("/proc/stat: no time went by between two readings") }
        return .known(min(max(part(first, last), 0) / total, 1))
    }
}
