import Model
import Plan
import Testing

@Suite struct PolicyTests {
    private func read(_ text: String) throws(PlanError) -> Policy {
        try PolicyReader.read(text, file: "ci/policy.yaml")
    }

    @Test func everythingAPolicyCanSay() throws {
        let policy = try read(
            """
            max-regression: 3%
            must-not: [regressed, inconclusive]
            acknowledge: [library, isa]
            rules:
              - {workload: embedding, metric: latency.p99, max-regression: 10%}
              - {metric: bandwidth, must-not: regressed}
            ignore:
              - {workload: "embedding 26M", reason: "issue 12", until: 2026-12-31}
            """)
        #expect(policy.name == "policy.yaml")
        #expect(policy.standard == Policy.Terms(maximumRegression: 0.03, mustNot: [.regressed, .inconclusive]))
        #expect(policy.acknowledged == [.library, .isa])
        #expect(policy.terms(workload: "embedding 4M", metric: "latency.p99").maximumRegression == 0.1)
        #expect(policy.terms(workload: "embedding 4M", metric: "throughput").maximumRegression == 0.03)
        #expect(policy.terms(workload: "triad", metric: "bandwidth").mustNot == [.regressed])
        #expect(policy.ignored.first?.place == "ci/policy.yaml:8")
    }

    @Test(arguments: [
        ("max-regresion: 3%", "ci/policy.yaml:1: unknown key max-regresion"),
        ("max-regression: lots", "max-regression: is lots; a share"),
        ("max-regression: 300%", "a share such as 1% or 0.01 is needed"),
        ("must-not: slower", "between machines only"),
        ("must-not: worse", "must-not: unknown: worse"),
        ("rules:\n  - {max-regression: 3%}", "ci/policy.yaml:2: rules[0]: names neither workload nor metric"),
        ("rules:\n  - {workload: x}", "rules[0]: says nothing"),
        ("ignore:\n  - {workload: x, until: 2026-12-31}", "ignore[0]: has no reason"),
        ("ignore:\n  - {workload: x, reason: y}", "ignore[0]: has no date"),
        ("ignore:\n  - {reason: y, until: 2026-12-31}", "ignore[0]: names neither"),
        ("ignore:\n  - {workload: x, reason: y, until: 2026-02-30}", "ignore[0].until: is 2026-02-30; a day"),
        ("ignore:\n  - {workload: x, reason: y, until: soon}", "ignore[0].until: is soon; a day"),
        ("acknowledge: luck", "acknowledge: unknown: luck"),
        ("", "ci/policy.yaml: is empty"), ("- a\n- b", "a mapping is needed"),
        ("a: &b [*b]", "not accepted in a policy (anchors and aliases)"),
        ("must-not: [regressed", "not YAML"),
    ])
    func faultsNameTheirPlace(text: String, problem: String) {
        let error = #expect(throws: PlanError.self) { try read(text) }
        #expect(error?.kind == .badInput)
        #expect(error.map { "\($0)" }?.contains(problem) == true, "\(error.map { "\($0)" } ?? "none")")
    }
}
