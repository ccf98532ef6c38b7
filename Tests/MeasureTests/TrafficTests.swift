import Foundation
import Model
import Statistics
import TestSupport
import Testing

@testable import Measure

/// A server whose service times are told, and which notes when each query began.
private final class FakeServer: Runnable {
    let clock: FakeClock
    let service: (Int) -> UInt64
    var began: [UInt64] = []
    var iterations: [Int] = []
    let work = Work(flops: 1, bytes: 1, lookups: 1, footprint: 0)
    let implementation = Implementation(library: "Assay", version: "0", path: nil, reported: "null")

    init(_ clock: FakeClock, service: @escaping (Int) -> UInt64) {
        self.clock = clock
        self.service = service
    }

    func check() -> Check { Check(error: 0, bound: 1, compared: 1, coverage: "nothing") }

    func run(iterations count: Int) {
        began.append(clock.nanoseconds)
        iterations.append(count)
        clock.nanoseconds += service(began.count - 1) * UInt64(count)
    }
}

private func settings(
    _ scenario: Scenario, bound: Double = 0.01, duration: Double = 1, queries: Int = 1, samples: Int = 1
) -> ScenarioSettings {
    ScenarioSettings(
        latencyBound: scenario == .server ? bound : nil, percentile: scenario == .singleStream ? 0.9 : 0.99,
        samplesPerQuery: samples, minimumDuration: duration, minimumQueries: queries,
        searchSeconds: scenario == .server ? 100 : nil)
}

private func measure(
    _ scenario: Scenario, _ settings: ScenarioSettings, rate: Double? = nil, role: Traffic.Role = .measure,
    seed: UInt32 = 1,
    search: Double = 100, service: @escaping (Int) -> UInt64
) -> (outcome: TrafficMeter<FakeClock>.Outcome, server: FakeServer, probes: [RateProbe]) {
    let clock = FakeClock()
    let server = FakeServer(clock, service: service)
    var probes: [RateProbe] = []
    let meter = TrafficMeter(
        clock: clock, scenario: scenario, settings: settings,
        order: TrafficOrder(role: role, rate: rate, scheduleSeed: seed), duration: settings.minimumDuration,
        searchSeconds: search, probed: { probes.append($0) })
    return (meter.measure(server), server, probes)
}

@Suite struct TrafficTests {
    private struct Recorded: Decodable {
        struct Schedule: Decodable {
            var seed: UInt32
            var rate: Double
            var seconds: Double
            var scheduled: [Int64]
        }
        struct Percentiles: Decodable {
            var latencies: [Int64]
            var percentiles: [String: Int64]
        }
        var schedules: [Schedule]
        var percentiles: [Percentiles]
    }

