import Document
import Foundation
import Model
import Render
import Statistics
import TestSupport
import Testing
import Units

@testable import Datasheet

/// A case of six processes with `queries` each, as the judge would have it.
private func measurement(_ scenario: Scenario, queries: Int, status: Status = .valid) -> Measurement {
    let planned = SampleTraffic.plannedCase(scenario)
    let processes = (0..<6).map { process in
        QueryLatencies(nanoseconds: SampleTraffic.latencies(queries, typical: 1e6, process: process))
    }
    func metric(_ name: String, _ unit: Units.Unit, _ better: Metric.Direction, _ values: [Double]) -> Metric {
        Metric(
            name: name, unit: unit, better: better, value: Order.median(values) ?? 0,
            interval: Order.medianInterval(values, level: 0.95), count: values.count)
    }
    var metrics: [Metric] = []
    if scenario == .server {
        metrics.append(metric("throughput", .samplesPerSecond, .higher, [640, 650, 660, 655, 645, 665]))
    }
    for percentile in Order.latencyPercentiles {
        let values = processes.compactMap { $0.supported(percentile) }
        guard values.count == 6 else { continue }
        metrics.append(metric("latency." + Order.name(percentile: percentile), .seconds, .lower, values))
    }
    var measurement = Measurement(
        case: planned, status: status, reason: status == .valid ? nil : "a reason", processes: 6, stopped: "6 complete",
        metrics: metrics)
    measurement.latency = LatencyDistribution(
        queries: 6 * queries, fewestQueries: queries, samplesPerQuery: 1,
        minimum: processes.compactMap(\.minimum).min() ?? 0, maximum: processes.compactMap(\.maximum).max() ?? 0,
        histogram: LatencyHistogram.sum(processes.map(\.histogram)),
        earlyStopping: EarlyStopping(percentile: 0.99, met: 6, processes: 6, needed: 459),
        bound: planned.scenarioSettings?.latencyBound, overLatency: scenario == .server ? 0 : nil)
    if scenario == .server {
        measurement.rateSearch = RateSearch(
            bound: 0.015, percentile: 0.99, processes: 6, probes: 12, confirmedRate: 640, confirmed: 3, confirmations: 3
        )
    }
    measurement.energyUnavailable = "not sampled"
    return measurement
}

/// One case of each scenario, for tests of the sheet as a whole.
enum ScenarioRun {
    static func all() -> Recording {
        recording(
            [Scenario.offline, .singleStream, .multiStream, .server].map { measurement($0, queries: 3000) })
    }
}

private func recording(_ measurements: [Measurement]) -> Recording {
    let header = SampleRun.header()
    let records = measurements.flatMap { measurement in
        (0..<6).map { process in
            let probes = [
                RateProbe(
                    rate: 700, queries: 120, scheduled: 700, overLatency: 9, seconds: 0.3, latency: 0.02,
                    end: .hopeless,
                    valid: false, reason: "9 of 120 queries over the bound, too many for those that were still to come"),
                RateProbe(
                    rate: 640, queries: 700, scheduled: 700, overLatency: 0, seconds: 1.1, latency: 0.004,
                    end: .complete,
                    valid: true, reason: nil),
            ]
            return SampleTraffic.record(
                measurement.case, process: process, order: process, queries: measurement.latency?.fewestQueries ?? 1,
                role: measurement.rateSearch == nil ? .measure : .search,
                rate: measurement.rateSearch == nil ? nil : 640,
                probes: measurement.rateSearch == nil ? [] : probes)
        }
    }
    let bundle = Bundle(
        id: header.id, created: header.created, duration: 60, tool: header.tool, machine: header.machine,
        tunablesChanged: [],
        plan: Plan(suite: "s", seed: 7, cases: measurements.map(\.case), rules: SampleRun.rules, skipped: []),
        clock: header.clock, interrupted: nil, resumed: 0, measurements: measurements, processes: records)
    return Recording(bundle: bundle, samples: [], environment: [], files: [])
}

private struct NoLines: Error {}

