import Foundation
import Judge
import Model
import Statistics
import Units

/// Metrics with the noise that real ones have, dealt by a seed.
///
/// log value = metric's level + what its run adds + what its process adds. Processes differ by 0.3 to 9 % (log-uniform over
/// the metrics). Runs differ by a quarter to all of that, half of it by a factor that all metrics of a run share (the host, the
/// temperature), half by each case's own. Two metrics of a case differ by almost the same amounts.
struct World {
    let metrics: Int
    /// Standard deviations of the log value, a metric each.
    let processDeviation: [Double]
    let runDeviation: [Double]
    /// Share of processes that something strikes and slows down by 10 to 30 %.
    let struck: Double
    private var generator: SeededGenerator

    init(metrics: Int, seed: UInt64, struck: Double = 0) {
        self.metrics = metrics
        self.struck = struck
        generator = SeededGenerator(seed: seed)
        var (own, between): ([Double], [Double]) = ([], [])
        for metric in 0..<metrics {
            if metric % 2 == 1 {
                own.append(own[metric - 1])
                between.append(between[metric - 1])
            } else {
                own.append(0.003 * exp(generator.unit() * log(30.0)))
                between.append(own[metric] * 0.25 * exp(generator.unit() * log(4.0)))
            }
        }
        processDeviation = own
        runDeviation = between
    }

    /// One run: log values, a metric each, a process each. `shared` is what the run adds where it is not a run of its own.
    mutating func run(processes: Int, adding offsets: [Int: Double] = [:], effects: [Double]? = nil) -> [[Double]] {
        let effects = effects ?? runEffects()
        var values: [[Double]] = []
        for metric in 0..<metrics {
            let twin = metric % 2 == 1 ? values[metric - 1] : nil
            let center = effects[metric] + (offsets[metric] ?? 0)
            values.append(
                (0..<processes).map { process in
                    let own: Double
                    if let twin {
                        let before = effects[metric - 1] + (offsets[metric - 1] ?? 0)
                        own = 0.95 * (twin[process] - before) + 0.3 * processDeviation[metric] * generator.normal()
                    } else {
                        let strike = generator.unit() < struck ? 0.1 + 0.2 * generator.unit() : 0
                        own = processDeviation[metric] * generator.normal() + strike
                    }
                    return center + own
                })
        }
        return values
    }

    /// What one run adds to each metric.
    mutating func runEffects() -> [Double] {
        let common = generator.normal()
        var effects: [Double] = []
        for metric in 0..<metrics {
            let own = metric % 2 == 1 ? 0.2 * generator.normal() : generator.normal()
            if metric % 2 == 1 {
                effects.append(0.98 * effects[metric - 1] + runDeviation[metric] * own)
            } else {
                effects.append(runDeviation[metric] * (common + own) * 0.5.squareRoot())
            }
        }
        return effects
    }

    mutating func choose(_ count: Int) -> Int { Int(generator.below(UInt64(count))) }
}

extension SeededGenerator {
    mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
    mutating func normal() -> Double { Normal.quantile(unit()) }
}

extension World {
    /// The noise floor that A/A runs show: pairs of runs, none used twice.
    mutating func floor(pairs: Int, processes: Int) -> NoiseFloor {
        let runs: [[Double]] = (0..<(2 * pairs)).map { _ in
            run(processes: processes).map { Order.median($0) ?? 0 }
        }
        let floors: [NoiseFloor.MetricFloor] = (0..<metrics).map { metric in
            let values: [Double] = runs.map { $0[metric] }
            let ratios: [Double] = (0..<pairs).map { pair in abs(values[2 * pair] - values[2 * pair + 1]) }
            let largest = ratios.max() ?? 0
            let deviation = Moments(values).variance.squareRoot()
            return NoiseFloor.MetricFloor(
                case: Bench.planned(metric).id, metric: Self.name(metric),
                value: NoiseRule.bound(largest: largest, deviation: deviation, pairs: pairs), pairs: pairs,
                deviation: deviation, repetitions: values.count, largest: largest)
        }
        return NoiseFloor(
            value: floors.map { $0.value }.max() ?? 0, pairs: pairs, metrics: floors, processes: processes)
    }

    static func name(_ metric: Int) -> String { metric % 2 == 0 ? "iterationTime" : "latency.p50" }

    /// As a comparison takes it.
    static func values(_ run: [[Double]], id: String) -> RunValues {
        var results: [RunValues.Result] = []
        for metric in run.indices {
            let seconds: [Double] = run[metric].map { 1e-3 * exp($0) }
            let published = Metric(
                name: name(metric), unit: .seconds, better: .lower, value: Order.median(seconds) ?? 0,
                interval: Order.medianInterval(seconds, level: 0.95), count: seconds.count)
            let values = RunValues.MetricProcesses(
                metric: published, processes: seconds.map { RunValues.ProcessValue(value: $0) })
            if metric % 2 == 0 {
                results.append(
                    RunValues.Result(
                        case: Bench.planned(metric), status: .valid, reason: nil, implementation: nil, metrics: [values]
                    ))
            } else {
                results[results.count - 1].metrics.append(values)
            }
        }
        return RunValues(
            reference: RunReference(
                id: id, name: id, created: Date(timeIntervalSince1970: 0), suite: "simulated", machine: "simulated",
                tool: Bench.tool, processes: [run.first?.count ?? 0]), machine: Bench.machine, rules: Bench.rules,
            instructionSet: nil, noiseFloor: .unknown("not measured"), results: results)
    }
}
