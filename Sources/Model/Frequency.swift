/// What somebody states about a frequency of the processor, and who. None of it is measured.
public struct Frequency: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// What the maker sells it as.
        case nominal
        /// What it keeps up under any load that obeys the power limit.
        case base
        /// The highest, on few cores.
        case maximum
        /// At which time is counted: the time-stamp counter, Arm's generic timer.
        case timeStampCounter
    }
    public var kind: Kind
    public var hertz: Double
    /// A file, a leaf of CPUID, the model's name.
    public var source: String
    /// For which processing units, kernel list format; absent where it holds for all.
    public var processingUnits: String?

    public init(kind: Kind, hertz: Double, source: String, processingUnits: String? = nil) {
        self.kind = kind
        self.hertz = hertz
        self.source = source
        self.processingUnits = processingUnits
    }
}

/// The counter of the processor by which time is told.
public struct TimeStampCounter: Codable, Sendable, Equatable {
    /// `TSC`, or `generic timer` on Arm.
    public var name: String
    /// Whether it runs at one rate whatever the cores do.
    public var isInvariant: Reported<Bool>
    /// Hz.
    public var frequency: Reported<Double>
    /// What the kernel tells time by: `tsc`, `hpet`, `kvm-clock`, `arch_sys_counter`.
    public var clockSource: Reported<String>

    public init(
        name: String, isInvariant: Reported<Bool>, frequency: Reported<Double>, clockSource: Reported<String>
    ) {
        self.name = name
        self.isInvariant = isInvariant
        self.frequency = frequency
        self.clockSource = clockSource
    }
}
