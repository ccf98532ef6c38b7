/// What the regression gate says. JSON schema `assay.check/1`.
public struct CheckReport: Codable, Sendable, Equatable {
    public static let schema = "assay.check/1"
    public var schema = CheckReport.schema
    /// The worst that counts: what the exit code says in a word.
    public var outcome: Outcome
    /// 0 passed, 1 findings, 3 inconclusive, 4 not comparable.
    public var exitCode: Int
    /// Name of the policy's file; absent where there was none.
    public var policy: String?
    /// Whether flagged cases were measured again before the verdict.
    public var isConfirmed: Bool
    /// What breaks the policy.
    public var findings: [Finding]
    /// Findings that the policy says to ignore, each with its reason.
    public var ignored: [IgnoredFinding]
    /// One for all baselines together, or one for each.
    public var comparisons: [Comparison]

    public enum Outcome: String, Codable, Sendable {
        case passed, findings, inconclusive
        case notComparable = "not comparable"
    }

    public struct Finding: Codable, Sendable, Equatable {
        public enum Kind: String, Codable, Sendable {
            case regressed, improved, equivalent, inconclusive
            case notComparable = "not comparable"
            /// An entry of the policy's ignore list is past its date.
            case expired
        }
        public var kind: Kind
        /// Workload and backend, or the entry of the policy.
        public var subject: String
        /// Identity of the case; absent for what is no case.
        public var `case`: String?
        public var metric: String?
        /// Which comparison, from 0.
        public var comparison: Int?
        /// One sentence with both values.
        public var text: String

        public init(
            kind: Kind, subject: String, case: String? = nil, metric: String? = nil, comparison: Int? = nil,
            text: String
        ) {
            self.kind = kind
            self.subject = subject
            self.case = `case`
            self.metric = metric
            self.comparison = comparison
            self.text = text
        }
    }

    public struct IgnoredFinding: Codable, Sendable, Equatable {
        public var finding: Finding
        public var reason: String
        /// Last day on which it is ignored, `2026-12-31`.
        public var until: String

        public init(finding: Finding, reason: String, until: String) {
            self.finding = finding
            self.reason = reason
            self.until = until
        }
    }

    public init(
        outcome: Outcome, exitCode: Int, policy: String?, isConfirmed: Bool, findings: [Finding],
        ignored: [IgnoredFinding], comparisons: [Comparison]
    ) {
        self.outcome = outcome
        self.exitCode = exitCode
        self.policy = policy
        self.isConfirmed = isConfirmed
        self.findings = findings
        self.ignored = ignored
        self.comparisons = comparisons
    }
}
