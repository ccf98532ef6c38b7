#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A line of the journal: everything is appended as it happens, and the bundle is made from it at the end. A run that
/// was killed is whole up to its last line.
public enum JournalEntry: Codable, Sendable, Equatable {
    case began(header: RunHeader)
    case samples(lines: [Sample])
    case process(record: ProcessRecord)
    case environment(reading: EnvironmentReading)
    /// A case's number of processes was decided.
    case sized(sizing: Sizing)
    /// Settings that read differently than when the run, or this sitting, began.
    case settings(changed: [TunableChange])
    /// What watching has cost in one sitting.
    case watched(report: WatchReport)
    /// How power is sampled in one sitting, from 0: when that begins, and again with all that was learnt when it ends.
    case power(report: PowerReport, sitting: Int)
    case powerReadings(lines: [PowerReading])
    /// Written when a run goes on after it was cut off; `t` continues from the last time seen.
    case resumed(at: Double)
    /// The plan is done, or was ended by `interrupted`.
    case ended(at: Double, interrupted: String?, tunablesChanged: [TunableChange])
}

/// The first line of a journal.
public struct RunHeader: Codable, Sendable, Equatable {
    public static let schema = "assay.journal/1"
    public var schema = RunHeader.schema
    public var id: String
    public var created: Date
    public var tool: Tool
    public var machine: Machine
    public var plan: Plan
    public var clock: ClockReport
    /// How quiet the machine was before the first process; absent where the plan was too short for a look.
    public var quiet: QuietReading?
    /// Of this machine, from an earlier `assay noise`; absent where there is none.
    public var noiseFloor: NoiseFloor?
    /// What an hour costs, where `run` was told.
    public var price: Price?
    /// Who ran it, where `run` was told.
    public var statement: Statement?

    public init(
        id: String, created: Date, tool: Tool, machine: Machine, plan: Plan, clock: ClockReport,
        quiet: QuietReading? = nil, noiseFloor: NoiseFloor? = nil
    ) {
        self.noiseFloor = noiseFloor
        self.id = id
        self.created = created
        self.tool = tool
        self.machine = machine
        self.plan = plan
        self.clock = clock
        self.quiet = quiet
    }
}