private func lines(_ measurement: Measurement) throws -> Document.Lines {
    let figure = try #require(Datasheet.latencyDistributions(Reading(recording([measurement]))).first)
    guard case .lines(let lines) = figure.chart else { throw NoLines() }
    return lines
}

@Suite struct ScenarioSheetTests {
    @Test func tablesSayWhatWasFoundAndHowSurely() {
        let run = recording([measurement(.singleStream, queries: 800), measurement(.server, queries: 800)])
        let text = Markdown.render(Datasheet.compose(run), name: "x").first?.content ?? ""
        for part in [
            "Scenarios, in the semantics of MLPerf LoadGen (MLPerf-style, not an MLPerf result)",
            "MLPerf-style, not MLPerf results", "p99 ≤ 15",
            "met in 6 of 6", "640\u{A0}samples/s in 3 of 3", "Steps of the searches for a rate",
            "too many for those that were still to come",
            "shorter than the 10",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func theTailEndsWhereItsSupportDoes() throws {
        for queries in [60, 299, 800, 5000] {
            let chart = try lines(measurement(.singleStream, queries: queries))
            let least = try #require(chart.series.first?.points.map(\.y).min())
            // p with 1 − pⁿ = 0.95.
            #expect(least >= 1 - pow(0.05, 1 / Double(queries)) - 1e-12)
            let names = chart.markers.map { String($0.name.prefix { $0 != " " }) }
            #expect(names.contains("p99") == (queries >= 299) && names.contains("p99.9") == (queries >= 2995))
        }
    }

    @Test func curvesFallAndAreShort() throws {
        let points = try #require(try lines(measurement(.singleStream, queries: 5000)).series.first?.points)
        #expect(points.count > 10 && points.count <= 400)
        for (one, next) in zip(points, points.dropFirst()) { #expect(one.x <= next.x && one.y >= next.y) }
    }

    /// 888 µs in a caption and 890 in a table would be one number that looks like two.
    @Test func aPercentileIsRoundedAlikeWhereverItStands() throws {
        var measured = measurement(.singleStream, queries: 800)
        for (name, value) in [("latency.p50", 0.88764e-3), ("latency.p99", 1.9236e-3)] {
            let place = try #require(measured.metrics.firstIndex { $0.name == name })
            measured.metrics[place].value = value
            measured.metrics[place].interval = Interval(lower: value - 14e-6, upper: value + 11e-6, level: 0.95)
        }
        let figure = try #require(Datasheet.latencyDistributions(Reading(recording([measured]))).first)
        #expect(figure.title.hasSuffix("1.924\u{A0}ms against 888\u{A0}µs"), "\(figure.title)")
        let place = try #require(measured.metrics.firstIndex { $0.name == "latency.p50" })
        measured.metrics[place].interval = Interval(lower: 0.5e-3, upper: 1.2e-3, level: 0.95)
        let sheet = Datasheet.compose(recording([measured]))
        let results = sheet.sections.first { $0.number == 10 }?.words ?? ""
        #expect(results.contains("against 890\u{A0}µs") && results.contains("p50 890"), "\(results)")
        #expect(!results.contains("888") && !results.contains("887.6"))
    }

    @Test func theBoundIsMarkedAndADoubtfulCaseIsHollow() throws {
        let chart = try lines(measurement(.server, queries: 800, status: .unconverged))
        #expect(chart.markers.contains { $0.name.hasPrefix("bound 15") })
        #expect(chart.series.first?.isHollow == true)
    }

    @Test func theDrawingIsAFile() throws {
        let reading = Reading(recording([measurement(.server, queries: 800)]))
        let figure = try #require(Datasheet.latencyDistributions(reading).first)
        let svg = SVG.file(figure, isTitled: true)
        try Markup.check(svg)
        try Golden.check(svg, "latency-distribution.svg")
    }

    @Test func scenariosAreNeitherKernelsNorCeilings() {
        let reading = Reading(recording([measurement(.singleStream, queries: 800)]))
        #expect(reading.kernels.isEmpty && reading.ceilings.isEmpty && reading.scenarios.count == 1)
    }
}
