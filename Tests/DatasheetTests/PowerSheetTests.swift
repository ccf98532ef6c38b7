import Datasheet
import Document
import Model
import Render
import Statistics
import Testing
import Units

/// §11 with and without energies.
struct PowerSheetTests {
    private func meter(_ problems: [String] = []) -> Meter {
        var meter = Meter(
            id: "rapl.0", source: "powercap RAPL", name: "package-0", boundary: .package, kind: .counter,
            resolution: 6.1e-5, statedPeriod: 0.001, gainError: 0.05, gainErrorOrigin: "assumed", range: 262_143,
            ratedPower: 240, pollPeriod: 0.05)
        meter.updatePeriod = 0.00098
        meter.changes = 64
        meter.wraps = 1
        meter.problems = problems
        return meter
    }

    /// The synthetic run at 80 W between processes and 200 W in them, with an energy for each measured case.
    func run(above: Double = 57.6, problems: [String] = []) -> Recording {
        var recording = Synthetic.normal()
        var report = PowerReport(meters: [meter(problems)])
        report.idle = [TimedWindow(start: 0, end: 3)]
        report.cost = PowerReport.Cost(cpuSeconds: 0.05, seconds: 100, readings: 4321)
        recording.bundle.power = report
        var joules = 0.0
        recording.power = (0..<400).map { index in
            let t = Double(index) * 0.2
            joules += index % 5 < 3 ? 40 : 16
            return PowerReading(t: t, source: "rapl.0", joules: joules)
        }
        for index in recording.bundle.processes.indices {
            let record = recording.bundle.processes[index]
            recording.bundle.processes[index].windows = [TimedWindow(start: record.started, end: record.ended)]
        }
        guard problems.isEmpty else { return recording }
        for index in recording.bundle.measurements.indices where !recording.bundle.measurements[index].metrics.isEmpty {
            var energy = Energy(
                joules: 96.04, duration: 0.48, meanPower: 200.08, idlePower: 80, uncertainty: 4.8,
                source: "powercap RAPL", boundary: "package")
            energy.meters = ["rapl.0"]
            energy.aboveIdle = above
            energy.aboveIdleUncertainty = 3.1
            energy.updatePeriod = 0.001
            energy.gainError = 0.05
            recording.bundle.measurements[index].energy = energy
            recording.bundle.measurements[index].energyUnavailable = nil
            recording.bundle.measurements[index].metrics.append(
                Metric(
                    name: "energyPerWork", unit: .joulesPer("FLOP"), better: .lower, value: 41.6e-12,
                    interval: Interval(lower: 41.1e-12, upper: 42.2e-12, level: 0.95), count: 6))
            recording.bundle.measurements[index].metrics.append(
                Metric(
                    name: "throughputPerWatt", unit: .perWatt(.flopsPerSecond), better: .higher, value: 24.0e9,
                    interval: Interval(lower: 23.7e9, upper: 24.3e9, level: 0.95), count: 6))
        }
        return recording
    }

    private func power(_ recording: Recording) -> Document.Section? {
        Datasheet.compose(recording).sections.first { $0.number == 11 }
    }

    @Test func energiesWithTheirUncertaintySourceAndBoundary() throws {
        let words = try #require(power(run())).words
        for text in [
            "below level 1 of the EE HPC WG", "96.0\u{A0}J", "4.8", "57.6\u{A0}J", "3.1",
            "powercap RAPL, processor packages",
            "980\u{A0}µs", "counted, began again 1 time", "0.050\u{202F}% of one core",
            "Idle: 80.0\u{A0}W",
            "41.60\u{A0}pJ/FLOP", "41.10 – 42.20", "24.00\u{A0}GFLOP/s/W",
        ] { #expect(words.contains(text), "\(text)") }
    }

    @Test func theCourseOverTimeIsDrawnWithItsWindows() throws {
        let section = try #require(power(run()))
        let figures = section.blocks.compactMap { block -> Document.Figure? in
            if case .figure(let figure) = block { figure } else { nil }
        }
        let figure = try #require(figures.first)
        guard case .course(let course) = figure.chart else {
            Issue.record("\(figure.chart)")
            return
        }
        #expect(course.spans.count > 10)
        #expect(course.reference == 80)
        let points = try #require(course.series.first?.stretches.first)
        // The area under the steps is the energy.
        let area = zip(points, points.dropFirst()).reduce(0) { $0 + $1.1.y * ($1.1.x - $1.0.x) }
        let readings = run().power
        #expect(abs(area - ((readings.last?.joules ?? 0) - (readings.first?.joules ?? 0))) < 1e-6)
        let svg = SVG.file(figure)
        for part in [
            "class=\"span\"", "class=\"course\"", "class=\"reference\"", ">idle<", ">timed<", "seconds from the start",
        ] {
            #expect(svg.contains(part), "\(part)")
        }
    }

    @Test func whatCannotBeToldFromIdleIsNotZero() throws {
        let words = try #require(power(run(above: 0.4))).words
        #expect(words.contains("none seen"))
        #expect(!words.contains("0.4\u{A0}J"))
    }

    @Test func aFaultyMeterIsNamedAndGivesNothing() throws {
        let section = try #require(power(run(problems: ["at 12.3 s: the counter went backwards, from 5 to 4"])))
        #expect(section.words.contains("no energy: at 12.3 s: the counter went backwards"))
        #expect(section.words.contains("Meters were read, but no case has an energy"))
        #expect(!section.blocks.contains { if case .figure = $0 { true } else { false } })
    }
}
