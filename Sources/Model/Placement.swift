/// Threads, the processing units they are bound to, memory policy.
public struct Placement: Codable, Sendable, Equatable {
    /// What was asked for; part of the identity.
    public enum Policy: String, Codable, Sendable, CaseIterable {
        /// A fixed number of threads on the first cores, one thread a core.
        case firstCores
        /// One thread on each core.
        case allCores
        /// A fixed number of threads, more than there are cores: one on each core, then SMT siblings.
        case firstUnits
        /// One thread on each processing unit, SMT siblings included.
        case allUnits
        /// A fixed number of threads, one a core, dealt to the NUMA nodes in turn.
        case spreadCores
        /// As `firstUnits`, dealt to the NUMA nodes in turn.
        case spreadUnits

        /// Whether neighbouring threads are far from each other rather than near.
        public var isSpread: Bool { self == .spreadCores || self == .spreadUnits }
    }
    /// Where pages come from; written `local`, `interleave` or `node:1`.
    public enum MemoryPolicy: Codable, Sendable, Equatable, Hashable {
        /// From the node of the thread that touches them first.
        case local
        /// From all NUMA nodes in turn.
        case interleave
        /// From this NUMA node and no other, by the operating system's number.
        case node(Int)
    }
    public var policy: Policy
    /// Operating system numbers, one a thread, in thread order.
    public var processingUnits: [Int]
    public var memory: MemoryPolicy
    /// The NUMA node whose cores alone are used, by the operating system's number; `nil` for those of the whole machine.
    public var node: Int?

    public init(policy: Policy, processingUnits: [Int], memory: MemoryPolicy, node: Int? = nil) {
        self.policy = policy
        self.processingUnits = processingUnits
        self.memory = memory
        self.node = node
    }
}

extension Placement.MemoryPolicy: RawRepresentable {
    /// The largest number of a node that is believed.
    public static let mostNodes = 1 << 16

    public init?(rawValue text: String) {
        if text == "local" {
            self = .local
        } else if text == "interleave" {
            self = .interleave
        } else if text.hasPrefix("node:"), let index = Int(text.dropFirst(5)), (0..<Self.mostNodes).contains(index) {
            self = .node(index)
        } else {
            return nil
        }
    }

    public var rawValue: String {
        switch self {
        case .local: "local"
        case .interleave: "interleave"
        case .node(let index): "node:\(index)"
        }
    }
}
