import Statistics
import Testing

@Suite struct ShiftTests {
    /// Just inside the interval the test does not reject at that level, just outside it does.
    @Test(arguments: [(6, 6), (6, 10), (10, 10), (8, 9), (20, 20)])
    func intervalIsWhatTheTestDoesNotReject(_ counts: (Int, Int)) throws {
        var generator = SeededGenerator(seed: UInt64(counts.0 * 100 + counts.1))
        func values(_ count: Int, _ mean: Double) -> [Double] {
            (0..<count).map { _ in mean + Double(generator.below(1 << 40)) / 0x1p40 }
        }
        let (a, b) = (values(counts.0, 3), values(counts.1, 1))
        let interval = try #require(RankTest.shiftInterval(a, b, level: 0.95))
        func p(_ shift: Double) throws -> Double {
            try #require(RankTest.mannWhitney(a, b.map { $0 + shift })).p
        }
        let step = 1e-9
        #expect(try p(interval.lower + step) > 0.05 && p(interval.upper - step) > 0.05)
        #expect(try p(interval.lower - step) <= 0.05 && p(interval.upper + step) <= 0.05)
        #expect(interval.lower < 2 && interval.upper > 2)
    }

    /// Critical values of the published tables for 5 %, two-sided: differences left out at each end.
    @Test(arguments: [(5, 3), (6, 6), (8, 14), (10, 24), (20, 128)])
    func tabulatedRanks(_ entry: (count: Int, rank: Int)) throws {
        // All differences are distinct and ordered: a is spaced wider than all of b together.
        let a = (0..<entry.count).map { Double($0 * 1000) }
        let b = (0..<entry.count).map { -Double($0) }
        let shifts = a.flatMap { x in b.map { x - $0 } }.sorted()
        let interval = try #require(RankTest.shiftInterval(a, b, level: 0.95))
        #expect(interval.lower == shifts[entry.rank - 1])
        #expect(interval.upper == shifts[shifts.count - entry.rank])
    }

    @Test func tooFewValuesHaveNone() {
        #expect(RankTest.shiftInterval([1, 2, 3], [4, 5, 6], level: 0.95) == nil)
        #expect(RankTest.shiftInterval([], [1], level: 0.95) == nil)
        #expect(RankTest.shiftInterval([1, 2, 3, 4], [1, 2, 3, .infinity], level: 0.9) == nil)
    }

    @Test func largeSamplesUseTheNormalApproximation() throws {
        var generator = SeededGenerator(seed: 3)
        let a = (0..<60).map { _ in Double(generator.below(1 << 30)) / 0x1p30 }
        let b = (0..<60).map { _ in Double(generator.below(1 << 30)) / 0x1p30 - 5 }
        let interval = try #require(RankTest.shiftInterval(a, b, level: 0.95))
        #expect(interval.lower < 5 && interval.upper > 5 && interval.halfWidth < 0.2)
    }
}
