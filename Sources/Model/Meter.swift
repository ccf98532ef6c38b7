/// A counter or sensor that was read during a run: what it covers, how finely, how far it may be trusted.
public struct Meter: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Counts energy.
        case counter
        /// Tells power; its energy is the integral over its readings.
        case power
    }

    /// `rapl.package-0`; readings name it.
    public var id: String
    /// `powercap RAPL`, as in the survey.
    public var source: String
    /// As the machine labels it: `package-0`, `dram`, the name of a GPU.
    public var name: String
    public var boundary: PowerBoundary
    public var kind: Kind
    /// The meter whose domain contains this one's, so that their sum would count twice.
    public var within: String?
    /// Joules, or watts, that one step of it stands for.
    public var resolution: Double
    /// Seconds between changes, measured: their median. Absent where too few were seen.
    public var updatePeriod: Double?
    /// Changes that the period was measured from.
    public var changes: Int
    /// Seconds between changes, or over which it averages, as its maker or its protocol says; it holds where it is longer than
    /// what was measured.
    public var statedPeriod: Double
    /// Seconds to assume between changes as long as too few were seen to measure it; absent where what is stated holds anyway.
    public var assumedPeriod: Double?
    /// Relative error of its gain.
    public var gainError: Double
    /// Where the gain error comes from.
    public var gainErrorOrigin: String
    /// Joules after which the counter begins again; absent where it never does.
    public var range: Double?
    /// Watts it never exceeds: bounds the time in which it could wrap unseen.
    public var ratedPower: Double?
    /// Seconds between readings.
    public var pollPeriod: Double
    /// Seconds one reading takes, measured.
    public var readCost: Double?
    /// Times it began again.
    public var wraps: Int
    /// Why its readings make no energy: stuck, gone, going backwards. Empty for a sound meter.
    public var problems: [String]

    public init(
        id: String, source: String, name: String, boundary: PowerBoundary, kind: Kind, within: String? = nil,
        resolution: Double, statedPeriod: Double, gainError: Double, gainErrorOrigin: String, range: Double? = nil,
        ratedPower: Double? = nil, pollPeriod: Double
    ) {
        self.id = id
        self.source = source
        self.name = name
        self.boundary = boundary
        self.kind = kind
        self.within = within
        self.resolution = resolution
        updatePeriod = nil
        changes = 0
        self.statedPeriod = statedPeriod
        assumedPeriod = nil
        self.gainError = gainError
        self.gainErrorOrigin = gainErrorOrigin
        self.range = range
        self.ratedPower = ratedPower
        self.pollPeriod = pollPeriod
        readCost = nil
        wraps = 0
        problems = []
    }

    /// Seconds by which a reading may be behind: the longer of what was measured, or assumed in its place, and what is stated.
    public var period: Double { max(updatePeriod ?? assumedPeriod ?? 0, statedPeriod) }
}

/// What a meter's energy includes, from the widest to the narrowest.
public enum PowerBoundary: String, Codable, Sendable, CaseIterable {
    /// Everything behind the plug.
    case wall
    /// What the management controller or the power supply meters.
    case node
    /// A whole portable machine, its display included.
    case battery
    /// What the processor's maker calls the platform: processor, memory, and what its sensor sees.
    case platform
    /// Processor packages.
    case package
    /// Memory modules.
    case memory
    /// Cores, graphics and the like inside a package.
    case part
    /// Boards of accelerators.
    case accelerator
    /// A supply line whose load the machine does not tell.
    case rail
}

/// A line of `power.jsonl`: what one meter had counted at one moment.
public struct PowerReading: Codable, Sendable, Equatable {
    /// Seconds from the start of the run.
    public var t: Double
    /// Identity of the meter.
    public var source: String
    /// Since the sitting began, wraps undone; for a meter of power the integral over its readings.
    public var joules: Double
    /// As told, for a meter of power.
    public var watts: Double?
    /// Which sitting of a resumed run, from 1 on; absent for the first. Joules begin anew with each.
    public var sitting: Int?

    public init(t: Double, source: String, joules: Double, watts: Double? = nil, sitting: Int? = nil) {
        self.t = t
        self.source = source
        self.joules = joules
        self.watts = watts
        self.sitting = sitting
    }
}

/// A stretch of the run's clock in which timed work went on without a pause.
public struct TimedWindow: Codable, Sendable, Equatable, Hashable {
    public var start: Double
    public var end: Double
    public var duration: Double { end - start }

    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}
