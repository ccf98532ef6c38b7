#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `assay noise` found out about a machine, for later runs on it. JSON schema `assay.profile/1`.
public struct MachineProfile: Codable, Sendable, Equatable {
    public static let schema = "assay.profile/1"
    public var schema = MachineProfile.schema
    /// Of the machine as it was.
    public var fingerprint: String
    /// What the fingerprint is taken over, so that a person can see what changed.
    public var facts: [Fact]
    public var measured: Date
    public var tool: Tool
    /// Bundle that the floor follows from.
    public var bundle: String
    public var suite: String
    public var noiseFloor: NoiseFloor

    public struct Fact: Codable, Sendable, Equatable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// - Returns: `nil` where the bundle measured no floor of its own.
    public init?(_ bundle: Bundle) {
        guard let floor = bundle.noiseFloor.value, floor.profile == nil else { return nil }
        fingerprint = bundle.machine.fingerprint
        facts = Fingerprint.facts(bundle.machine).map { Fact(name: $0.name, value: $0.value) }
        measured = bundle.created
        tool = bundle.tool
        self.bundle = bundle.id
        suite = bundle.plan.suite
        noiseFloor = floor
    }

    /// The floor as a later bundle carries it: with where it comes from.
    public var floorForBundles: NoiseFloor {
        var floor = noiseFloor
        floor.profile = NoiseFloor.Profile(fingerprint: fingerprint, measured: measured)
        return floor
    }
}
