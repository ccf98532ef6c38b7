import Judge
import Measure
public import Model
import Statistics
import SystemFiles

/// How often the printed interval covers the truth, and how often it carries a warning, by the code that runs decide with.
public struct Coverage: Sendable, Equatable {
    public var stream: Stream
    public var suite: String
    public var repetitions: Int
    /// With an interval that holds the truth.
    public var covered: Int
    /// With a warning of the judge about the order of samples or processes, or a status that is not valid.
    public var warned: Int
    /// Mean number of processes.
    public var processes: Double

    /// Rules of the suites that ship, as far as they matter here.
    public static let suites: [(name: String, rules: Rules)] = [
        ("quick", rules(6, runTarget: 0.05)), ("standard", rules(10, runTarget: 0.03)),
        ("full", rules(20, runTarget: 0.03)),
    ]

    private static func rules(_ processes: Int, runTarget: Double) -> Rules {
        Rules(
            processes: processes, processSeconds: 2, sampleTarget: 0.01, runTarget: runTarget, minimumSamples: 10,
            maximumSamples: 640, sampleSeconds: 0.001, hangSeconds: 30, timeLimit: nil,
            maximumProcesses: 2 * processes, rerunShare: 0.5)
    }

    public static func measure(
        _ stream: Stream, suite: String, rules: Rules, repetitions: Int, seed: UInt64
    ) async throws -> Coverage {
        let shares = 8
        return try await withThrowingTaskGroup(of: Coverage.self) { group in
            for share in 0..<shares {
                group.addTask {
                    var result = Coverage(
                        stream: stream, suite: suite, repetitions: 0, covered: 0, warned: 0, processes: 0)
                    for index in stride(from: share, to: repetitions, by: shares) {
                        let chosen = CounterGenerator(seed: seed).bits(UInt64(index))
                        result.add(try await one(stream, rules, seed: chosen))
                    }
                    return result
                }
            }
            var total = Coverage(stream: stream, suite: suite, repetitions: 0, covered: 0, warned: 0, processes: 0)
            for try await part in group { total.add(part) }
            total.processes /= Double(max(total.repetitions, 1))
            return total
        }
    }

    private mutating func add(_ other: Coverage) {
        repetitions += other.repetitions
        covered += other.covered
        warned += other.warned
        processes += other.processes
    }

    private mutating func add(_ measurement: Measurement) {
        repetitions += 1
        processes += Double(measurement.processes)
        if let interval = measurement.metrics.first?.interval {
            let truth = stream.truth * Stream.base
            covered += interval.lower <= truth && truth <= interval.upper ? 1 : 0
        }
        warned += measurement.warnings.isEmpty ? 0 : 1
    }

    /// One whole run of one case.
    private static func one(_ stream: Stream, _ rules: Rules, seed: UInt64) async throws -> Measurement {
        let planned = Case(
            id: "trial", workload: stream.rawValue, kernel: .pointerChase,
            shape: .pointerChase(BufferShape(bytes: 1 << 20)), dataType: .f64, backend: .simd, scenario: .offline,
            threads: 1, placement: Placement(policy: .firstCores, processingUnits: [0], memory: .local))
        let plan = Plan(suite: "trial", seed: seed, cases: [planned], rules: rules, skipped: [])
        let clock = TrialClock()
        var samples: [Sample] = []
        let coordinator = Coordinator(
            plan: plan, processingUnits: 2, clockReadCost: 0,
            launcher: StreamLauncher(stream, seed: seed, clock: clock), clock: clock,
            lookout: Lookout(watch: EnvironmentWatch(files: SystemFiles(root: "/nonexistent")), clock: clock),
            journal: { (entry) throws(RecordError) in if case .samples(let lines) = entry { samples += lines } },
            progress: { _ in })
        let records = try await coordinator.run().records
        let judged = Exclusions.applied(to: records, processingUnits: 2)
        let all = Summary.measurements(
            plan: plan, records: judged, samples: samples, processingUnits: 2, cut: nil)
        return all[0]
    }

    /// The table of docs/METHODOLOGY.md.
    public static func table(_ results: [Coverage]) -> String {
        var lines = ["| stream | suite | processes | covered | warned |", "| --- | --- | ---: | ---: | ---: |"]
        for result in results {
            func percent(_ count: Int) -> String {
                let tenths = (Double(count) / Double(max(result.repetitions, 1)) * 1000).rounded()
                return "\(Int(tenths) / 10).\(Int(tenths) % 10) %"
            }
            let mean = (result.processes * 10).rounded() / 10
            lines.append(
                "| \(result.stream.title) | \(result.suite) | \(mean) | \(percent(result.covered)) | \(percent(result.warned)) |"
            )
        }
        return lines.joined(separator: "\n")
    }
}
