public import Model
import Yams

/// What a gate tolerates, from YAML.
///
///     max-regression: 3%
///     must-not: [inconclusive]
///     acknowledge: [library]
///     rules:
///       - {workload: embedding, metric: latency.p99, max-regression: 10%}
///     ignore:
///       - {workload: "embedding 26M", reason: "issue 12", until: 2026-12-31}
public enum PolicyReader {
    private static let terms = ["max-regression", "must-not"]
    private static let scope = ["workload", "metric"]

    /// - Throws: `PlanError` with file, line and key.
    public static func read(_ text: String, file: String) throws(PlanError) -> Policy {
        let root = try YAMLDocument(text, file: file, what: "policy").value
        let values = try root.mapping(terms + ["rules", "ignore", "acknowledge"])
        var policy = Policy(name: file.split(separator: "/").last.map(String.init) ?? file)
        policy.standard = try terms(values)
        for entry in try values["rules"]?.list() ?? [] {
            let parts = try entry.mapping(scope + terms)
            let found = Policy.Entry(scope: try scope(parts), terms: try terms(parts))
            guard found.scope != Policy.Scope() else {
                throw entry.problem("names neither workload nor metric; what holds for all stands at the top")
            }
            guard found.terms != Policy.Terms() else {
                throw entry.problem("says nothing; max-regression or must-not is needed")
            }
            policy.entries.append(found)
        }
        for entry in try values["ignore"]?.list() ?? [] { policy.ignored.append(try ignore(entry)) }
        for word in try values["acknowledge"]?.listOrOne() ?? [] {
            policy.acknowledged.append(try word.choice(Subject.self))
        }
        return policy
    }

    private static func terms(_ values: [String: YAMLValue]) throws(PlanError) -> Policy.Terms {
        var found = Policy.Terms()
        found.maximumRegression = try values["max-regression"]?.share()
        if let words = values["must-not"] {
            var verdicts: Set<Verdict> = []
            for word in try words.listOrOne() {
                let verdict = try word.choice(Verdict.self)
                guard verdict != .slower, verdict != .faster else {
                    throw word.problem("is said between machines only; regressed and improved stand for both here")
                }
                verdicts.insert(verdict)
            }
            found.mustNot = verdicts
        }
        return found
    }

    private static func scope(_ values: [String: YAMLValue]) throws(PlanError) -> Policy.Scope {
        Policy.Scope(workload: try values["workload"]?.string(), metric: try values["metric"]?.string())
    }

    private static func ignore(_ entry: YAMLValue) throws(PlanError) -> Policy.Ignore {
        let values = try entry.mapping(scope + ["reason", "until"])
        guard let reason = values["reason"] else { throw entry.problem("has no reason; say why it is ignored") }
        guard let until = values["until"] else {
            throw entry.problem("has no date; until: 2026-12-31 says when to look again")
        }
        let found = try scope(values)
        guard found != Policy.Scope() else { throw entry.problem("names neither workload nor metric") }
        let day = try until.string()
        guard Price.isDay(day) else { throw until.problem("is \(until.shown); a day such as 2026-12-31 is needed") }
        let line = entry.node.mark.map { ":\($0.line)" } ?? ""
        return Policy.Ignore(
            scope: found, reason: try reason.string(), until: day, place: "\(entry.file)\(line)")
    }
}
