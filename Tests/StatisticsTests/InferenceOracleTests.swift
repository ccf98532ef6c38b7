import Foundation
import Statistics
import Testing

/// SciPy's answers for tests, intervals and distributions, recorded by Fixtures/make.py.
struct InferenceOracleTests {
    struct Pair: Decodable {
        var a: [Double]
        var b: [Double]
        var u: Double
        var p: Double
        var less: Double?
        var greater: Double?
        var twoSided: Double?
        var welch: [Double]
        var tost: Double

        enum CodingKeys: String, CodingKey {
            case a, b, u, p, welch, tost
            case less = "permutation less"
            case greater = "permutation greater"
            case twoSided = "permutation two-sided"
        }
    }
    struct Boot: Decodable {
        var values: [Double]
        var distribution: [Double]
        var percentile: [Double]
        var bca: [Double]
    }
    struct Adjusted: Decodable {
        var p: [Double]
        var adjusted: [Double]
    }
    struct Recorded: Decodable {
        var pairs: [Pair]
        var boots: [Boot]
        var tails: [String: [[Double]]]
        var adjusted: [Adjusted]
    }

    static func load(_ file: String = #filePath) throws -> Recorded {
        let url = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/oracle.json")
        return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: url))
    }

    private func same(_ found: Double?, _ expected: Double, _ what: String = "") {
        let found = found ?? .nan
        #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(what): \(found), SciPy \(expected)")
    }

    @Test func rankTestsAreSciPys() throws {
        for pair in try Self.load().pairs {
            let found = RankTest.mannWhitney(pair.a, pair.b)
            #expect(found?.u == pair.u)
            same(found?.p, pair.p, "\(pair.a.count)+\(pair.b.count)")
        }
    }

    @Test func exactPermutationTestsAreSciPys() throws {
        for pair in try Self.load().pairs {
            guard let less = pair.less, let greater = pair.greater, let twoSided = pair.twoSided else { continue }
            let found = try #require(Permutation.meanDifference(pair.a, pair.b))
            #expect(found.isExact)
            same(found.less, less)
            same(found.greater, greater)
            same(found.twoSided, twoSided)
        }
    }

    @Test func sampledPermutationsComeCloseToAllOfThem() throws {
        for pair in try Self.load().pairs where pair.twoSided != nil && pair.a.count > 5 {
            let all = try #require(Permutation.meanDifference(pair.a, pair.b))
            let some = try #require(Permutation.meanDifference(pair.a, pair.b, limit: 2000, seed: 7))
            guard !some.isExact else { continue }
            #expect(abs(all.less - some.less) < 0.05)
            #expect(abs(all.greater - some.greater) < 0.05)
            #expect(some.less > 0 && some.greater > 0)
        }
    }

    @Test func welchAndEquivalenceAreSciPys() throws {
        for pair in try Self.load().pairs {
            let welch = try #require(Welch(pair.a, pair.b))
            let interval = welch.interval(level: 0.95)
            same(welch.freedom, pair.welch[0])
            same(interval.lower, pair.welch[1])
            same(interval.upper, pair.welch[2])
            same(Equivalence.p(pair.a, pair.b, margin: 0.1), pair.tost)
        }
    }

    @Test func bootstrapIntervalsAreSciPys() throws {
        let mean: ([Double]) -> Double = { $0.reduce(0, +) / Double($0.count) }
        for boot in try Self.load().boots {
            let percentile = Bootstrap.interval(boot.distribution, level: 0.95)
            same(percentile?.lower, boot.percentile[0])
            same(percentile?.upper, boot.percentile[1])
            let corrected = Bootstrap.corrected(boot.values, boot.distribution, level: 0.95, mean)
            same(corrected?.lower, boot.bca[0], "BCa")
            same(corrected?.upper, boot.bca[1], "BCa")
        }
    }

    @Test func distributionsAreSciPys() throws {
        let tails = try Self.load().tails
        for row in tails["normal"] ?? [] { same(Normal.quantile(row[0]), row[1], "normal \(row[0])") }
        for row in tails["student"] ?? [] { same(StudentT.quantile(row[0], freedom: row[1]), row[2], "t \(row)") }
        for row in tails["studentCumulative"] ?? [] {
            same(StudentT.cumulative(row[0], freedom: row[1]), row[2], "t \(row)")
        }
        for row in tails["binomial"] ?? [] {
            same(Binomial.cumulative(Int(row[0]), n: Int(row[1]), p: row[2]), row[3], "binomial \(row)")
        }
        #expect(tails.values.map(\.count).reduce(0, +) > 100)
    }

    @Test func adjustedProbabilitiesAreSciPys() throws {
        for list in try Self.load().adjusted {
            for (found, expected) in zip(Many.adjusted(list.p), list.adjusted) { same(found, expected) }
        }
    }
}
