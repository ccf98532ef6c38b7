import Foundation
import Statistics
import Testing

/// SciPy's answers for the two tests of the gate, recorded by Fixtures/gate.py.
struct GateOracleTests {
    struct Pair: Decodable {
        var a: [Double]
        var b: [Double]
        var greater: Double
        var asymptotic: Double
        var t: Double
        var freedom: Double
        var p: Double
    }
    struct Recorded: Decodable {
        var pairs: [Pair]
        /// p, degrees of freedom, quantile, and the share below freedom × (0.5 + p).
        var squares: [[Double]]
    }

    static func load(_ file: String = #filePath) throws -> [Pair] { try recorded(file).pairs }

    static func recorded(_ file: String = #filePath) throws -> Recorded {
        let url = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/gate.json")
        return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: url))
    }

    private func same(_ found: Double?, _ expected: Double, _ what: String) {
        let found = found ?? .nan
        #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(what): \(found), SciPy \(expected)")
    }

    @Test func oneSidedRankTestsAreSciPys() throws {
        let pairs = try Self.load()
        #expect(pairs.count == 21)
        for pair in pairs {
            let ranks = RankDistribution(pair.a.count, pair.b.count)
            same(RankTest.greater(pair.a, pair.b, ranks), pair.greater, "exact \(pair.a.count)+\(pair.b.count)")
            same(RankTest.greater(pair.a, pair.b), pair.asymptotic, "normal \(pair.a.count)+\(pair.b.count)")
            same(ranks.least, RankDistribution.least(pair.a.count, pair.b.count), "least")
        }
    }

    @Test func trimmedTestsAreSciPys() throws {
        for pair in try Self.load() {
            let a = try #require(Logarithm.of(pair.a).flatMap { Trimmed($0) })
            let b = try #require(Logarithm.of(pair.b).flatMap { Trimmed($0) })
            var sum = VarianceSum()
            sum.add(a.squaredError, freedom: a.freedom)
            sum.add(b.squaredError, freedom: b.freedom)
            let t = (a.mean - b.mean) / sum.error
            same(t, pair.t, "t")
            same(sum.freedom, pair.freedom, "degrees of freedom")
            same(2 * StudentT.cumulative(-abs(t), freedom: sum.freedom), pair.p, "p")
        }
    }

    /// With U of 8 and 8 values 12 870 orders: what makes eight processes enough for a hundred metrics.
    @Test func eightProcessesCanDecideOverAHundredMetrics() {
        #expect(abs(RankDistribution.least(8, 8) - 1.0 / 12_870) < 1e-15)
        #expect(RankDistribution.least(8, 8) <= 0.05 / 100)
        #expect(RankDistribution.least(6, 6) > 0.05 / 100)
        #expect(RankDistribution(8, 8).critical(0.05 / 100) != nil)
        #expect(RankDistribution(6, 6).critical(0.05 / 100) == nil)
    }

    @Test func theLargestOfManyGrows() {
        // Tables of half-normal order statistics: the median of the largest of 59 is about 2.52.
        #expect(abs(Normal.largest(of: 59) - 2.522) < 0.002)
        #expect(abs(Normal.largest(of: 1) - 0.6745) < 1e-3)
    }

    @Test func sumsOfSquaresAreSciPys() throws {
        let squares = try Self.recorded().squares
        #expect(squares.count == 35)
        for row in squares {
            let (p, freedom) = (row[0], row[1])
            same(ChiSquare.quantile(p, freedom: freedom), row[2], "quantile \(p) of \(freedom)")
            same(ChiSquare.cumulative(freedom * (0.5 + p), freedom: freedom), row[3], "share \(p) of \(freedom)")
        }
        #expect(ChiSquare.quantile(0, freedom: 3) == 0 && ChiSquare.quantile(1, freedom: 3) == .infinity)
        #expect(ChiSquare.quantile(1.5, freedom: 3).isNaN && ChiSquare.quantile(0.5, freedom: 0).isNaN)
    }

    /// Of one pair the deviation says what the difference says; of 59 it asks for 2.2 deviations to hold 95 % in 95 % of cases.
    @Test func aToleranceHoldsItsShareWithItsConfidence() {
        #expect(abs(Normal.toleranceFactor(share: 0.05, confidence: 0.95, freedom: 1) - 1) < 1e-9)
        #expect(abs(Normal.toleranceFactor(share: 0.95, confidence: 0.95, freedom: 117) - 2.198) < 1e-3)
        var generator = SeededGenerator(seed: 5)
        let (trials, freedom) = (2000, 19)
        let share = Order.shareBelowLargest(count: 10, confidence: 0.95)
        let factor = Normal.toleranceFactor(share: share, confidence: 0.95, freedom: Double(freedom))
        let held = (0..<trials).count { _ in
            let squares = (0..<freedom).reduce(0.0) { sum, _ in
                let x = Normal.quantile((Double(generator.below(1 << 40)) + 0.5) / Double(1 << 40))
                return sum + x * x
            }
            let reach = factor * (squares / Double(freedom)).squareRoot()
            return 2 * Normal.cumulative(reach) - 1 >= share
        }
        #expect(abs(Double(held) / Double(trials) - 0.95) < 0.015)
    }

    @Test func oneStruckProcessMovesNothing() throws {
        let quiet = (0..<10).map { 1 + 0.001 * Double($0) }
        var struck = quiet
        struck[9] = 1.5
        let (a, b) = (try #require(Trimmed(quiet)), try #require(Trimmed(struck)))
        #expect(abs(a.mean - b.mean) < 1e-12)
        #expect(b.squaredError < 2 * a.squaredError)
    }
}
