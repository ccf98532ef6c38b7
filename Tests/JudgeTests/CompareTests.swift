import Judge
import Model
import Statistics
import TestSupport
import Testing

private let work = Work(flops: 1e9, bytes: 1e8, lookups: 0, footprint: 0)

/// A run of `seconds` an iteration, processes spread evenly by `spread`, each with ten samples.
func sampleRun(
    _ seconds: Double = 0.1, processes: Int = 10, spread: Double = 0.002, id: String = "run",
    change: (inout Bundle) -> Void = { _ in }
) -> Recording {
    var plan = SampleRun.plan()
    plan.cases = [SampleRun.matmul]
    plan.rules.processes = processes
    var records: [ProcessRecord] = []
    var samples: [Sample] = []
    for process in 0..<processes {
        let place = Double(process) / Double(max(processes - 1, 1)) - 0.5
        records.append(SampleRun.record(SampleRun.matmul, process: process, order: process, work: work))
        // Another prime for each process, so that no two processes of two runs tie.
        let own = seconds * (1 + spread * place + 1e-7 * Double((process * 7919 + id.count * 131) % 101))
        samples += SampleRun.samples(SampleRun.matmul, process: process, seconds: own)
    }
    var bundle = Bundle(
        id: id, created: SampleRun.header().created, duration: 10,
        tool: Tool(version: "0.1.0", commit: "aaaa", modified: false, compiler: "Swift"),
        machine: SampleRun.machine(), tunablesChanged: [], plan: plan,
        clock: ClockReport(name: "CLOCK_MONOTONIC_RAW", resolution: 1e-9, readCost: 2e-8), interrupted: nil,
        resumed: 0,
        measurements: Summary.measurements(
            plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil), processes: records)
    change(&bundle)
    return Recording(bundle: bundle, samples: samples, environment: [], files: [])
}

private func verdict(
    _ base: Recording, _ new: Recording, _ change: (inout Judge.Options) -> Void = { _ in }
) throws -> Comparison.Pair {
    var options = Judge.Options()
    options.resamples = 200
    change(&options)
    return try #require(Judge.compare(base: [base], new: new, options: options).pairs.first)
}

@Suite struct CompareTests {
    @Test func aLargeSlowdownIsRegressed() throws {
        let pair = try verdict(sampleRun(0.1, id: "a"), sampleRun(0.105, id: "bb"))
        #expect(pair.verdict == .regressed)
        #expect(pair.metric == "throughput")
        #expect(pair.better == .higher)
        let change = try #require(pair.change)
        #expect(abs(change.ratio - 0.1 / 0.105) < 1e-3)
        let interval = try #require(change.interval)
        #expect(interval.lower < change.ratio && change.ratio < interval.upper)
        #expect(interval.upper < 1)
        #expect(try #require(pair.pAdjusted) < 0.001)
        #expect(pair.base?.processes == 10)
    }

    @Test func directionCounts() throws {
        #expect(try verdict(sampleRun(0.105, id: "a"), sampleRun(0.1, id: "bb")).verdict == .improved)
        let machines = try verdict(sampleRun(0.1, id: "a"), sampleRun(0.105, id: "bb")) { $0.relation = .machines }
        #expect(machines.verdict == .slower)
        let faster = try verdict(sampleRun(0.105, id: "a"), sampleRun(0.1, id: "bb")) { $0.relation = .machines }
        #expect(faster.verdict == .faster)
    }

    @Test func theSameIsEquivalentAndSaysWithinWhat() throws {
        let pair = try verdict(sampleRun(0.1, id: "a"), sampleRun(0.1, id: "bb"))
        #expect(pair.verdict == .equivalent)
        #expect(pair.margin?.source == .standard)
        #expect(abs(try #require(pair.margin).value - 0.00995) < 1e-4)
    }

    @Test func noiseIsInconclusiveAndSaysWhatItCouldShow() throws {
        let pair = try verdict(
            sampleRun(0.1, spread: 0.1, id: "a"), sampleRun(0.103, spread: 0.1, id: "bb"))
        #expect(pair.verdict == .inconclusive)
        let smallest = try #require(pair.smallestEffect)
        #expect(smallest > 0.05)
        #expect(pair.reason?.contains("smallest change this data can show") == true)
    }

    @Test func tooFewProcessesSaySo() throws {
        let pair = try verdict(
            sampleRun(0.1, processes: 4, id: "a"), sampleRun(0.2, processes: 4, id: "bb")
        ) {
            // As if there were very many metrics: four processes a side have 70 orders.
            $0.falseDiscoveryRate = 0.01
        }
        #expect(pair.verdict == .inconclusive)
        #expect(pair.smallestEffect == nil)
        #expect(pair.reason?.contains("too few processes") == true)
        let two = try verdict(sampleRun(0.1, processes: 2, id: "a"), sampleRun(0.2, processes: 2, id: "bb"))
        #expect(two.reason?.contains("fewer than three") == true)
    }

