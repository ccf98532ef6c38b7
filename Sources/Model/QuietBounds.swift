extension DisturbanceBounds {
    /// Share of a spinning loop's time that may be lost.
    public static let lostShare = 0.01
    /// Spread of a canary (robust coefficient of variation).
    public static let canarySpread = 0.05
    /// Seconds of processor time below which steal and load are ticks, not findings: the kernel counts in 10 ms.
    static let stealOfUnit = 0.02
    static let stealOfAll = 0.03
    static let loadOfOthers = 0.06
}

/// What of a look disturbs a run. The bounds are those by which a run calls a process disturbed, where it has one.
extension QuietReading {
    /// - Parameter units: processing units of the machine.
    public func isStolenFrom(units: Int) -> Bool {
        let bound = DisturbanceBounds.steal
        let own = steal.value ?? 0
        let all = stealOfAll.value ?? 0
        return own > bound && own * seconds >= DisturbanceBounds.stealOfUnit
            || all > bound && all * seconds * Double(max(units, 1)) >= DisturbanceBounds.stealOfAll
    }

    /// - Parameter units: processing units of the machine.
    public func isLoaded(units: Int) -> Bool {
        let load = otherLoad.value ?? 0
        return load > DisturbanceBounds.otherLoad
            && load * seconds * Double(max(units, 1)) >= DisturbanceBounds.loadOfOthers
    }

    /// Share of the look in which the loop did not run, 0 … 1.
    public var lostShare: Double { seconds > 0 ? gaps.total / seconds : 0 }

    public var isInterrupted: Bool { lostShare > DisturbanceBounds.lostShare }

    public var switchesPerSecond: Double { seconds > 0 ? Double(involuntarySwitches) / seconds : 0 }

    public var isSwitchedOut: Bool { switchesPerSecond > DisturbanceBounds.switchesPerSecond }

    public var isThrottled: Bool { (throttledPeriods.value ?? 0) > 0 }
}

extension CanaryReading {
    public var isUnsteady: Bool { spread > DisturbanceBounds.canarySpread }
}
