import Statistics
import Testing

@Suite struct PropertyTests {
    /// The interval is exact: over many seeded repetitions it covers the true median as often as it says.
    @Test(arguments: [6, 10, 20, 41])
    func medianIntervalCovers(count: Int) throws {
        let generator = CounterGenerator(seed: 42)
        let repetitions = 4000
        var covered = 0
        for repetition in 0..<repetitions {
            // Skewed: the square of a uniform number; its true median is 0.25.
            let values = (0..<count).map { i -> Double in
                let u = generator.unit(UInt64(repetition * count + i))
                return u * u
            }
            let interval = try #require(Order.medianInterval(values, level: 0.95))
            if interval.lower <= 0.25, 0.25 <= interval.upper { covered += 1 }
        }
        let promised = try #require(Order.medianRanks(count: count, level: 0.95)).coverage
        // Four standard errors of a binomial share.
        let tolerance = 4 * (promised * (1 - promised) / Double(repetitions)).squareRoot()
        #expect(abs(Double(covered) / Double(repetitions) - promised) < tolerance)
    }

    @Test func medianOfNothingIsNothing() {
        #expect(Order.median([]) == nil)
        #expect(Order.median([3]) == 3)
        #expect(Order.median([4, 1, 3, 2]) == 2.5)
        #expect(Order.percentile([], 0.5) == nil)
        #expect(Order.percentile([5, 1, 4, 2, 3], 0.9) == 5)
        #expect(Order.percentile([5, 1, 4, 2, 3], 0) == 1)
    }

    @Test func shiftFindsAWarmUp() throws {
        let values = (0..<40).map { (i: Int) -> Double in (i < 8 ? 2 : 1) + Double((i + 1) % 3) * 0.01 }
        let shift = try #require(Series.shift(values))
        #expect(shift.index == 8)
        #expect(shift.downwards)
        #expect(shift.p < 0.05)
    }

    @Test func constantsNeitherShiftNorDepend() throws {
        let values = [Double](repeating: 7, count: 30)
        let shift = try #require(Series.shift(values))
        #expect(shift.p == 1)
        #expect(Series.lag1(values) == nil)
        #expect(!Series.isSeriallyDependent(values))
    }

    @Test func alternationIsDependence() {
        #expect(Series.isSeriallyDependent((0..<40).map { Double($0 % 2) }))
    }

    @Test func generatorIsByIndexAndBounded() {
        let one = CounterGenerator(seed: 1)
        let other = CounterGenerator(seed: 2)
        #expect(one.bits(5) == CounterGenerator(seed: 1).bits(5))
        #expect(one.bits(5) != other.bits(5))
        var sum = 0.0
        for index in 0..<UInt64(10_000) {
            let value = one.signed(index)
            #expect(value >= -1 && value < 1)
            sum += Double(value)
        }
        #expect(abs(sum / 10_000) < 0.03)
    }

    /// SplitMix64's first outputs for seed 0, as its authors publish them.
    @Test func generatorIsSplitMix64() {
        let generator = CounterGenerator(seed: 0)
        #expect(generator.bits(0) == 0xE220_A839_7B1D_CDAF)
        #expect(generator.bits(1) == 0x6E78_9E6A_A1B9_65F4)
        #expect(generator.bits(2) == 0x06C4_5D18_8009_454F)
    }

    @Test func shuffleIsAPermutationAndRepeatable() {
        var first = Array(0..<100)
        var second = Array(0..<100)
        var one = SeededGenerator(seed: 9)
        var other = SeededGenerator(seed: 9)
        one.shuffle(&first)
        other.shuffle(&second)
        #expect(first == second)
        #expect(first != Array(0..<100))
        #expect(first.sorted() == Array(0..<100))
    }
}

@Suite struct TrendTests {
    /// Values of Kendall's table: for n = 6, S = 15 has 2/720, S = 13 has 12/720; for n = 4, S = 6 has 2/24.
    @Test func exactTailsAreKendalls() throws {
        let rising = (1...6).map(Double.init)
        #expect(abs(try #require(Series.trend(rising)).p - 2.0 / 720) < 1e-12)
        #expect(abs(try #require(Series.trend([2, 1, 3, 4, 5, 6])).p - 12.0 / 720) < 1e-12)
        #expect(abs(try #require(Series.trend([4, 3, 2, 1])).p - 2.0 / 24) < 1e-12)
        #expect(try #require(Series.trend([4, 3, 2, 1])).s == -6)
        #expect(Series.trend([1, 2, 3]) == nil)
    }

    @Test func tiesAreCorrectedFor() throws {
        #expect(try #require(Series.trend([1, 1, 1, 1])).p == 1)
        let stairs = (0..<60).map { Double($0 / 3) }
        #expect(try #require(Series.trend(stairs)).p < 1e-12)
    }

    @Test func withoutATrendItIsRare() {
        var generator = SeededGenerator(seed: 11)
        let found = (0..<4000).count { _ in
            let values = (0..<12).map { _ in Double(generator.next() >> 11) }
            return (Series.trend(values)?.p ?? 1) < 0.05
        }
        #expect(found > 100 && found < 220)
    }

    @Test func pooledFiguresHaveTheirLevel() {
        var generator = SeededGenerator(seed: 5)
        let found = (0..<2000).count { _ in
            let series = (0..<6).map { _ -> (lag1: Double, count: Int) in
                let values = (0..<20).map { _ in Double(generator.next() >> 11) }
                return (Series.lag1(values) ?? 0, 20)
            }
            return abs(Series.pooledLag1(series) ?? 0) > 2.576
        }
        #expect(found < 60)
        #expect(Series.pooledLag1([]) == nil)
        #expect(Series.pooled([1, 1, 1, 1]) == 2)
    }

    @Test func countsThatWasteLittle() {
        #expect(
            [1, 6, 7, 8, 9, 10, 12, 20].map { Order.efficientCount(atLeast: $0, level: 0.95) } == [
                6, 6, 9, 9, 9, 12, 12, 20,
            ])
    }
}
