/// Claimed against visible: one sentence with its evidence.
public struct Claim: Codable, Sendable, Equatable {
    /// The subject where processors are lent for bursts: no claim bears more on what a measurement is worth.
    public static let sustainedSpeed = "sustained speed"

    public var subject: String
    public var claimed: String
    public var visible: String
    public var evidence: String

    public init(subject: String, claimed: String, visible: String, evidence: String) {
        self.subject = subject
        self.claimed = claimed
        self.visible = visible
        self.evidence = evidence
    }
}
