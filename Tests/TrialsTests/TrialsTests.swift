import Foundation
import Testing
import Trials

/// Tiny versions of the tables, so that they never rot.
@Suite struct CoverageTests {
    @Test(arguments: Trials.Stream.allCases) func everyStreamGoesThrough(stream: Trials.Stream) async throws {
        let (name, rules) = Coverage.suites[0]
        let result = try await Coverage.measure(stream, suite: name, rules: rules, repetitions: 16, seed: 3)
        #expect(result.repetitions == 16)
        #expect(result.processes >= 6)
        // Sixteen are few: what is wrong by a lot shows all the same.
        if stream.holds { #expect(result.covered >= 12) }
        if stream == .autocorrelated || stream == .drifting { #expect(result.warned >= 12) }
    }

    @Test func theSameSeedGivesTheSameTable() async throws {
        let (name, rules) = Coverage.suites[0]
        let one = try await Coverage.measure(.normal, suite: name, rules: rules, repetitions: 8, seed: 5)
        #expect(one == (try await Coverage.measure(.normal, suite: name, rules: rules, repetitions: 8, seed: 5)))
        #expect(Coverage.table([one]).split(separator: "\n").count == 3)
    }
}

@Suite struct StoppingRuleTests {
    private let steady = (0..<4000).map { 0.001 * (1 + 0.001 * Double(($0 * 7) % 5)) }

    @Test func peersStopAsTheyDescribe() {
        // Half a second of milliseconds, with hardly any noise.
        #expect((495...502).contains(StoppingRule.nvbench.count(steady)))
        // Three seconds by the first.
        #expect(StoppingRule.hyperfine.count(steady) == 3000)
        #expect(StoppingRule.hyperfine.count([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) == 10)
        #expect(StoppingRule.hyperfine.count([]) == 0)
    }

    @Test func aNoiseThatHasSettledIsEnoughForNVBench() {
        let noisy = (0..<4000).map { 0.001 * (1 + 0.2 * Double(($0 * 7) % 5)) }
        #expect(StoppingRule.nvbench.count(noisy) < 600)
    }

    @Test func oursStopsWhereItIsNarrow() {
        #expect(StoppingRule.assay(target: 0.01).count(steady) == 10)
    }

    @Test func seriesAreReadAndCompared() {
        let text = "a b," + steady.map { "\($0)" }.joined(separator: ",") + "\nnonsense\nc,-1,nan\n"
        let series = SeriesFile.parse(text)
        #expect(series.map(\.name) == ["a b"] && series[0].seconds.count == 4000)
        let table = Cheapness.table(series)
        #expect(table.contains("| a b | hyperfine | 3.0"))
        #expect(table.contains("- As they come: hyperfine takes"))
        #expect(table.contains("- At equal coverage (assay"))
    }

    /// A value that strays slowly: ours stops early and sees a part of it, a peer that goes on sees more; a stricter target
    /// of ours has to go on too.
    @Test func equalCoverageTakesAStricterTarget() throws {
        let straying = (0..<6000).map { index -> Double in
            let slow = 0.01 * sin(Double(index) / 900)
            let quick = 0.02 * Double((index * 7919) % 101) / 101
            return 0.001 * (1 + slow + quick)
        }
        let series = [Cheapness.Series(name: "straying", seconds: straying)]
        let results = Cheapness.measure(series)
        let own = try #require(results[0].outcomes.first)
        let matched = Cheapness.matched(series, results)
        #expect(matched.map(\.peer) == [.nvbench, .hyperfine])
        for match in matched where match.ours != nil {
            let theirs = try #require(results[0].outcomes.first { $0.rule == match.peer })
            #expect(match.outcomes[0].covered >= theirs.covered)
            #expect(theirs.covered <= own.covered || match.outcomes[0].samples > own.samples)
        }
    }
}
