#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The directory a run leaves, as one value: the source from which every report is derived. JSON schema
/// `assay.bundle/1`; samples and environment lie beside it as lines.
public struct Bundle: Codable, Sendable, Equatable {
    public static let schema = "assay.bundle/1"
    public var schema = Bundle.schema
    /// `20261123-7e09a1`: date and the start of a hash over plan and time.
    public var id: String
    public var created: Date
    /// Seconds from the first process to the last.
    public var duration: Double
    public var tool: Tool
    public var machine: Machine
    /// Tunables that read differently after the run.
    public var tunablesChanged: [TunableChange]
    public var plan: Plan
    public var clock: ClockReport
    /// How quiet the machine was before the first process; absent where nobody looked.
    public var quiet: QuietReading?
    /// What watching for interference cost; absent where nobody watched.
    public var watch: WatchReport?
    /// How the number of processes came about, a case each; absent where it was fixed.
    public var sizing: [Sizing]?
    /// Largest |log ratio| between runs of the same thing here.
    public var noiseFloor: Reported<NoiseFloor>
    /// How power was sampled; absent in older bundles.
    public var power: PowerReport?
    /// Signal name or time limit that ended the run before its plan was done.
    public var interrupted: String?
    /// How often the run was resumed.
    public var resumed: Int
    public var measurements: [Measurement]
    public var processes: [ProcessRecord]
    /// What an hour costs, where `run` was told.
    public var price: Price?
    /// Who ran it and what they say of it, where `run` was told.
    public var statement: Statement?

    public init(
        id: String, created: Date, duration: Double, tool: Tool, machine: Machine, tunablesChanged: [TunableChange],
        plan: Plan, clock: ClockReport, quiet: QuietReading? = nil, watch: WatchReport? = nil,
        sizing: [Sizing]? = nil, noiseFloor: Reported<NoiseFloor> = .unknown("not measured"), interrupted: String?,
        resumed: Int,
        measurements: [Measurement], processes: [ProcessRecord]
    ) {
        self.id = id
        self.created = created
        self.duration = duration
        self.tool = tool
        self.machine = machine
        self.tunablesChanged = tunablesChanged
        self.plan = plan
        self.clock = clock
        self.quiet = quiet
        self.watch = watch
        self.sizing = sizing
        self.noiseFloor = noiseFloor
        self.interrupted = interrupted
        self.resumed = resumed
        self.measurements = measurements
        self.processes = processes
    }
}

/// The Assay that measured.
public struct Tool: Codable, Sendable, Equatable {
    public var version: String
    /// Forty hexadecimal digits, or `unknown`.
    public var commit: String
    /// Built from a tree with changes that are in no commit.
    public var modified: Bool
    public var compiler: String

    public init(version: String, commit: String, modified: Bool, compiler: String) {
        self.version = version
        self.commit = commit
        self.modified = modified
        self.compiler = compiler
    }
}

/// What the clock itself costs, measured before the run.
public struct ClockReport: Codable, Sendable, Equatable {
    /// `CLOCK_MONOTONIC_RAW`.
    public var name: String
    /// Smallest step seen between two different readings, seconds.
    public var resolution: Double
    /// Median time of one reading, seconds.
    public var readCost: Double

    public init(name: String, resolution: Double, readCost: Double) {
        self.name = name
        self.resolution = resolution
        self.readCost = readCost
    }
}

/// A bundle with its raw lines: all there is about a run.
public struct Recording: Sendable, Equatable {
    public var bundle: Bundle
    public var samples: [Sample]
    public var environment: [EnvironmentReading]
    /// What the meters of `bundle.power` told; empty where there were none.
    public var power: [PowerReading] = []
    /// File name, bytes and SHA-256 of each file of the bundle, for the datasheet.
    public var files: [RecordedFile]
    /// What does not hold of it: files that changed after they were written, numbers that do not follow from the samples.
    public var findings: [String]

    public init(
        bundle: Bundle, samples: [Sample], environment: [EnvironmentReading], files: [RecordedFile],
        findings: [String] = []
    ) {
        self.bundle = bundle
        self.samples = samples
        self.environment = environment
        self.files = files
        self.findings = findings
    }
}

public struct RecordedFile: Codable, Sendable, Equatable {
    public var name: String
    public var bytes: Int
    public var sha256: String

    public init(name: String, bytes: Int, sha256: String) {
        self.name = name
        self.bytes = bytes
        self.sha256 = sha256
    }
}
