/// A way to read energy or power. Each source is one file in `Power`: a new one is a new file and its line in the list.
public protocol PowerSource: Sendable {
    /// Whether it can be read here, and what would change that. Never throws: not being there is an answer.
    func survey() -> PowerSurvey
    /// All meters of it that can be read here, opened. Empty where the survey says that it is not available.
    func open() -> [any PowerMeter]
}

/// One counter or sensor, opened. Read by one thread at a time.
public protocol PowerMeter: Sendable {
    /// What is known of it before it was read: no measured period, no problems.
    var description: Meter { get }
    /// What it says now.
    func read() throws(PowerFault) -> RawPower
}

/// What a meter says, before anything is made of it.
public enum RawPower: Sendable, Equatable {
    /// Counts since some moment; a count is worth `Meter.resolution` joules.
    case count(UInt64)
    case watts(Double)
}

/// Why a meter that was there could not be read.
public struct PowerFault: Error, Sendable, Equatable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}

/// Who samples power while processes run: the coordinator tells it when to look closely, and takes what it saw.
public protocol PowerFollower: Sendable {
    /// Reads all fast meters now: timed work is about to begin, or has just ended.
    func mark()
    /// What was read since the last call, thinned where nothing depends on it.
    ///
    /// - Parameter windows: timed windows that ended since; readings around their ends are all kept.
    func collect(_ windows: [TimedWindow]) -> [PowerReading]
}
