import Statistics
import Testing

/// Variance by level, runs, and resampling that keeps the levels apart.
struct LevelsTests {
    /// Normal numbers from a seed, by the quantile of a uniform one.
    private static func normal(_ generator: inout SeededGenerator) -> Double {
        Normal.quantile((Double(generator.next() >> 11) + 0.5) * 0x1p-53)
    }

    private static func processes(_ count: Int, _ samples: Int, between: Double, within: Double) -> [[Double]] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count).map { _ in
            let level = 100 + between * normal(&generator)
            return (0..<samples).map { _ in level + within * normal(&generator) }
        }
    }

    @Test func variancesOfBothLevelsAreFound() throws {
        let levels = try #require(Levels(Self.processes(400, 50, between: 2, within: 5)))
        #expect(abs(levels.within - 25) < 1)
        #expect(abs(levels.between - 4) < 1)
    }

    @Test func processesThatDoNotDifferNeedNoRepeat() throws {
        let levels = try #require(Levels([[1, 2, 3], [2, 1, 3], [3, 2, 1]]))
        #expect(levels.between == 0)
        #expect(levels.samplesPerProcess(sampleCost: 1, processCost: 10) == nil)
    }

    @Test func theRuleFollowsCostsAndVariances() throws {
        let levels = try #require(Levels(Self.processes(400, 50, between: 2, within: 4)))
        // √((10/1) · (16/4)) ≈ 6.3, for the variances that were put in.
        #expect(6...8 ~= levels.samplesPerProcess(sampleCost: 1, processCost: 10) ?? 0)
        let few = levels.processes(target: 1, samples: 10, level: 0.95)
        #expect(levels.processes(target: 0.5, samples: 10, level: 0.95) >= 4 * few - 3)
        #expect(Levels([[1, 2]]) == nil)
        #expect(Levels([[1, 2], [1]]) == nil)
    }

    @Test func runsOfAnAlternatingAndOfASortedSeriesAreSeen() throws {
        let alternating = (0..<40).map { Double($0 % 2) }
        #expect(try #require(Series.runs(alternating)).runs == 40)
        #expect(try #require(Series.runs(alternating)).p < 1e-6)
        #expect(try #require(Series.runs((0..<40).map(Double.init))).runs == 2)
        #expect(Series.runs([1, 1, 1]) == nil)
    }

    @Test func resamplesDrawProcessesThenSamples() {
        let processes = [[1.0, 1, 1], [2, 2, 2], [3, 3, 3]]
        let draws = (0..<50).map { Bootstrap.processMedians(processes, seed: 3, draw: $0) }
        #expect(draws.allSatisfy { $0.count == 3 && $0.allSatisfy([1, 2, 3].contains) })
        #expect(Set(draws.map { $0.sorted() }).count > 5)
        #expect(Bootstrap.processMedians(processes, seed: 3, draw: 7) == draws[7])
    }
}
