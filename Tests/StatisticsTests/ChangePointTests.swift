import Foundation
import Statistics
import Testing

/// Normal deviates by Box and Muller, from our own generator.
struct Normals {
    var generator: SeededGenerator
    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }
    mutating func unit() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
    mutating func next() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * Double.pi * unit()) }
    mutating func series(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
        (0..<count).map { _ in mean + deviation * next() }
    }
}

@Suite struct ChangePointTests {
    /// The statistic by its definition, with all pairs.
    private func plain(_ values: [Double], _ split: Int) -> Double {
        let (a, b) = (Array(values[..<split]), Array(values[split...]))
        func between(_ x: [Double], _ y: [Double]) -> Double {
            x.reduce(0) { s, u in s + y.reduce(0) { $0 + abs(u - $1) } }
        }
        let (n, m) = (Double(a.count), Double(b.count))
        let e = 2 * between(a, b) / (n * m) - between(a, a) / (n * (n - 1)) - between(b, b) / (m * (m - 1))
        return n * m / (n + m) * e
    }

    @Test func theSweepEqualsTheDefinition() throws {
        var normals = Normals(seed: 3)
        // Ties too: values are rounded.
        let values = (normals.series(20) + normals.series(23, mean: 2)).map { ($0 * 4).rounded() / 4 }
        let (made, last) = EDivisive.divisions(values, rules: EDivisive.Rules(permutations: 99))
        let first = try #require(made.first ?? last)
        let best = try #require((3...(values.count - 3)).max { plain(values, $0) < plain(values, $1) })
        #expect(abs(first.statistic - plain(values, best)) < 1e-9 * abs(first.statistic))
        #expect(first.index == best)
    }

    @Test func shiftsAreFoundWhereTheyAre() {
        var normals = Normals(seed: 5)
        let values = normals.series(40) + normals.series(40, mean: 4) + normals.series(40, mean: -1)
        let found = ChangePoints.shifts([values])[0]
        #expect(found.map(\.index) == [40, 80])
        #expect(found[0].magnitude > 3 && found[1].magnitude < -4)
    }

    @Test func nothingIsFoundInNoise() {
        var alarms = 0
        for seed in 0..<40 {
            var normals = Normals(seed: 1000 + UInt64(seed))
            if !ChangePoints.shifts([normals.series(60)])[0].isEmpty { alarms += 1 }
        }
        // 5 % of 40 are two; more than six have a probability below 0.003.
        #expect(alarms <= 6)
    }

    @Test func theFloorTakesOutWhatIsSmall() {
        var normals = Normals(seed: 7)
        let values = normals.series(50, deviation: 0.001) + normals.series(50, mean: 0.01, deviation: 0.001)
        #expect(ChangePoints.shifts([values], floors: [0.02])[0].isEmpty)
        #expect(ChangePoints.shifts([values], floors: [0.005])[0].map(\.index) == [50])
    }

    @Test func aShiftMustLast() {
        var normals = Normals(seed: 9)
        let quiet = normals.series(40, deviation: 0.1)
        #expect(ChangePoints.shifts([quiet + [9, 9]])[0].isEmpty)
        #expect(ChangePoints.shifts([quiet + [9, 9.1, 9.2, 8.9]])[0].map(\.index) == [40])
    }

    /// One real shift among many series that have none: its p must become small enough to survive the adjustment. Of those
    /// that are called, one in twenty may be false, so beside the real one there may be one.
    @Test func oneShiftAmongManySeriesIsFound() {
        var normals = Normals(seed: 11)
        var series = (0..<60).map { _ in normals.series(30) }
        series[17] = normals.series(15) + normals.series(15, mean: 6)
        let found = ChangePoints.shifts(series)
        #expect(found[17].map(\.index) == [15])
        #expect(found.enumerated().count { $0.offset != 17 && !$0.element.isEmpty } <= 1)
    }

    @Test func constantShortAndEmptySeriesHaveNone() {
        let found = ChangePoints.shifts([[], [1], [1, 2, 3], Array(repeating: 5, count: 50)])
        #expect(found.flatMap { $0 }.isEmpty)
    }

    @Test func theSameSeedGivesTheSameAnswer() {
        var normals = Normals(seed: 13)
        let values = normals.series(30) + normals.series(30, mean: 0.9)
        #expect(ChangePoints.shifts([values]) == ChangePoints.shifts([values]))
    }
}
