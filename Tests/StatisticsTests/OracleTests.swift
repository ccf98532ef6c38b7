import Foundation
import Statistics
import Testing

/// SciPy's answers, recorded by Fixtures/make.py.
struct Oracle: Decodable {
    struct Ranks: Decodable {
        var n: Int
        var level: Double
        var ranks: [Double]?
    }
    struct Recorded: Decodable {
        var kind: String
        var values: [Double]
        var median: Double
        var ranks: [Double]
        var shiftIndex: Int
        var shiftP: Double
        var shiftDownwards: Bool
        var lag1: Double
    }
    var medianRanks: [Ranks]
    var series: [Recorded]

    static func load(_ file: String = #filePath) throws -> Oracle {
        let url = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/oracle.json")
        return try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: url))
    }
}

@Suite struct OracleTests {
    @Test func medianRanksAreSciPys() throws {
        for expected in try Oracle.load().medianRanks {
            let found = Order.medianRanks(count: expected.n, level: expected.level)
            guard let ranks = expected.ranks else {
                #expect(found == nil, "n \(expected.n), level \(expected.level)")
                continue
            }
            #expect(found?.lower == Int(ranks[0]), "n \(expected.n), level \(expected.level)")
            #expect(found?.upper == Int(ranks[1]), "n \(expected.n), level \(expected.level)")
            #expect(abs((found?.coverage ?? 0) - ranks[2]) < 1e-9)
        }
    }

    @Test func sixIsTheSmallestForNinetyFive() {
        #expect(Order.medianRanks(count: 5, level: 0.95) == nil)
        #expect(Order.medianRanks(count: 6, level: 0.95)?.coverage == 0.96875)
        #expect(Order.medianRanks(count: 7, level: 0.99) == nil)
        #expect(Order.medianRanks(count: 8, level: 0.99) != nil)
    }

    @Test func seriesAreSciPys() throws {
        for expected in try Oracle.load().series {
            let values = expected.values
            #expect(abs((Order.median(values) ?? .nan) - expected.median) < 1e-12)
            #expect(Series.midranks(values) == expected.ranks)
            #expect(abs((Series.lag1(values) ?? .nan) - expected.lag1) < 1e-9)
            let shift = try #require(Series.shift(values))
            #expect(shift.index == expected.shiftIndex, "\(expected.kind), n \(values.count)")
            #expect(shift.downwards == expected.shiftDownwards)
            #expect(abs(shift.p - expected.shiftP) < 1e-9)
        }
    }
}
