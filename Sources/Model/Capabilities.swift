/// What the kernel let this process do when it tried. Only a live machine can be asked.
public struct Capabilities: Sendable, Equatable {
    /// Binding the calling thread to each processing unit that it may run on.
    public var bindings: [Binding]
    /// Processing units that are given when all are asked for: the control group's bound, not that of `taskset`.
    public var widestProcessingUnits: Reported<[Int]>
    /// Setting a memory policy.
    public var memoryPolicy: Attempt
    public var counters: [Counter]

    public init(
        bindings: [Binding], widestProcessingUnits: Reported<[Int]>, memoryPolicy: Attempt, counters: [Counter]
    ) {
        self.bindings = bindings
        self.widestProcessingUnits = widestProcessingUnits
        self.memoryPolicy = memoryPolicy
        self.counters = counters
    }

    /// What came of a system call.
    public enum Attempt: Sendable, Equatable {
        case permitted
        case refused(Refusal)
    }

    /// The errors whose cause is known, and the kernel's words for all.
    public struct Refusal: Sendable, Equatable {
        public enum Cause: Sendable, Equatable { case notPermitted, accessDenied, noSuchDevice, notImplemented, other }
        public var cause: Cause
        public var words: String

        public init(_ cause: Cause, _ words: String) {
            self.cause = cause
            self.words = words
        }
    }

    public struct Binding: Sendable, Equatable {
        public var processingUnit: Int
        public var attempt: Attempt

        public init(processingUnit: Int, attempt: Attempt) {
            self.processingUnit = processingUnit
            self.attempt = attempt
        }
    }

    /// A counter that was opened through perf_event_open, left to count, and read.
    public struct Counter: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// The processor's, user space only.
            case hardware
            /// The kernel's own, for this process.
            case software
            /// The processor's, with the kernel's part.
            case hardwareInKernel
        }
        public enum Outcome: Sendable, Equatable {
            case counted
            /// Opened, and still zero after work that must have been counted.
            case silent
            case refused(Refusal)
        }
        /// As perf calls it: `cycles`, `task-clock`.
        public var name: String
        public var kind: Kind
        public var outcome: Outcome

        public init(name: String, kind: Kind, outcome: Outcome) {
            self.name = name
            self.kind = kind
            self.outcome = outcome
        }
    }
}
