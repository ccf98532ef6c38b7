import Judge
import Model
import TestSupport
import Testing

private let work = Work(flops: 1e6, bytes: 2e5, lookups: 0, footprint: 1000)

/// Six processes of a second each, two seconds apart, each with one window of `length` from `begin` on.
private func records(length: Double = 0.8, windows: Bool = true) -> [ProcessRecord] {
    (0..<6).map { process in
        var record = SampleRun.record(SampleRun.matmul, process: process, order: process, work: work)
        record.started = 5 + 2 * Double(process)
        record.ended = record.started + 1
        let begin = record.started + 0.1
        if windows { record.windows = [TimedWindow(start: begin, end: begin + length)] }
        return record
    }
}

private func samples() -> [Sample] {
    (0..<6).flatMap { SampleRun.samples(SampleRun.matmul, process: $0, seconds: 1e-3, iterations: 80) }
}

private func meter(
    _ id: String, _ boundary: PowerBoundary, source: String = "powercap RAPL", period: Double = 0.001,
    gain: Double = 0.05, within: String? = nil, problems: [String] = []
) -> Meter {
    var meter = Meter(
        id: id, source: source, name: id, boundary: boundary, kind: .counter, within: within, resolution: 1e-6,
        statedPeriod: period, gainError: gain, gainErrorOrigin: "assumed", pollPeriod: 0.05)
    meter.problems = problems
    return meter
}

/// A counter at `idle` watts, and `load` watts in the windows; read every `step` seconds and at the windows' ends.
private func readings(_ id: String, idle: Double, load: Double, step: Double = 0.1, to end: Double = 20)
    -> [PowerReading]
{
    let windows = records().flatMap { $0.windows ?? [] }
    func joules(_ t: Double) -> Double {
        windows.reduce(idle * t) { $0 + (load - idle) * max(0, min(t, $1.end) - $1.start) }
    }
    let times = stride(from: 0, through: end, by: step) + windows.flatMap { [$0.start, $0.end] }
    return Set(times).sorted().map { PowerReading(t: $0, source: id, joules: joules($0)) }
}

private func report(_ meters: [Meter], idle: Bool = true) -> PowerReport {
    var report = PowerReport(meters: meters)
    if idle { report.idle = [TimedWindow(start: 0, end: 4), TimedWindow(start: 17, end: 20)] }
    return report
}

private func judged(
    _ report: PowerReport?, _ readings: [PowerReading], records: [ProcessRecord] = records()
) -> Measurement {
    var plan = SampleRun.plan()
    plan.cases = [SampleRun.matmul]
    return Summary.measurements(
        plan: plan, records: records, samples: samples(), processingUnits: 2, cut: nil,
        power: PowerEvidence(report, readings))[0]
}

@Suite struct EnergyTests {
    @Test func grossAndBeyondIdle() throws {
        let found = judged(report([meter("a", .package)]), readings("a", idle: 20, load: 100))
        let energy = try #require(found.energy)
        #expect(found.energyUnavailable == nil)
        #expect(abs(energy.duration - 4.8) < 1e-9)
        #expect(abs(energy.joules - 480) < 1e-6)
        #expect(abs(energy.meanPower - 100) < 1e-6)
        #expect(abs((energy.idlePower ?? 0) - 20) < 1e-6)
        #expect(abs((energy.aboveIdle ?? 0) - 384) < 1e-6)
        // Five per cent of 480 J, and six windows whose two ends are uncertain by a millisecond each, at 100 W.
        let ends = 100 * 0.002 * 6.0.squareRoot()
        #expect(abs(energy.uncertainty - (24 * 24 + ends * ends).squareRoot()) < 1e-3)
        #expect(energy.source == "powercap RAPL")
        #expect(energy.boundary == "package")
        #expect(energy.windows == 6)
    }

