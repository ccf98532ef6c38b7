import Model
import Testing

@testable import Judge

/// What the rank test can promise for many processes: found without dealing or sorting anything.
@Suite struct RankShiftsTests {
    /// No distribution, so nothing that grows with the product of the numbers is ever made.
    @Test func manyProcessesHaveNoExactDistribution() {
        let shifts = RankShifts()
        #expect(shifts.distribution(50, 50) != nil)
        #expect(shifts.distribution(20, 100) != nil)
        for (n, m) in [(700, 700), (51, 50), (3, 900), (1000, 64_000), (Int.max, 2)] {
            #expect(shifts.distribution(n, m) == nil)
        }
    }

    /// Where one way ends and the other begins both say nearly the same.
    @Test(arguments: [0.05, 0.005, 0.0005]) func bothWaysMeet(alpha: Double) throws {
        let shifts = RankShifts()
        let exact = try #require(shifts.needed(50, 50, alpha: alpha, power: 0.95))
        let approximate = try #require(shifts.needed(50, 51, alpha: alpha, power: 0.95))
        #expect(abs(exact / approximate - 1) < 0.15, "\(exact) and \(approximate)")
        // Twice the processes find less.
        let many = try #require(shifts.needed(700, 700, alpha: alpha, power: 0.95))
        #expect(many < approximate / 3 && many > 0)
    }

    @Test func tooFewOnOneSideFindNothing() {
        #expect(RankShifts().needed(3, 900, alpha: 1e-6, power: 0.95) == nil)
        #expect(RankShifts().needed(3, 900, alpha: 0.05, power: 0.95) != nil)
    }

    /// Ends at all: the exact distribution of 700 and 700 has 10⁴²⁰ orders, and sorting its pairs 600 times takes minutes.
    @Test func runsOfManyProcessesAreCompared() {
        var options = Judge.Options()
        options.resamples = 0
        let base = sampleRun(0.1, processes: 700, id: "a")
        func pair(_ seconds: Double) -> Comparison.Pair {
            Judge.compare(base: [base], new: sampleRun(seconds, processes: 700, id: "bb"), options: options).pairs[0]
        }
        let slower = pair(0.11)
        #expect(slower.verdict == .regressed)
        #expect((slower.p ?? 1) < 1e-6 && slower.p?.isFinite == true)
        #expect((slower.smallestEffect ?? 1) < 0.05)
        #expect(pair(0.1).verdict == .equivalent)
    }
}
