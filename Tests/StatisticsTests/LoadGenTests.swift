import Foundation
import Statistics
import Testing

/// MLCommons' LoadGen's own answers, recorded by Fixtures/loadgen.py.
struct LoadGenTests {
    struct Schedule: Decodable {
        var seed: UInt32
        var rate: Double
        var seconds: Double
        var scheduled: [Int64]
    }
    struct Stopping: Decodable {
        var percentile: Double
        var over: Int
        var needed: Int
    }
    struct Percentiles: Decodable {
        var latencies: [Double]
        var percentiles: [String: Double]
    }
    struct Recorded: Decodable {
        var schedules: [Schedule]
        var stopping: [Stopping]
        var percentiles: [Percentiles]
        var estimates: [Estimate]
    }
    /// A run of queries that wait for each other, and what LoadGen let be claimed of it.
    struct Estimate: Decodable {
        var scenario: String
        var percentile: Double
        var latencies: [Int64]
        var met: Bool
        var estimate: Int64?
    }

    static func load(_ file: String = #filePath) throws -> Recorded {
        let url = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/loadgen.json")
        return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: url))
    }

    @Test func everyScheduledTimeIsLoadGens() throws {
        let schedules = try Self.load().schedules
        #expect(schedules.count >= 6)
        for expected in schedules {
            let found = LoadGen.arrivals(seed: expected.seed, rate: expected.rate, seconds: expected.seconds)
            #expect(found == expected.scheduled, "seed \(expected.seed), rate \(expected.rate)")
        }
    }

    /// Single-stream and multi-stream: whether there are queries enough, and the latency that may then be claimed.
    @Test func estimatesAreLoadGens() throws {
        let estimates = try Self.load().estimates
        #expect(Set(estimates.map(\.scenario)) == ["SingleStream", "MultiStream"])
        #expect(estimates.contains { !$0.met } && estimates.count { $0.met } >= 8)
        for expected in estimates {
            let found = LoadGen.earlyStoppingEstimate(
                expected.latencies.map(Double.init), percentile: expected.percentile)
            let what = "\(expected.scenario) p\(expected.percentile), \(expected.latencies.count) queries"
            #expect((found != nil) == expected.met, "\(what)")
            #expect(found.map { Int64($0) } == expected.estimate, "\(what)")
        }
    }

    @Test func earlyStoppingIsLoadGens() throws {
        for expected in try Self.load().stopping {
            #expect(
                LoadGen.needed(over: expected.over, percentile: expected.percentile) == expected.needed,
                "\(expected.percentile), \(expected.over) over")
        }
        #expect((0...2).map { LoadGen.needed(over: $0, percentile: 0.9) } == [44, 64, 81])
        #expect((0...2).map { LoadGen.needed(over: $0, percentile: 0.99) } == [459, 662, 838])
    }

    @Test func percentilesAreLoadGens() throws {
        for run in try Self.load().percentiles {
            for (name, value) in run.percentiles {
                let p = try #require(Double(name)) / 100
                #expect(Order.percentile(run.latencies, p) == value, "p\(name) of \(run.latencies.count)")
            }
        }
    }

    @Test func theEstimateDiscardsWhatItMay() {
        // 64 queries allow t = 1: nothing is discarded; 81 allow t = 2: the longest is.
        let latencies = (1...81).map(Double.init)
        #expect(LoadGen.earlyStoppingEstimate(latencies, percentile: 0.9) == 80)
        #expect(LoadGen.earlyStoppingEstimate(Array(latencies.prefix(64)), percentile: 0.9) == 64)
        #expect(LoadGen.earlyStoppingEstimate(Array(latencies.prefix(63)), percentile: 0.9) == nil)
    }

    @Test func nonsenseSchedulesNothing() {
        #expect(LoadGen.arrivals(seed: 1, rate: 0, seconds: 1).isEmpty)
        #expect(LoadGen.arrivals(seed: 1, rate: .nan, seconds: 1).isEmpty)
        #expect(LoadGen.arrivals(seed: 1, rate: 1e9, seconds: 1, limit: 100).count == 100)
        #expect(LoadGen.arrivals(seed: 1, rate: 1e-300, seconds: 1).count == 2)
        #expect(LoadGen.arrivals(seed: 1, rate: 1, seconds: 0, atLeast: 5).count == 5)
    }
}
