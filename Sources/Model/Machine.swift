/// Everything probed about a machine. JSON schema `assay.machine/1`.
public struct Machine: Codable, Sendable, Equatable {
    public static let schema = "assay.machine/1"
    public var schema = Machine.schema
    public var topology: Topology
    public var processor: Processor
    public var memory: Memory
    public var software: Software
    public var tunables: [Tunable]
    public var cloud: Cloud.Answer
    public var limits: Limits
    public var power: [PowerSurvey]
    public var claims: [Claim]

    public init(
        topology: Topology, processor: Processor, memory: Memory, software: Software, tunables: [Tunable],
        cloud: Cloud.Answer, limits: Limits, power: [PowerSurvey], claims: [Claim]
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
    }
}
