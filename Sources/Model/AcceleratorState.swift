/// How an accelerator runs, and within which limits.
extension Accelerator {
    /// One clock, Hz.
    public struct Clock: Codable, Sendable, Equatable {
        /// `graphics`, `multiprocessor`, `memory`.
        public var domain: String
        /// When probed; an idle device clocks down.
        public var current: Reported<Double>
        public var maximum: Reported<Double>
        /// What applications get unless something holds them back; absent where there is no such setting.
        public var application: Reported<Double>?

        public init(
            domain: String, current: Reported<Double>, maximum: Reported<Double>, application: Reported<Double>? = nil
        ) {
            self.domain = domain
            self.current = current
            self.maximum = maximum
            self.application = application
        }
    }

    /// Watts.
    public struct Power: Codable, Sendable, Equatable {
        public var current: Reported<Double>
        /// In force.
        public var limit: Reported<Double>
        public var defaultLimit: Reported<Double>
        /// Between which the limit may be set.
        public var minimumLimit: Reported<Double>
        public var maximumLimit: Reported<Double>
        /// Whether it counts energy, the better source: power that is read now and then misses what is between.
        public var hasEnergyCounter: Reported<Bool>

        public init(
            current: Reported<Double>, limit: Reported<Double>, defaultLimit: Reported<Double>,
            minimumLimit: Reported<Double>, maximumLimit: Reported<Double>, hasEnergyCounter: Reported<Bool>
        ) {
            self.current = current
            self.limit = limit
            self.defaultLimit = defaultLimit
            self.minimumLimit = minimumLimit
            self.maximumLimit = maximumLimit
            self.hasEnergyCounter = hasEnergyCounter
        }
    }

    /// A setting, now and after the next reset where these may differ.
    public struct Mode: Codable, Sendable, Equatable {
        /// `errorCorrection`, `multiInstance`, `persistence`, `computeMode`, `performanceLevel`, …
        public var name: String
        public var current: Reported<String>
        public var pending: Reported<String>?

        public init(name: String, current: Reported<String>, pending: Reported<String>? = nil) {
            self.name = name
            self.current = current
            self.pending = pending
        }
    }

    /// A part of a device that stands for a device.
    public struct Instance: Codable, Sendable, Equatable {
        public var name: Reported<String>
        public var bytes: Reported<UInt64>
        public var multiprocessors: Reported<Int>

        public init(name: Reported<String>, bytes: Reported<UInt64>, multiprocessors: Reported<Int>) {
            self.name = name
            self.bytes = bytes
            self.multiprocessors = multiprocessors
        }
    }
}
