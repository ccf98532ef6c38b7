/// What a gate tolerates: read from YAML by `Plan`, applied by `Judge`.
public struct Policy: Codable, Sendable, Equatable {
    /// Name of the file it came from; absent for the rules that hold without one.
    public var name: String?
    public var standard: Terms
    /// Later entries override earlier ones, for what they match.
    public var entries: [Entry]
    public var ignored: [Ignore]
    /// Differences that are the thing compared.
    public var acknowledged: [Subject]

    /// What holds for a metric.
    public struct Terms: Codable, Sendable, Equatable {
        /// Smallest change that counts, as a share: 0.03 for 3 %.
        public var maximumRegression: Double?
        /// Verdicts that are findings, beside those that always are.
        public var mustNot: Set<Verdict>?

        public init(maximumRegression: Double? = nil, mustNot: Set<Verdict>? = nil) {
            self.maximumRegression = maximumRegression
            self.mustNot = mustNot
        }
    }

    /// Which metrics are meant: all where nothing is named.
    public struct Scope: Codable, Sendable, Equatable {
        /// Part of the workload's name.
        public var workload: String?
        /// The metric's whole name.
        public var metric: String?

        public init(workload: String? = nil, metric: String? = nil) {
            self.workload = workload
            self.metric = metric
        }

        public func matches(workload name: String, metric other: String) -> Bool {
            (workload.map { name.contains($0) } ?? true) && (metric.map { $0 == other } ?? true)
        }

        public var text: String {
            [workload, metric].compactMap { $0 }.joined(separator: ", ")
        }
    }

    public struct Entry: Codable, Sendable, Equatable {
        public var scope: Scope
        public var terms: Terms

        public init(scope: Scope, terms: Terms) {
            self.scope = scope
            self.terms = terms
        }
    }

    public struct Ignore: Codable, Sendable, Equatable {
        public var scope: Scope
        public var reason: String
        /// Last day on which it holds, `2026-12-31`.
        public var until: String
        /// Where it stands: `policy.yaml:12`.
        public var place: String

        public init(scope: Scope, reason: String, until: String, place: String) {
            self.scope = scope
            self.reason = reason
            self.until = until
            self.place = place
        }
    }

    public init(
        name: String? = nil, standard: Terms = Terms(), entries: [Entry] = [], ignored: [Ignore] = [],
        acknowledged: [Subject] = []
    ) {
        self.name = name
        self.standard = standard
        self.entries = entries
        self.ignored = ignored
        self.acknowledged = acknowledged
    }

    /// A regression is a finding whatever else a policy forbids: what may regress says a threshold, or the ignore list with
    /// its reason and its date.
    public static let usualMustNot: Set<Verdict> = [.regressed]

    /// What holds for one metric.
    public func terms(workload: String, metric: String) -> Terms {
        var terms = standard
        for entry in entries where entry.scope.matches(workload: workload, metric: metric) {
            if let maximum = entry.terms.maximumRegression { terms.maximumRegression = maximum }
            if let mustNot = entry.terms.mustNot { terms.mustNot = mustNot }
        }
        return terms
    }
}
