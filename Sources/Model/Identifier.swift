/// Something that tells this very machine from every other, or who runs it. Only read for who asks.
public struct Identifier: Codable, Sendable, Equatable {
    /// Stable key: `hostName`, `productSerial`, `hardwareAddress.eth0`, …
    public var name: String
    public var value: Reported<String>

    public init(name: String, value: Reported<String>) {
        self.name = name
        self.value = value
    }
}