    @Test func perUnitOfWorkWithItsInterval() throws {
        let found = judged(report([meter("a", .package)]), readings("a", idle: 20, load: 100))
        let cost = try #require(found.metrics.first { $0.name == "energyPerWork" })
        // 80 J a process for ten samples of 80 iterations of a million operations.
        #expect(abs(cost.value - 80 / 8e8) < 1e-15)
        #expect(cost.unit == "J/FLOP")
        #expect(cost.better == .lower)
        #expect(cost.count == 6)
        #expect(cost.interval != nil)
        let rate = try #require(found.metrics.first { $0.name == "throughputPerWatt" })
        #expect(abs(rate.value / (1e6 / 1e-3 / 100) - 1) < 1e-3)
        #expect(rate.unit == "FLOP/s/W")
        // The first metric stays what it was.
        #expect(found.metrics.first?.name == "throughput")
    }

    @Test func disjointMetersOfOneSourceAddUpAndOthersAreListed() throws {
        let meters = [
            meter("p0", .package), meter("p1", .package), meter("core", .part, within: "p0"), meter("dram", .memory),
        ]
        let all = meters.flatMap { readings($0.id, idle: 10, load: $0.boundary == .memory ? 15 : 50) }
        let found = judged(report(meters), all)
        #expect(abs((found.energy?.meanPower ?? 0) - 100) < 1e-6)
        #expect(found.energy?.meters == ["p0", "p1"])
        #expect(found.energyByOthers?.map(\.boundary) == ["memory"])
    }

    @Test func theWidestThatAnswersIsShownFirst() throws {
        let fine = meter("a", .package)
        let coarse = meter("b", .node, source: "IPMI", period: 1)
        let both = readings("a", idle: 20, load: 100) + readings("b", idle: 200, load: 300)
        let found = judged(report([fine, coarse]), both)
        #expect(found.energy?.source == "powercap RAPL")
        let wall = meter("b", .wall, source: "external meter", period: 0.002, gain: 0.001)
        #expect(judged(report([fine, wall]), both).energy?.source == "external meter")
        #expect(judged(report([fine, wall]), both).energyByOthers?.map(\.source) == ["powercap RAPL"])
    }

