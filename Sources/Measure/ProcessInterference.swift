import Model

extension Interference {
    /// What happened while a process used `cpuSeconds` itself.
    ///
    /// - Parameters:
    ///   - before: the look just before it started; `after`: the one just after it ended.
    ///   - between: those that the watch took while it ran.
    ///   - threads: how many it computed with.
    init(
        from before: EnvironmentReading, to after: EnvironmentReading, between: [EnvironmentReading] = [],
        usage: WorkerUsage?, threads: Int = 1
    ) {
        self.init()
        setTimes(before, after, usage)
        func difference<Number: SignedNumeric & Comparable>(_ value: (EnvironmentReading) -> Number?) -> Number? {
            guard let first = value(before), let last = value(after) else { return nil }
            return max(last - first, 0)
        }
        throttledPeriods = difference(\.throttledPeriods)
        thermalThrottles = difference(\.thermalThrottles)
        let seconds = after.t - before.t
        if seconds > 0 {
            cpuPressure = difference(\.cpuWaiting).map { min($0 / seconds, 1) }
            memoryPressure = difference(\.memoryWaiting).map { min($0 / seconds, 1) }
            ioPressure = difference(\.ioWaiting).map { min($0 / seconds, 1) }
        }
        setUsage(usage, threads)
        // Around the process the machine idles and clocks as it likes: what counts is what the clock did while it ran.
        lowestFrequency = between.compactMap(\.frequency).min()
        highestFrequency = between.compactMap(\.frequency).max()
        let all = [before] + between + [after]
        temperature = all.compactMap(\.temperature).max()
        readings = all.count
        let slowdowns = all.compactMap(\.acceleratorSlowdowns)
        if !slowdowns.isEmpty { acceleratorSlowdowns = Array(Set(slowdowns.joined())).sorted() }
    }

    private mutating func setTimes(_ before: EnvironmentReading, _ after: EnvironmentReading, _ usage: WorkerUsage?) {
        guard let b0 = before.busy, let b1 = after.busy, let i0 = before.idle, let i1 = after.idle,
            let s0 = before.steal, let s1 = after.steal
        else { return }
        let total = (b1 - b0) + (i1 - i0) + (s1 - s0)
        guard total > 0 else { return }
        steal = max(0, s1 - s0) / total
        otherLoad = usage.map { max(0, b1 - b0 - $0.cpuSeconds) / total }
    }

    private mutating func setUsage(_ usage: WorkerUsage?, _ threads: Int) {
        involuntarySwitches = usage?.involuntarySwitches
        majorFaults = usage?.majorFaults
        minorFaults = usage?.minorFaults
        migrations = usage?.migrations
        if let usage, let waited = usage.waitingSeconds, usage.samplingSeconds > 0 {
            waiting = min(waited / (usage.samplingSeconds * Double(max(threads, 1))), 1)
        }
    }
}
