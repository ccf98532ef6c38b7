/// From where on a process counts as disturbed.
public enum DisturbanceBounds {
    /// Share of CPU time taken by the hypervisor.
    public static let steal = 0.01
    /// Share of CPU time used by others on this machine.
    public static let otherLoad = 0.05
    /// Involuntary switches a second and thread. A machine whose processing units are all at work switches some 25 times a
    /// second to threads of the kernel, for microseconds; to a competitor for the processing unit, 250 times.
    public static let switchesPerSecond = 100.0
    /// Share of the time in which a thread that was ready to run did not.
    public static let waiting = 0.02
    /// Migrations a second; a bound thread has none, and a few belong to starting up.
    public static let migrationsPerSecond = 20.0
    /// Share of the time in which some task waited for a processor (PSI), beyond what the process's own threads explain.
    public static let pressure = 0.2
    /// Page faults that waited for a disk, a second of sampling.
    public static let majorFaultsPerSecond = 1.0
    /// Largest fall of the mean frequency below the process's own highest, as a share.
    public static let frequencyFall = 0.1
    /// How much slower than the run's median a canary may be: arithmetic moves with the clock alone, memory also with
    /// everybody who shares it.
    public static let arithmeticCanary = 0.05
    public static let memoryCanary = 0.2
}

/// What disturbed a process, with the value and the bound that it is beyond.
public struct Disturbance: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case steal, otherLoad, throttling, involuntarySwitches, waiting, migrations, pressure, majorFaults, frequency
        case thermal, acceleratorSlowdown, setting, canary

        /// In a sentence: `other load`.
        public var words: String {
            switch self {
            case .steal: "steal"
            case .otherLoad: "other load"
            case .throttling: "cgroup throttling"
            case .involuntarySwitches: "involuntary switches"
            case .waiting: "waiting for a processor"
            case .migrations: "migrations"
            case .pressure: "pressure"
            case .majorFaults: "page faults from disk"
            case .frequency: "a fall of the frequency"
            case .thermal: "thermal throttling"
            case .acceleratorSlowdown: "accelerator slowdown"
            case .setting: "a changed setting"
            case .canary: "a slow canary"
            }
        }
    }

    public var kind: Kind
    /// In the unit of the bound: a share of time, a rate a second, a count.
    public var value: Double
    public var bound: Double
    /// Which canary, which setting, which reason of an accelerator.
    public var detail: String?

    public init(_ kind: Kind, _ value: Double, beyond bound: Double, detail: String? = nil) {
        self.kind = kind
        self.value = value
        self.bound = bound
        self.detail = detail
    }
}

/// Why a process does not count, and which one took its place.
public struct Exclusion: Codable, Sendable, Equatable {
    /// At least one.
    public var causes: [Disturbance]
    /// Number of the process of the same case that was run in its place and was quiet; absent for a replacement that was
    /// itself disturbed.
    public var replacedBy: Int?

    public init(causes: [Disturbance], replacedBy: Int? = nil) {
        self.causes = causes
        self.replacedBy = replacedBy
    }
}

/// The same short piece of work before and after a process: what it took says how fast the machine was around it.
public struct CanaryPair: Codable, Sendable, Equatable {
    /// `ALU`, `bandwidth`, `latency`.
    public var name: String
    /// Where it ran; absent where the thread could not be bound.
    public var processingUnit: Int?
    /// Seconds; the median of a few repetitions.
    public var before: Double
    public var after: Double

    public init(name: String, processingUnit: Int? = nil, before: Double, after: Double) {
        self.name = name
        self.processingUnit = processingUnit
        self.before = before
        self.after = after
    }
}

/// What the watch itself cost.
public struct WatchReport: Codable, Sendable, Equatable {
    /// Seconds between two looks; the longest used, where looks were dear and it was lengthened.
    public var period: Double
    public var polls: Int
    /// Processor time of its thread, by the thread's own clock, seconds.
    public var cpuSeconds: Double
    /// Seconds it watched.
    public var duration: Double
    /// Processor time of the canaries and of what else was done between processes, seconds; never while a process sampled.
    public var betweenSeconds: Double?
    /// What cannot be watched here, each with its reason.
    public var absent: [Absence]

    public struct Absence: Codable, Sendable, Equatable {
        public var subject: String
        public var reason: String

        public init(subject: String, reason: String) {
            self.subject = subject
            self.reason = reason
        }
    }

    /// Of one core, 0 … 1.
    public var share: Double { duration > 0 ? cpuSeconds / duration : 0 }

    public init(
        period: Double, polls: Int, cpuSeconds: Double, duration: Double, betweenSeconds: Double? = nil,
        absent: [Absence] = []
    ) {
        self.period = period
        self.polls = polls
        self.cpuSeconds = cpuSeconds
        self.duration = duration
        self.betweenSeconds = betweenSeconds
        self.absent = absent
    }
}

extension WatchReport {
    /// Of all sittings together; `nil` for none.
    public init?(_ sittings: [WatchReport]) {
        guard let last = sittings.last else { return nil }
        let between = sittings.compactMap(\.betweenSeconds)
        self.init(
            period: sittings.map(\.period).max() ?? last.period, polls: sittings.reduce(0) { $0 + $1.polls },
            cpuSeconds: sittings.reduce(0) { $0 + $1.cpuSeconds }, duration: sittings.reduce(0) { $0 + $1.duration },
            betweenSeconds: between.isEmpty ? nil : between.reduce(0, +), absent: last.absent)
    }
}