    @Test func tooCoarseAMeterSaysNothing() {
        let slow = meter("a", .accelerator, source: "NVML", period: 0.1)
        #expect(
            judged(report([slow]), readings("a", idle: 20, load: 100)).energyUnavailable?.contains("no meter covers")
                == true)
        let node = meter("a", .node, source: "IPMI", period: 1)
        let found = judged(report([node]), readings("a", idle: 20, load: 100))
        #expect(found.energy == nil)
        #expect(found.energyUnavailable?.contains("IPMI changes every 1000 ms") == true)
        #expect(found.energyUnavailable?.contains("more than 2 %") == true)
        #expect(!found.metrics.contains { $0.name == "energyPerWork" })
    }

    @Test func readingsFarFromTheEndsOfWindowsWidenThem() {
        // Without readings at the ends, the nearest are up to 50 ms away: 10 % of a window.
        let sparse = stride(from: 0.05, through: 20, by: 0.1).map { PowerReading(t: $0, source: "a", joules: 50 * $0) }
        #expect(judged(report([meter("a", .package)]), sparse).energy == nil)
    }

    @Test func aFaultyMeterGivesNoJoules() {
        let faulty = meter("a", .package, problems: ["at 3 s: the counter went backwards, from 5 to 4"])
        let found = judged(report([faulty]), readings("a", idle: 20, load: 100))
        #expect(found.energy == nil)
        #expect(found.energyUnavailable == "powercap RAPL, a: at 3 s: the counter went backwards, from 5 to 4")
        // One broken package spoils the sum of two.
        let two = readings("a", idle: 1, load: 2) + readings("b", idle: 1, load: 2)
        #expect(judged(report([meter("b", .package), faulty]), two).energy == nil)
        let still = (0..<200).map { PowerReading(t: Double($0) * 0.1, source: "a", joules: 0) }
        #expect(judged(report([meter("a", .package)]), still).energyUnavailable?.contains("did not advance") == true)
    }

    @Test func whatWasNotReadOrTimedSaysSo() {
        let early = readings("a", idle: 20, load: 100, to: 10).filter { $0.t <= 10 }
        #expect(
            judged(report([meter("a", .package)]), early).energyUnavailable?.contains("was not read around") == true)
        let untimed = judged(
            report([meter("a", .package)]), readings("a", idle: 20, load: 100), records: records(windows: false))
        #expect(untimed.energyUnavailable == "process 0 recorded no timed windows")
        #expect(
            judged(PowerReport(unavailable: "no power source can be read here"), []).energyUnavailable
                == "no power source can be read here")
        // Older bundles say what they said.
        #expect(judged(nil, []).energyUnavailable?.contains("by this version") == true)
    }

    /// The joules of a window never straddle two sittings, in each of which counting began anew.
    @Test func aWindowLiesInOneSitting() {
        let split = readings("a", idle: 20, load: 100).map { reading in
            var reading = reading
            if reading.t > 5.5 { reading.sitting = 1 }
            return reading
        }
        #expect(judged(report([meter("a", .package)]), split).energy == nil)
    }

    /// The uncertainty of a stub whose counter steps every 100 ms contains the truth, wherever its steps fall.
    @Test func coarseCountersStayWithinTheirUncertainty() throws {
        for phase in stride(from: 0.0, to: 0.1, by: 0.013) {
            let windows = (0..<6).map { TimedWindow(start: 10 + 30 * Double($0), end: 32 + 30 * Double($0)) }
            let records = zip(records(), windows).map { record, window in
                var record = record
                record.windows = [window]
                return record
            }
            func truth(_ t: Double) -> Double {
                windows.reduce(40 * t) { $0 + 160 * max(0, min(t, $1.end) - $1.start) }
            }
            let stepped = (0..<10000).map { index -> PowerReading in
                let t = Double(index) * 0.02
                return PowerReading(
                    t: t, source: "g", joules: truth(max(0, ((t - phase) * 10).rounded(.down) / 10 + phase)))
            }
            let exact = meter("g", .node, source: "NVML", period: 0.1, gain: 0)
            let energy = try #require(judged(report([exact], idle: false), stepped, records: records).energy)
            let joules = windows.reduce(0) { $0 + truth($1.end) - truth($1.start) }
            #expect(abs(energy.joules - joules) <= energy.uncertainty)
            #expect(energy.uncertainty < 0.02 * joules)
        }
    }

    /// Processes that only confirm a rate are no part of the case's number, so they are no part of its energy either.
    @Test func processesThatConfirmARateCountNoEnergy() throws {
        let planned = SampleTraffic.plannedCase(.server)
        var records = (0..<9).map { process in
            SampleTraffic.record(
                planned, process: process, order: process, queries: 800, role: process < 6 ? .search : .confirm,
                rate: 640, overLatency: 0)
        }
        var (readings, joules) = ([PowerReading(t: 0, source: "a", joules: 0)], 0.0)
        for index in records.indices {
            let start = 10 + 10 * Double(index)
            records[index].windows = [TimedWindow(start: start, end: start + 5)]
            readings.append(PowerReading(t: start, source: "a", joules: joules))
            // Confirming costs a hundred times as much.
            joules += index < 6 ? 500 : 50_000
            readings.append(PowerReading(t: start + 5, source: "a", joules: joules))
        }
        let latencies = SampleTraffic.latencies(800, typical: 1e6, process: 0)
        let plan = Plan(suite: "s", seed: 7, cases: [planned], rules: SampleRun.rules, skipped: [])
        let found = Summary.measurements(
            plan: plan, records: records,
            samples: records.flatMap {
                SampleTraffic.samples(planned, process: $0.process, nanoseconds: latencies)
            }, processingUnits: 2, cut: nil,
            power: PowerEvidence(report([meter("a", .package)], idle: false), readings))[0]
        let energy = try #require(found.energy, "\(found.energyUnavailable ?? "")")
        #expect(abs(energy.joules - 3000) < 1e-6 && abs(energy.duration - 30) < 1e-9)
        let cost = try #require(found.metrics.first { $0.name == "energyPerWork" })
        #expect(cost.count == 6 && abs(cost.value - 500.0 / 800) < 1e-9)
    }
}
