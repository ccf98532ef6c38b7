/// What can be measured here, what cannot and why, and what would change it. JSON schema `assay.doctor/1`.
public struct Diagnosis: Codable, Sendable, Equatable {
    public static let schema = "assay.doctor/1"
    public var schema = Diagnosis.schema
    public var tool: Tool
    /// Whether anything was measured: false where captured files were replayed, and then the verdict speaks of them alone.
    public var measured: Bool
    /// Whether a standard run can be trusted: no finding is disqualifying.
    public var trusted: Bool
    /// The same in a sentence, with the reasons.
    public var verdict: String
    public var findings: [Finding]
    /// What was not looked at, and why.
    public var omitted: [Omission]
    public var clock: ClockReport?
    public var quiet: QuietReading?

    public init(
        tool: Tool, measured: Bool, trusted: Bool, verdict: String, findings: [Finding], omitted: [Omission],
        clock: ClockReport?, quiet: QuietReading?
    ) {
        self.tool = tool
        self.measured = measured
        self.trusted = trusted
        self.verdict = verdict
        self.findings = findings
        self.omitted = omitted
        self.clock = clock
        self.quiet = quiet
    }

    /// One thing that Assay measures or needs, and how it stands with it here.
    public struct Finding: Codable, Sendable, Equatable {
        public enum Status: String, Codable, Sendable, CaseIterable { case available, degraded, unavailable }
        /// In the order in which they are shown.
        public enum Group: String, Codable, Sendable, CaseIterable {
            case machine, compute, placement, memory, clock, quiet, settings, watch, counters, power, output, tool
        }

        /// Stable key: `cpuQuota`, `power.powercapRAPL`, `canary.bandwidth`.
        public var id: String
        public var group: Group
        /// What a person calls it.
        public var subject: String
        public var status: Status
        /// A standard run cannot be trusted while this stands.
        public var isDisqualifying: Bool
        /// What was seen.
        public var evidence: String
        /// What would make it available; absent where it is.
        public var mend: Mend?

        public init(
            id: String, group: Group, subject: String, status: Status, isDisqualifying: Bool, evidence: String,
            mend: Mend?
        ) {
            self.id = id
            self.group = group
            self.subject = subject
            self.status = status
            self.isDisqualifying = isDisqualifying
            self.evidence = evidence
            self.mend = mend
        }
    }

    /// Something not looked at.
    public struct Omission: Codable, Sendable, Equatable {
        public var subject: String
        public var reason: String

        public init(subject: String, reason: String) {
            self.subject = subject
            self.reason = reason
        }
    }
}

/// What a person can do about a finding.
public enum Mend: Sendable, Equatable {
    public enum Place: String, Codable, Sendable {
        /// Typed in the shell in which Assay was started.
        case here
        /// Typed outside the container, by who started it.
        case host
    }
    case command(String, on: Place)
    /// Nothing that can be done here changes it; says why, or where it would be different.
    case nothing(String)
}

/// JSON: `{"command": "sudo …", "on": "here"}` or `{"nothing": "why"}`.
extension Mend: Codable {
    private enum Key: String, CodingKey { case command, on, nothing }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let reason = try container.decodeIfPresent(String.self, forKey: .nothing) {
            self = .nothing(reason)
        } else {
            self = .command(
                try container.decode(String.self, forKey: .command), on: try container.decode(Place.self, forKey: .on))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .command(let command, let place):
            try container.encode(command, forKey: .command)
            try container.encode(place, forKey: .on)
        case .nothing(let reason): try container.encode(reason, forKey: .nothing)
        }
    }
}
