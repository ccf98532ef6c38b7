/// Where the machine is rented, as its firmware and the provider's metadata service tell.
public struct Cloud: Codable, Sendable, Equatable {
    /// What is answered where no metadata service was asked, or a bundle is older than the field.
    public static let unrecorded = "not recorded"

    /// `Amazon Web Services`, `Google Cloud`, `Microsoft Azure`, `Oracle Cloud`, or whom the firmware names.
    public var provider: String
    /// As the provider calls it: `c7i.4xlarge`, `n2-standard-8`, `Standard_D8s_v5`, `VM.Standard.E5.Flex`.
    public var instanceType: Reported<String>
    /// `eu-central-1`, `us-central1`, `westeurope`.
    public var region: Reported<String>
    /// `eu-central-1a`, `us-central1-a`, `2`: names of zones mean different places to different accounts.
    public var zone: Reported<String>
    /// `on-demand` or `spot` (preemptible); AWS knows others, which stand as it writes them.
    public var lifecycle: Reported<String>
    /// From which image it was started: an AMI, the name of an image, `publisher:offer:sku:version`.
    public var image: Reported<String>
    /// The processor generation as the provider names it, `Intel Ice Lake`: Google Cloud only.
    public var cpuPlatform: Reported<String>
    /// `bare metal` or `dedicated host`; shared hosts are told by no metadata service.
    public var tenancy: Reported<String>
    /// Bytes that the instance is said to have: Oracle Cloud only.
    public var memoryBytes: Reported<UInt64>
    /// What named the provider, each with its source: `/sys/class/dmi/id/sys_vendor: Amazon EC2`.
    public var evidence: [String]
    /// Only for who asks for identifiers.
    public var identifiers: Identifiers?

    public struct Identifiers: Codable, Sendable, Equatable {
        /// Of this instance.
        public var instance: String?
        /// Account, project, subscription or tenancy.
        public var account: String?

        public init(instance: String?, account: String?) {
            self.instance = instance
            self.account = account
        }
    }

    public init(
        provider: String, instanceType: Reported<String>, region: Reported<String>,
        zone: Reported<String> = .unknown(Cloud.unrecorded), lifecycle: Reported<String> = .unknown(Cloud.unrecorded),
        image: Reported<String> = .unknown(Cloud.unrecorded),
        cpuPlatform: Reported<String> = .unknown(Cloud.unrecorded),
        tenancy: Reported<String> = .unknown(Cloud.unrecorded),
        memoryBytes: Reported<UInt64> = .unknown(Cloud.unrecorded), evidence: [String] = [],
        identifiers: Identifiers? = nil
    ) {
        self.provider = provider
        self.instanceType = instanceType
        self.region = region
        self.zone = zone
        self.lifecycle = lifecycle
        self.image = image
        self.cpuPlatform = cpuPlatform
        self.tenancy = tenancy
        self.memoryBytes = memoryBytes
        self.evidence = evidence
        self.identifiers = identifiers
    }

    /// A cloud of which nothing is known but its provider, and why.
    public init(provider: String, else reason: String) {
        self.init(
            provider: provider, instanceType: .unknown(reason), region: .unknown(reason), zone: .unknown(reason),
            lifecycle: .unknown(reason), image: .unknown(reason), cpuPlatform: .unknown(reason),
            tenancy: .unknown(reason), memoryBytes: .unknown(reason))
    }

    /// Keys that came later may be missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func later<Value: Codable>(_ key: CodingKeys) throws -> Reported<Value> {
            try values.decodeIfPresent(Reported<Value>.self, forKey: key) ?? .unknown(Cloud.unrecorded)
        }
        self.init(
            provider: try values.decode(String.self, forKey: .provider),
            instanceType: try values.decode(Reported<String>.self, forKey: .instanceType),
            region: try values.decode(Reported<String>.self, forKey: .region), zone: try later(.zone),
            lifecycle: try later(.lifecycle), image: try later(.image), cpuPlatform: try later(.cpuPlatform),
            tenancy: try later(.tenancy), memoryBytes: try later(.memoryBytes),
            evidence: try values.decodeIfPresent([String].self, forKey: .evidence) ?? [],
            identifiers: try values.decodeIfPresent(Identifiers.self, forKey: .identifiers))
    }
}
