import Judge
import Model
import TestSupport
import Testing

@Suite struct GateTests {
    private func comparison(_ seconds: Double, spread: Double = 0.002, policy: Policy = Policy()) -> Comparison {
        var options = Judge.Options()
        options.resamples = 0
        options.policy = policy
        return Judge.compare(
            base: [sampleRun(0.1, spread: spread, id: "a")], new: sampleRun(seconds, spread: spread, id: "bb"),
            options: options)
    }

    private func check(_ comparison: Comparison, _ policy: Policy = Policy()) -> CheckReport {
        Judge.check([comparison], policy: policy, today: "2026-11-24")
    }

    @Test func exitCodesFollowTheVerdicts() {
        #expect(check(comparison(0.1)).exitCode == 0)
        #expect(check(comparison(0.09)).exitCode == 0)
        #expect(check(comparison(0.11)).exitCode == 1)
        #expect(check(comparison(0.103, spread: 0.1)).exitCode == 3)
        var apart = comparison(0.1)
        apart.pairs[0].verdict = .notComparable
        #expect(check(apart).exitCode == 4)
        // A regression weighs more than what could not be compared.
        var both = comparison(0.11)
        both.pairs.append(apart.pairs[0])
        #expect(check(both).exitCode == 1)
        #expect(check(both).findings.count == 1)
    }

    @Test func whatHasNoBaselineYetFailsNothing() {
        var added = comparison(0.1)
        var pair = added.pairs[0]
        pair.base = nil
        pair.verdict = .notComparable
        added.pairs.append(pair)
        #expect(check(added).exitCode == 0)
    }

    @Test func slowerMachinesAreFindingsToo() {
        var slower = comparison(0.11)
        slower.pairs[0].verdict = .slower
        #expect(check(slower).findings.first?.kind == .regressed)
    }

    @Test func aPolicyMayForbidMore() {
        let strict = Policy(standard: Policy.Terms(mustNot: [.regressed, .inconclusive]))
        #expect(check(comparison(0.103, spread: 0.1), strict).exitCode == 1)
    }

    /// A list of what else must not be is no leave to regress, at the top or in a rule.
    @Test func forbiddingMoreNeverAllowsARegression() {
        for verdict in [Verdict.inconclusive, .improved, .notComparable] {
            let terms = Policy.Terms(mustNot: [verdict])
            for policy in [
                Policy(standard: terms),
                Policy(entries: [Policy.Entry(scope: Policy.Scope(workload: "matmul"), terms: terms)]),
            ] {
                let report = check(comparison(0.11), policy)
                #expect(report.exitCode == 1)
                #expect(report.findings.map(\.kind) == [.regressed])
            }
        }
        #expect(check(comparison(0.11), Policy(standard: Policy.Terms(mustNot: []))).exitCode == 1)
    }

    @Test func thresholdsHoldWhereTheyMatch() {
        let policy = Policy(entries: [
            Policy.Entry(
                scope: Policy.Scope(workload: "matmul"), terms: Policy.Terms(maximumRegression: 0.2)),
            Policy.Entry(
                scope: Policy.Scope(workload: "embedding"), terms: Policy.Terms(maximumRegression: 0.01)),
        ])
        let report = check(comparison(0.11, policy: policy), policy)
        #expect(report.exitCode == 0)
        #expect(report.comparisons[0].pairs[0].margin?.source == .policy)
    }

    @Test func ignoringEndsOnItsDay() {
        func policy(_ until: String) -> Policy {
            Policy(ignored: [
                Policy.Ignore(
                    scope: Policy.Scope(workload: "matmul"), reason: "issue 12", until: until, place: "p.yaml:3")
            ])
        }
        let open = check(comparison(0.11), policy("2026-11-24"))
        #expect(open.exitCode == 0)
        #expect(open.ignored.map(\.reason) == ["issue 12"])
        let over = check(comparison(0.11), policy("2026-11-23"))
        #expect(over.exitCode == 1)
        #expect(Set(over.findings.map(\.kind)) == [.expired, .regressed])
        // An entry that is past its date is a finding even where nothing regressed.
        #expect(check(comparison(0.1), policy("2026-11-23")).exitCode == 1)
    }

    @Test func whatFreshProcessesDoNotShowIsWithdrawn() throws {
        let flagged = comparison(0.11)
        #expect(flagged.flaggedCases == [SampleRun.matmul.id])
        let held = flagged.confirmed(by: comparison(0.111))
        #expect(held.pairs[0].verdict == .regressed)
        #expect(held.pairs[0].confirmation?.held == true)
        let withdrawn = flagged.confirmed(by: comparison(0.1))
        #expect(withdrawn.pairs[0].verdict == .inconclusive)
        #expect(withdrawn.pairs[0].confirmation?.held == false)
        #expect(check(withdrawn).exitCode == 3)
        // Never pooled: the first values stay what they were.
        #expect(withdrawn.pairs[0].change == flagged.pairs[0].change)
    }

    @Test func theSentenceNamesBothValuesAndTheCause() throws {
        var regressed = comparison(0.11)
        regressed.pairs[0].likelyCauses = ["kernel 6.1.0 → 6.1.1"]
        let text = try #require(check(regressed).findings.first?.text)
        #expect(text.contains("10.00\u{00A0}GFLOP/s to 9.091\u{00A0}GFLOP/s"))
        #expect(text.contains("differs: kernel 6.1.0 → 6.1.1"))
    }
}
