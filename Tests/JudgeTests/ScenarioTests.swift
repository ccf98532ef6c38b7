import Judge
import Model
import Statistics
import TestSupport
import Testing

/// Six processes of one scenario; for a searching server also what they found, and three that confirm.
private func run(
    _ scenario: Scenario, queries: Int = 800, rates: [Double] = [640, 650, 660, 655, 645, 665],
    confirms: [Int] = [0, 0, 0],
    change: (inout [ProcessRecord]) -> Void = { _ in }
) -> (plan: Plan, records: [ProcessRecord], samples: [Sample]) {
    let planned = SampleTraffic.plannedCase(scenario)
    var records: [ProcessRecord] = []
    var samples: [Sample] = []
    func add(_ role: Traffic.Role, rate: Double?, over: Int?) {
        let process = records.count
        let latencies = SampleTraffic.latencies(scenario == .offline ? 1 : queries, typical: 1e6, process: process)
        samples += SampleTraffic.samples(planned, process: process, nanoseconds: latencies)
        records.append(
            SampleTraffic.record(
                planned, process: process, order: process, queries: latencies.count, role: role, rate: rate,
                overLatency: over))
    }
    for process in 0..<6 {
        if scenario == .server {
            add(.search, rate: rates[process], over: 0)
        } else {
            add(.measure, rate: nil, over: nil)
        }
    }
    if scenario == .server { for over in confirms { add(.confirm, rate: 640, over: over) } }
    change(&records)
    return (Plan(suite: "s", seed: 7, cases: [planned], rules: SampleRun.rules, skipped: []), records, samples)
}

private func measure(_ run: (plan: Plan, records: [ProcessRecord], samples: [Sample])) throws -> Measurement {
    try #require(
        Summary.measurements(
            plan: run.plan, records: run.records, samples: run.samples, processingUnits: 2, cut: nil
        ).first)
}

