/// What became of a published bundle's claims when its plan was run again. JSON schema `assay.reproduction/1`.
public struct Reproduction: Codable, Sendable, Equatable {
    public static let schema = "assay.reproduction/1"
    public var schema = Reproduction.schema
    public var published: RunReference
    public var reproduced: RunReference
    /// What is not the same, of machine, rules and Assay.
    public var differences: [Difference]
    /// Share by which a value may differ and the claim still holds.
    public var tolerance: Double
    public var claims: [Claim]
    /// What a reader should know of the bundles: that one of them does not verify. Absent where nothing is.
    public var warnings: [String]?

    /// One published number.
    public struct Claim: Codable, Sendable, Equatable {
        public enum Outcome: String, Codable, Sendable, CaseIterable {
            case holds
            case doesNotHold = "does not hold"
            /// Measured, and neither is certain.
            case undecided
            case notTried = "not tried"
        }
        public var `case`: Case
        public var metric: String
        public var unit: String
        public var published: Comparison.Side
        public var reproduced: Comparison.Side?
        public var change: Comparison.Change?
        public var outcome: Outcome
        /// By which rule, or why not.
        public var reason: String

        public init(
            case: Case, metric: String, unit: String, published: Comparison.Side, reproduced: Comparison.Side?,
            change: Comparison.Change?, outcome: Outcome, reason: String
        ) {
            self.case = `case`
            self.metric = metric
            self.unit = unit
            self.published = published
            self.reproduced = reproduced
            self.change = change
            self.outcome = outcome
            self.reason = reason
        }
    }

    public init(
        published: RunReference, reproduced: RunReference, differences: [Difference], tolerance: Double,
        claims: [Claim]
    ) {
        self.published = published
        self.reproduced = reproduced
        self.differences = differences
        self.tolerance = tolerance
        self.claims = claims
    }

    public func count(_ outcome: Claim.Outcome) -> Int { claims.count { $0.outcome == outcome } }
}