    private static func recorded() throws -> Recorded {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("StatisticsTests/Fixtures/loadgen.json")
        return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: file))
    }

    /// From the same latencies as they are kept: what LoadGen printed of them.
    @Test func keptLatenciesGiveLoadGensPercentiles() throws {
        let planned = SampleTraffic.plannedCase(.server)
        for run in try Self.recorded().percentiles {
            let samples = SampleTraffic.samples(planned, process: 0, nanoseconds: run.latencies)
            let latencies = QueryLatencies(samples: samples, traffic: nil)
            for (name, value) in run.percentiles {
                let p = try #require(Double(name)) / 100
                let found = try #require(latencies.percentile(p))
                #expect(Int64((found * 1e9).rounded()) == value, "p\(name)")
            }
        }
    }

    /// What LoadGen scheduled for a null system under test is what the runner issues, query by query.
    @Test func serverTrafficIsLoadGens() throws {
        let schedules = try Self.recorded().schedules
        #expect(schedules.count >= 6)
        for expected in schedules {
            let (outcome, server, _) = measure(
                .server, settings(.server, duration: expected.seconds), rate: expected.rate, seed: expected.seed
            ) { _ in 0 }
            #expect(outcome.traffic.queries == expected.scheduled.count)
            #expect(outcome.traffic.scheduled == expected.scheduled.count)
            // Before the traffic stand the queries that tell how long one takes.
            let issued = server.began.suffix(expected.scheduled.count)
            let first = try #require(issued.first)
            #expect(issued.map { Int64($0 - first) } == expected.scheduled, "seed \(expected.seed)")
            #expect(outcome.latencies.allSatisfy { $0 == 0 })
            #expect(outcome.traffic.end == .complete && outcome.traffic.overLatency == 0)
        }
    }

    /// Lindley's recursion: a query that finds the server busy waits, and its latency counts from when it was due.
    @Test func latencyCountsFromTheScheduledTime() {
        let service: UInt64 = 9_000_000
        let (outcome, _, _) = measure(.server, settings(.server, bound: 1), rate: 100) { _ in service }
        var free: Int64 = 0
        for (due, latency) in zip(LoadGen.arrivals(seed: 1, rate: 100, seconds: 1), outcome.latencies) {
            free = max(free, due) + Int64(service)
            #expect(latency == free - due)
        }
        #expect(outcome.latencies.contains { $0 > Int64(service) })
    }

    @Test func streamsIssueOnCompletion() {
        let (single, server, _) = measure(.singleStream, settings(.singleStream, queries: 64)) {
            1_000_000 + UInt64($0 % 7)
        }
        #expect(single.traffic.queries == single.latencies.count && single.traffic.queries > 900)
        #expect(
            zip(server.began, server.began.dropFirst()).enumerated().allSatisfy { index, pair in
                pair.1 - pair.0 == 1_000_000 + UInt64(index % 7)
            })
        #expect(server.iterations.allSatisfy { $0 == 1 })
        #expect(single.traffic.seconds >= 1 && single.traffic.seconds < 1.002)
        let (multi, other, _) = measure(.multiStream, settings(.multiStream, queries: 10, samples: 8)) { _ in 1_000_000
        }
        #expect(other.iterations.allSatisfy { $0 == 8 })
        #expect(multi.latencies.allSatisfy { $0 == 8_000_000 })
        #expect(multi.traffic.queries == 125)
    }

    @Test func offlineIsOneQueryThatFillsTheDuration() {
        let (outcome, server, _) = measure(.offline, settings(.offline)) { _ in 1_000_000 }
        #expect(outcome.traffic.queries == 1 && outcome.latencies.count == 1)
        #expect(server.iterations.last == 1100)
        #expect(outcome.traffic.samplesPerQuery == 1100 && abs(outcome.traffic.seconds - 1.1) < 1e-9)
    }

    /// The queries before it took twice as long as those that count: what they promised is made good.
    @Test func anOfflineQueryThatWasTooShortIsAskedAgain() {
        let (outcome, server, _) = measure(.offline, settings(.offline)) { $0 < 50 ? 2_000_000 : 1_000_000 }
        #expect(server.iterations.suffix(2) == [550, 1100])
        #expect(outcome.traffic.queries == 1 && outcome.traffic.samplesPerQuery == 1100)
        #expect(outcome.traffic.seconds >= 1)
        #expect(outcome.window.end &- outcome.window.start == 1_100_000_000)
    }

    @Test func slowQueriesEndAtTwiceTheDuration() {
        let (outcome, _, _) = measure(.multiStream, settings(.multiStream, queries: 662, samples: 8)) { _ in 10_000_000
        }
        #expect(outcome.traffic.end == .timeCap)
        #expect(outcome.traffic.queries == 25)
    }

    @Test func overloadAtAFixedRateEnds() {
        let (outcome, _, _) = measure(.server, settings(.server, duration: 2), rate: 500) { _ in 10_000_000 }
        #expect(outcome.traffic.end == .timeCap)
        #expect(outcome.traffic.refusal(settings(.server)) != nil)
        #expect((outcome.traffic.overLatency ?? 0) > 300)
    }

    /// M/D/1 with 1 ms of service and a bound of 10 ms: below capacity, above half of it.
    @Test func theSearchFindsARateThatHolds() throws {
        let given = settings(.server, queries: 662)
        let (outcome, _, probes) = measure(.server, given, role: .search) { _ in 1_000_000 }
        #expect(outcome.failure == nil)
        let rate = try #require(outcome.traffic.rate)
        #expect(rate > 500 && rate < 1100)
        #expect(outcome.traffic.refusal(given) == nil)
        #expect(probes == outcome.traffic.probes)
        #expect(probes.last?.rate == rate && probes.last?.valid == true)
        let lowestInvalid = try #require(probes.filter { !$0.valid }.map(\.rate).min())
        #expect(lowestInvalid / rate < 1.25)
        for probe in probes { #expect(probe.valid == (probe.reason == nil)) }
        #expect(outcome.latencies.count == outcome.traffic.queries)
    }

    @Test func aBoundThatIsNeverMetSaysSo() {
        let (outcome, _, probes) = measure(.server, settings(.server, bound: 0.0005), role: .search) { _ in 1_000_000 }
        #expect(outcome.failure?.contains("not met at any rate") == true)
        #expect(!probes.isEmpty && probes.allSatisfy { !$0.valid && $0.end == .hopeless })
        #expect(outcome.latencies.isEmpty && outcome.traffic.rate == nil)
    }

    @Test func theSearchIsBoundedInTime() {
        let (outcome, server, probes) = measure(
            .server, settings(.server, queries: 662), role: .search, search: 1.5
        ) { _ in 1_000_000 }
        #expect(probes.count <= 8)
        #expect((server.began.last ?? 0) < 12_000_000_000)
        #expect(outcome.failure == nil || outcome.failure?.contains("time for the search") == true)
    }

    /// Rates that a short probe calls valid and a long run does not: each further run of full length has to fit into the time for
    /// the search, so that a process takes no longer than that and one run.
    @Test(arguments: [(35.0, 3), (65, 4), (500, 7)])
    func fallingBackIsBoundedInTime(search: Double, mostRuns: Int) throws {
        let given = settings(.server, duration: 30, queries: 662)
        let clock = FakeClock()
        // After 12 s of traffic at a stretch it becomes slow for good: no rate holds for 30 s, every probe of 10 s does.
        var began: UInt64 = 0
        var calls = 0
        let server = FakeServer(clock) { _ in
            calls += 1
            if clock.nanoseconds &- began > 12_000_000_000 { return 20_000_000 }
            return 1_000_000
        }
        var probes: [RateProbe] = []
        let meter = TrafficMeter(
            clock: clock, scenario: .server, settings: given,
            order: TrafficOrder(role: .search, rate: nil, scheduleSeed: 1), duration: 30, searchSeconds: search,
            probed: { probe in
                probes.append(probe)
                began = clock.nanoseconds
            }, begins: { began = clock.nanoseconds })
        let outcome = meter.measure(server)
        let long = probes.filter { $0.seconds > 15 }
        #expect(!long.isEmpty && long.count <= mostRuns && long.allSatisfy { !$0.valid })
        #expect(outcome.traffic.refusal(given) != nil)
        // The search's time, the run that counts, and what a run may take beyond its length.
        #expect(Double(clock.nanoseconds) * 1e-9 < search + 30 + 2 * 60)
    }

    @Test func noTimeForTheSearchIsAReason() {
        let (outcome, _, probes) = measure(.server, settings(.server), role: .search, search: 0) { _ in 1_000_000 }
        #expect(probes.isEmpty)
        #expect(outcome.failure == "no valid rate was found in the time for the search, with 0 probes")
    }

    @Test func manyQueriesAreKeptInBuckets() throws {
        let (outcome, _, _) = measure(.singleStream, settings(.singleStream)) { 10_000 + UInt64($0 % 1000) }
        #expect(outcome.traffic.queries > Traffic.keptQueries)
        #expect(outcome.latencies.isEmpty)
        let histogram = try #require(outcome.traffic.histogram)
        #expect(histogram.queries == outcome.traffic.queries)
        let latencies = QueryLatencies(samples: [], traffic: outcome.traffic)
        let median = try #require(latencies.percentile(0.5))
        #expect(abs(median - 10.5e-6) < 1e-3 * 10.5e-6 + 1e-9)
    }
}