@Suite struct ScenarioTests {
    @Test func singleStreamPublishesItsPercentileFirst() throws {
        let found = try measure(run(.singleStream))
        #expect(found.status == .valid, "\(found.reason ?? "")")
        #expect(
            found.metrics.map(\.name) == [
                "latency.p90", "latency.p50", "latency.p95", "latency.p97", "latency.p99", "latency.p90.earlyStopping",
            ])
        #expect(found.metrics.allSatisfy { $0.unit == "s" && $0.better == .lower && $0.count == 6 })
        #expect(found.stopped == "6 complete")
        let latencies = (0..<6).map {
            SampleTraffic.latencies(800, typical: 1e6, process: $0).map { Double($0) * 1e-9 }
        }
        let each = latencies.compactMap { Order.percentile($0, 0.9) }
        #expect(abs(found.metrics[0].value / (try #require(Order.median(each))) - 1) < 1e-9)
        let estimates = latencies.compactMap { LoadGen.earlyStoppingEstimate($0, percentile: 0.9) }
        #expect(abs(found.metrics[5].value / (try #require(Order.median(estimates))) - 1) < 1e-9)
        #expect(found.latency?.queries == 4800 && found.latency?.histogram.queries == 4800)
        #expect(found.latency?.earlyStopping == EarlyStopping(percentile: 0.9, met: 6, processes: 6, needed: 64))
    }

    /// 298 queries support no p99, 299 do; p99.9 takes 2,995.
    @Test(arguments: [(298, "p97"), (299, "p99"), (2994, "p99"), (2995, "p99.9")])
    func noPercentileBeyondItsSupport(queries: Int, last: String) throws {
        let names = try measure(run(.singleStream, queries: queries)).metrics.map(\.name)
        let percentiles = names.filter { !$0.hasSuffix("earlyStopping") && $0 != "latency.p90" }
        #expect(percentiles.last == "latency." + last)
    }

    @Test func oneShortProcessTakesThePercentileAway() throws {
        var run = run(.singleStream)
        run.samples.removeAll { $0.process == 3 && $0.index >= 100 }
        run.records[3].samples = 100
        run.records[3].traffic?.queries = 100
        #expect(try measure(run).metrics.map(\.name).contains("latency.p99") == false)
        #expect(try measure(run).latency?.fewestQueries == 100)
    }

    @Test func tooFewQueriesAreSaid() throws {
        let found = try measure(run(.multiStream, queries: 400))
        #expect(found.status == .unconverged)
        #expect(found.reason?.contains("early stopping is met in 0 of 6 processes; it needs 662 queries") == true)
    }

    @Test func offlineIsSamplesASecond() throws {
        let found = try measure(run(.offline))
        #expect(found.metrics.map(\.name) == ["throughput"])
        #expect(found.metrics.first?.unit == "samples/s" && found.latency == nil)
    }

    /// What LoadGen calls invalid is not called valid here.
    @Test func offlineTrafficThatEndedTooSoonIsNotValid() throws {
        #expect(try measure(run(.offline)).status == .valid)
        let short = try measure(run(.offline) { records in records[4].traffic?.seconds = 0.4 })
        #expect(short.status == .unconverged)
        #expect(short.reason == "1 of 6 processes stopped before the minimum duration")
    }

    @Test func theRateIsTheMedianOfWhatProcessesFound() throws {
        let found = try measure(run(.server))
        #expect(found.status == .valid, "\(found.reason ?? "")")
        #expect(found.processes == 6)
        #expect(found.metrics.first?.name == "throughput" && found.metrics.first?.value == 652.5)
        #expect(found.metrics.first?.interval == Interval(lower: 640, upper: 665, level: 0.95))
        #expect(found.metrics.contains { $0.name == "latency.p99" })
        #expect(found.rateSearch?.confirmed == 3 && found.rateSearch?.confirmations == 3)
        #expect(found.rateSearch?.confirmedRate == 640)
        // Those that confirm are no part of the value or of the distribution.
        #expect(found.latency?.queries == 4800)
    }

    @Test func aRateThatDoesNotHoldIsNotValid() throws {
        let found = try measure(run(.server, confirms: [0, 90, 90]))
        #expect(found.status == .unconverged)
        #expect(found.reason == "the rate that was found was valid in 1 of 3 fresh processes")
        let unconfirmed = try measure(run(.server, confirms: []))
        #expect(unconfirmed.status == .unconverged)
    }

    @Test func aProcessWithoutARateIsSaid() throws {
        let found = try measure(
            run(.server) { records in records[2].traffic?.overLatency = 90 })
        #expect(found.status == .unconverged)
        #expect(found.reason?.contains("1 of 6 processes found no rate") == true)
        #expect(found.metrics.first?.count == 5)
    }

    @Test func aFixedRateThatIsMissedFails() throws {
        var run = run(.server) { records in
            records.removeLast(3)
            for i in records.indices {
                records[i].traffic?.role = .measure
                records[i].traffic?.overLatency = 90
            }
        }
        run.plan.cases[0].scenarioSettings?.targetRate = 650
        let found = try measure(run)
        #expect(found.status == .failed)
        #expect(found.reason?.contains("90 of 800 queries over the bound") == true)
    }

    @Test func nothingIsAScenariosCeilingOrShare() throws {
        let found = try measure(run(.singleStream))
        #expect(found.share == nil)
    }

    @Test func comparisonsSeeOneValueAProcess() throws {
        let run = run(.server)
        let header = SampleRun.header()
        let bundle = Bundle(
            id: header.id, created: header.created, duration: 10, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: run.plan, clock: header.clock, interrupted: nil, resumed: 0,
            measurements: [try measure(run)], processes: run.records)
        let recording = Recording(bundle: bundle, samples: run.samples, environment: [], files: [])
        #expect(Recheck.findings(recording).isEmpty)
        let values = try #require(RunValues(recording).results.first)
        let rate = try #require(values.metrics.first { $0.metric.name == "throughput" })
        #expect(rate.processes.map(\.value) == [640, 650, 660, 655, 645, 665])
        var lying = recording
        lying.bundle.processes[0].traffic?.overLatency = 4
        #expect(Recheck.findings(lying).contains { $0.contains("processes[0].traffic") })
        lying = recording
        lying.bundle.measurements[0].latency?.histogram.counts[0] += 1
        #expect(!Recheck.findings(lying).isEmpty)
    }
}
