#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import Statistics

/// What the history tells of a machine's metrics, in the order of time. Filled by `History`, judged by `Judge`.
public struct MetricHistory: Sendable, Equatable {
    public var machine: MachineIdentity
    public var runs: [Run]
    public var series: [Series]
    /// Of the newest run that has one.
    public var noiseFloor: NoiseFloor?

    public struct Run: Sendable, Equatable {
        public var id: String
        public var created: Date
        /// What of its machine's state moves results.
        public var facts: [Fact]

        public init(id: String, created: Date, facts: [Fact]) {
            self.id = id
            self.created = created
            self.facts = facts
        }
    }

    public struct Series: Sendable, Equatable {
        public var key: SeriesKey
        public var points: [Point]

        public init(key: SeriesKey, points: [Point]) {
            self.key = key
            self.points = points
        }
    }

    public struct Point: Sendable, Equatable {
        /// Index into `runs`.
        public var run: Int
        public var value: Double
        public var interval: Interval?
        public var status: Status
        /// What computed it.
        public var implementation: Implementation?

        public init(run: Int, value: Double, interval: Interval?, status: Status, implementation: Implementation?) {
            self.run = run
            self.value = value
            self.interval = interval
            self.status = status
            self.implementation = implementation
        }
    }

    public init(machine: MachineIdentity, runs: [Run], series: [Series], noiseFloor: NoiseFloor? = nil) {
        self.noiseFloor = noiseFloor
        self.machine = machine
        self.runs = runs
        self.series = series
    }
}

/// Which metric of which case.
public struct SeriesKey: Codable, Sendable, Equatable, Hashable {
    /// Identity of the case.
    public var `case`: String
    public var workload: String
    public var backend: Backend
    public var threads: Int
    public var metric: String
    public var unit: String
    public var better: Metric.Direction

    public init(
        case: String, workload: String, backend: Backend, threads: Int, metric: String, unit: String,
        better: Metric.Direction
    ) {
        self.case = `case`
        self.workload = workload
        self.backend = backend
        self.threads = threads
        self.metric = metric
        self.unit = unit
        self.better = better
    }
}

/// How metrics went over the runs of one machine, with what shifted and why. JSON schema `assay.trend/1`.
public struct Trend: Codable, Sendable, Equatable {
    public static let schema = "assay.trend/1"
    public var schema = Trend.schema
    public var machine: MachineIdentity
    public var runs: [Run]
    /// Where the state of the machine is not what it was in the run before.
    public var breaks: [Break]
    public var metrics: [MetricTrend]
    public var rule: Rule

    public struct Run: Codable, Sendable, Equatable {
        public var id: String
        public var created: Date

        public init(id: String, created: Date) {
            self.id = id
            self.created = created
        }
    }

    /// A known change of the machine, before the run it names.
    public struct Break: Codable, Sendable, Equatable {
        /// Index of the first run after it.
        public var run: Int
        public var changes: [Difference]

        public init(run: Int, changes: [Difference]) {
            self.run = run
            self.changes = changes
        }
    }

    public struct MetricTrend: Codable, Sendable, Equatable {
        public var key: SeriesKey
        public var points: [Point]
        public var shifts: [Shift]

        public init(key: SeriesKey, points: [Point], shifts: [Shift]) {
            self.key = key
            self.points = points
            self.shifts = shifts
        }
    }

    public struct Point: Codable, Sendable, Equatable {
        /// Index into `runs`.
        public var run: Int
        public var value: Double
        public var interval: Interval?
        public var status: Status

        public init(run: Int, value: Double, interval: Interval?, status: Status) {
            self.run = run
            self.value = value
            self.interval = interval
            self.status = status
        }
    }

    /// A level that changed and stayed changed.
    public struct Shift: Codable, Sendable, Equatable {
        /// Index of the first run after it.
        public var run: Int
        /// Medians of the segments before and after.
        public var before: Double
        public var after: Double
        public var isWorse: Bool
        public var p: Double
        public var pAdjusted: Double
        /// Known breaks between the last run before and the first after it.
        public var likelyCauses: [Difference]

        public init(
            run: Int, before: Double, after: Double, isWorse: Bool, p: Double, pAdjusted: Double,
            likelyCauses: [Difference]
        ) {
            self.run = run
            self.before = before
            self.after = after
            self.isWorse = isWorse
            self.p = p
            self.pAdjusted = pAdjusted
            self.likelyCauses = likelyCauses
        }

        /// −0.05 for 5 % less.
        public var relative: Double { after / before - 1 }
    }

    public struct Rule: Codable, Sendable, Equatable {
        public var falseDiscoveryRate: Double
        /// Smallest |log ratio| that counts.
        public var magnitude: Double
        /// Runs that a change must last.
        public var persistence: Int
        public var seed: UInt64

        public init(falseDiscoveryRate: Double, magnitude: Double, persistence: Int, seed: UInt64) {
            self.falseDiscoveryRate = falseDiscoveryRate
            self.magnitude = magnitude
            self.persistence = persistence
            self.seed = seed
        }
    }

    public init(machine: MachineIdentity, runs: [Run], breaks: [Break], metrics: [MetricTrend], rule: Rule) {
        self.machine = machine
        self.runs = runs
        self.breaks = breaks
        self.metrics = metrics
        self.rule = rule
    }
}
