/// Everything probed about a machine. JSON schema `assay.machine/1`.
public struct Machine: Codable, Sendable, Equatable {
    public static let schema = "assay.machine/1"
    public var schema = Machine.schema
    public var topology: Topology
    public var processor: Processor
    public var memory: Memory
    /// Unknown where none of it is told.
    public var firmware: Reported<SystemFirmware>
    public var software: Software
    public var tunables: [Tunable]
    public var cloud: Cloud.Answer
    public var limits: Limits
    public var power: [PowerSurvey]
    public var claims: [Claim]
    /// GPUs and other accelerators; display adapters that only draw are among the devices of the topology.
    public var accelerators: [Accelerator]
    /// In one sentence what there is; that there is none is a plain answer.
    public var acceleratorsNote: Reported<String>
    /// Host name, serial numbers, addresses: only where they were asked for, else the key is absent.
    public var identifiers: [Identifier]?

    public init(
        topology: Topology, processor: Processor, memory: Memory,
        firmware: Reported<SystemFirmware> = .unknown("not probed"), software: Software, tunables: [Tunable],
        cloud: Cloud.Answer, limits: Limits, power: [PowerSurvey], claims: [Claim],
        accelerators: [Accelerator] = [], acceleratorsNote: Reported<String> = .unknown("not probed"),
        identifiers: [Identifier]? = nil
    ) {
        self.topology = topology
        self.processor = processor
        self.memory = memory
        self.firmware = firmware
        self.software = software
        self.tunables = tunables
        self.cloud = cloud
        self.limits = limits
        self.power = power
        self.claims = claims
        self.accelerators = accelerators
        self.acceleratorsNote = acceleratorsNote
        self.identifiers = identifiers
    }
}