    @Test func nothingIsCalledBelowTheFloor() throws {
        let floor = NoiseFloor(
            value: 0.08, pairs: 59,
            metrics: [
                NoiseFloor.MetricFloor(
                    case: SampleRun.matmul.id, metric: "throughput", value: 0.08, pairs: 59, deviation: 0.0001,
                    repetitions: 118)
            ], processes: 10)
        let below = try verdict(sampleRun(0.1, id: "a"), sampleRun(0.105, id: "bb")) { $0.noiseFloor = floor }
        #expect(below.verdict != .regressed)
        #expect(below.margin?.source == .noiseFloor)
        let above = try verdict(sampleRun(0.1, id: "a"), sampleRun(0.12, id: "bb")) { $0.noiseFloor = floor }
        #expect(above.verdict == .regressed)
    }

    @Test func whatRunsDifferByCounts() throws {
        func floor(_ deviation: Double) -> NoiseFloor {
            NoiseFloor(
                value: 0.001, pairs: 59,
                metrics: [
                    NoiseFloor.MetricFloor(
                        case: SampleRun.matmul.id, metric: "throughput", value: 0.001, pairs: 59, deviation: deviation,
                        repetitions: 118)
                ], processes: 10)
        }
        let (base, new) = (sampleRun(0.1, id: "a"), sampleRun(0.102, id: "bb"))
        #expect(try verdict(base, new) { $0.noiseFloor = floor(0.0005) }.verdict == .regressed)
        let loud = try verdict(base, new) { $0.noiseFloor = floor(0.02) }
        #expect(loud.verdict == .inconclusive)
        #expect(loud.runNoise?.source == .noiseFloor)
        #expect(loud.furtherProcesses == nil)
        let live = try verdict(base, new) {
            $0.noiseFloor = floor(0.02)
            $0.isInterleaved = true
            $0.minimumEffect = 0.001
        }
        #expect(live.runNoise?.source == .interleaved)
    }

    @Test func severalBaselinesTellTheirNoise() throws {
        let bases = [0.098, 0.1, 0.103, 0.097, 0.101].enumerated().map { sampleRun($1, id: "base-\($0)") }
        let comparison = Judge.compare(base: bases, new: sampleRun(0.102, id: "new"))
        let pair = try #require(comparison.pairs.first)
        #expect(pair.runNoise?.source == .baselines)
        #expect(pair.base?.processes == 50)
        #expect(pair.verdict == .inconclusive)
        // One of them alone would be sure.
        #expect(Judge.compare(base: [bases[1]], new: sampleRun(0.102, id: "new")).pairs[0].verdict == .regressed)
    }

    @Test func aMinimumEffectIsPartOfTheNullHypothesis() throws {
        let (base, new) = (sampleRun(0.1, id: "a"), sampleRun(0.105, id: "bb"))
        func least(_ share: Double) -> (inout Judge.Options) -> Void {
            {
                $0.minimumEffect = share
                $0.isEffectGiven = true
            }
        }
        #expect(try verdict(base, new, least(0.03)).verdict == .regressed)
        #expect(try verdict(base, new, least(0.10)).verdict == .equivalent)
        #expect(try verdict(base, new, least(0.03)).margin?.source == .option)
    }

    @Test func theSameInputGivesTheSameComparison() {
        func once() -> Comparison {
            Judge.compare(base: [sampleRun(0.1, id: "a")], new: sampleRun(0.102, id: "bb"))
        }
        #expect(once() == once())
    }

    @Test func aRunHeldAgainstItselfIsSaid() throws {
        func warnings(_ base: Recording, _ new: Recording) -> [String] {
            Judge.compare(base: [base], new: new).warnings.filter {
                $0.contains("no change can show") || $0.contains("the id")
            }
        }
        #expect(
            warnings(sampleRun(id: "a"), sampleRun(id: "a")) == [
                "a run is compared with itself (a): no change can show"
            ])
        // Copied and given another id: nothing is measured twice to the last bit.
        let copy = sampleRun(id: "a") { $0.id = "b" }
        #expect(
            warnings(sampleRun(id: "a"), copy) == [
                "a and b hold the same measurements: one is a copy of the other, and no change can show"
            ])
        #expect(warnings(sampleRun(id: "a"), sampleRun(id: "bb")) == [])
        #expect(
            warnings(sampleRun(id: "a"), sampleRun(0.1 + 1e-12, id: "a")).first?.contains("one of them was changed")
                == true)
        // Two processes may agree by chance; and of nothing measured there is nothing to say.
        let few = { sampleRun(processes: 3, id: $0) { $0.id += "!" } }
        #expect(warnings(few("a"), few("a").renamed("z")) == [])
    }
}

extension Recording {
    fileprivate func renamed(_ id: String) -> Recording {
        var recording = self
        recording.bundle.id = id
        return recording
    }
}
