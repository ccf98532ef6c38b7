/// Everything probed about a machine. JSON schema `assay.machine/1`.
public struct Machine: Codable, Sendable, Equatable {
    public static let schema = "assay.machine/1"
    public var schema = Machine.schema
    public var topology: Topology
    public var processor: Processor
    public var memory: Memory
    public var software: Software
    public var tunables: [Tunable]
    public var cloud: Reported<Cloud>
    public var limits: Limits
    public var power: [PowerSurvey]
    public var claims: [Claim]
    /// Host name, serial numbers, addresses: only where they were asked for, else the key is absent.
    public var identifiers: [Identifier]?

    public init(
        topology: Topology, processor: Processor, memory: Memory, software: Software, tunables: [Tunable],
        cloud: Reported<Cloud>, limits: Limits, power: [PowerSurvey], claims: [Claim],
        identifiers: [Identifier]? = nil
    ) {
        self.topology = topology
        self.processor = processor
        self.memory = memory
        self.software = software
        self.tunables = tunables
        self.cloud = cloud
        self.limits = limits
        self.power = power
        self.claims = claims
        self.identifiers = identifiers
    }
}
