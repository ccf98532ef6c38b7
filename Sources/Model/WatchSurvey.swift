/// What can be watched while a run goes on, as it reads now: the parts of an `EnvironmentReading` that some machines hide,
/// with the reason where there is nothing.
public struct WatchSurvey: Sendable, Equatable {
    /// Seconds stolen since boot, all processing units.
    public var steal: Reported<Double>
    /// Periods throttled since the control group was made.
    public var throttledPeriods: Reported<Int>
    /// Share of time in which some task waited for a CPU, 0 … 1.
    public var cpuPressure: Reported<Double>
    /// Hz.
    public var frequency: Reported<Double>
    /// °C.
    public var temperature: Reported<Double>

    public init(
        steal: Reported<Double>, throttledPeriods: Reported<Int>, cpuPressure: Reported<Double>,
        frequency: Reported<Double>, temperature: Reported<Double>
    ) {
        self.steal = steal
        self.throttledPeriods = throttledPeriods
        self.cpuPressure = cpuPressure
        self.frequency = frequency
        self.temperature = temperature
    }
}
