public import Model

/// Everything that was looked at, from which the rules find.
public struct Examination: Sendable {
    public var tool: Tool
    /// Whether this Assay was built with optimisation.
    public var isOptimized: Bool
    public var machine: Machine
    public var surroundings: Surroundings
    public var watch: WatchSurvey
    public var variants: [Variant]
    /// Whether the metadata service of a cloud could be asked.
    public var asksCloud: Bool
    /// Absent where captured files are replayed: then nothing of the live machine may be asked.
    public var live: Live?

    public init(
        tool: Tool, isOptimized: Bool, machine: Machine, surroundings: Surroundings, watch: WatchSurvey,
        variants: [Variant], asksCloud: Bool, live: Live?
    ) {
        self.tool = tool
        self.isOptimized = isOptimized
        self.machine = machine
        self.surroundings = surroundings
        self.watch = watch
        self.variants = variants
        self.asksCloud = asksCloud
        self.live = live
    }

    /// An instruction set that Assay's own kernels have variants for.
    public struct Variant: Sendable {
        public var name: String
        /// Absent where the processor cannot be asked.
        public var isSupported: Bool?

        public init(name: String, isSupported: Bool?) {
            self.name = name
            self.isSupported = isSupported
        }
    }

    /// What only the machine at hand can answer.
    public struct Live: Sendable {
        public var capabilities: Capabilities
        public var clock: ClockReport
        public var quiet: QuietReading
        /// Canaries that could not be made, with the reason.
        public var absentCanaries: [Diagnosis.Omission]
        public var backends: [BackendState]
        public var storage: Reported<Storage>

        public init(
            capabilities: Capabilities, clock: ClockReport, quiet: QuietReading,
            absentCanaries: [Diagnosis.Omission], backends: [BackendState], storage: Reported<Storage>
        ) {
            self.capabilities = capabilities
            self.clock = clock
            self.quiet = quiet
            self.absentCanaries = absentCanaries
            self.backends = backends
            self.storage = storage
        }
    }

    /// Whether a library was found and loaded.
    public struct BackendState: Sendable {
        public var backend: Backend
        public var isAvailable: Bool
        /// What was loaded, or why nothing was.
        public var detail: String

        public init(backend: Backend, isAvailable: Bool, detail: String) {
            self.backend = backend
            self.isAvailable = isAvailable
            self.detail = detail
        }
    }
}
