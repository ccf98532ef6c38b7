/// Where the machine is rented.
public struct Cloud: Codable, Sendable, Equatable {
    public var provider: String
    public var instanceType: Reported<String>
    public var region: Reported<String>

    public init(provider: String, instanceType: Reported<String>, region: Reported<String>) {
        self.provider = provider
        self.instanceType = instanceType
        self.region = region
    }
}
