/// How data gets to an accelerator, and from one to another.
extension Accelerator {
    /// PCI Express. An idle device may run its link slower than it can.
    public struct HostLink: Codable, Sendable, Equatable {
        public var generation: Reported<Int>
        public var maximumGeneration: Reported<Int>
        public var lanes: Reported<Int>
        public var maximumLanes: Reported<Int>

        public init(
            generation: Reported<Int>, maximumGeneration: Reported<Int>, lanes: Reported<Int>,
            maximumLanes: Reported<Int>
        ) {
            self.generation = generation
            self.maximumGeneration = maximumGeneration
            self.lanes = lanes
            self.maximumLanes = maximumLanes
        }
    }

    /// Links that do not go through the host.
    public struct Interconnect: Codable, Sendable, Equatable {
        /// `NVLink`, `XGMI`.
        public var name: String
        /// Each link that the device has, active or not. Empty where only its peers are told.
        public var links: [Link]
        /// Other devices that it reaches; absent where only links are told.
        public var peers: Int?

        public init(name: String, links: [Link], peers: Int? = nil) {
            self.name = name
            self.links = links
            self.peers = peers
        }
    }

    public struct Link: Codable, Sendable, Equatable {
        public var index: Int
        public var isActive: Bool
        /// `4.0`
        public var version: Reported<String>
        /// What is at the other end: `GPU`, `switch`.
        public var remote: Reported<String>

        public init(index: Int, isActive: Bool, version: Reported<String>, remote: Reported<String>) {
            self.index = index
            self.isActive = isActive
            self.version = version
            self.remote = remote
        }
    }
}
