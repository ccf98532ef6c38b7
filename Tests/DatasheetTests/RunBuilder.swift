import Model
import Statistics
import Units

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The vocabulary’s own, where Foundation has names like them.
typealias Measurement = Model.Measurement
typealias Bundle = Model.Bundle

/// A case of a made-up run: what it reaches and how far its processes lie apart.
struct CasePlan {
    var workload: String
    var shape: Shape
    var backend: Backend
    var threads: Int
    /// FLOP/s, B/s, or loads a second.
    var rate: Double
    /// Full width of what processes differ by, as a share.
    var spread: Double
    var status: Status
    var reason: String?

    init(
        _ workload: String, _ shape: Shape, _ backend: Backend, _ threads: Int, rate: Double, spread: Double,
        status: Status = .valid, reason: String? = nil
    ) {
        self.workload = workload
        self.shape = shape
        self.backend = backend
        self.threads = threads
        self.rate = rate
        self.spread = spread
        self.status = status
        self.reason = reason
    }
}

/// Puts a run together: processes, samples and measurements that agree with one another.
struct RunBuilder {
    var machine: Machine
    var processes = 6
    private var measurements: [Measurement] = []
    private var records: [ProcessRecord] = []
    private var samples: [Sample] = []
    private var skipped: [SkippedCase] = []
    private var counter: UInt64 = 0
    private let generator = CounterGenerator(seed: Synthetic.seed)

    init(machine: Machine) { self.machine = machine }

    func planned(_ workload: String, _ shape: Shape, _ type: DataType, _ backend: Backend, _ threads: Int) -> Case {
        Case(
            id: Digest.identity(of: "\(workload)|\(backend)|\(threads)"), workload: workload, kernel: shape.kernel,
            shape: shape,
            dataType: type, backend: backend, scenario: .offline, threads: threads,
            placement: Placement(
                policy: threads == 1 ? .firstCores : .allCores, processingUnits: Array(0..<threads), memory: .local))
    }

    mutating func skip(_ planned: Case, _ reason: String) {
        skipped.append(SkippedCase(planned: planned, reason: reason))
        var measurement = Measurement(
            case: planned, status: .skipped, reason: reason, processes: 0, stopped: "", metrics: [])
        measurement.energyUnavailable = "it was not run"
        measurements.append(measurement)
    }

    mutating func fail(_ planned: Case, _ reason: String) {
        let start = Double(records.count) * 0.5
        records.append(
            ProcessRecord(
                case: planned.id, process: 0, order: records.count, started: start, ended: start + 0.1,
                outcome: .failed(reason)))
        var measurement = Measurement(
            case: planned, status: .failed, reason: reason, processes: 0, stopped: "1 failed", metrics: [])
        measurement.energyUnavailable = "it failed"
        measurements.append(measurement)
    }

    mutating func measure(_ plan: CasePlan) {
        let type: DataType = plan.shape.kernel == .streamTriad ? .f64 : .f32
        let planned = planned(plan.workload, plan.shape, type, plan.backend, plan.threads)
        var work = (try? plan.shape.work(type)) ?? Work(flops: 0, bytes: 0, lookups: 0, footprint: 0)
        if plan.shape.kernel == .peakCompute { work.flops = Double(plan.threads) * 2 * 16 * 12 * 65_536 }
        let amount = Self.amount(work, plan.shape.kernel)
        var medians: [Double] = []
        for process in 0..<processes {
            let offset = (unit() - 0.5) * plan.spread
            medians.append(run(planned, process, amount / (plan.rate * (1 + offset)), work, plan))
        }
        var measurement = Measurement(
            case: planned, status: plan.status, reason: plan.reason, processes: processes,
            stopped: plan.status == .unconverged ? "4 converged, 2 time cap" : "6 converged",
            metrics: Self.metrics(plan.shape.kernel, work, medians))
        measurement.work = work
        measurement.implementation = Self.implementation(plan)
        measurement.energyUnavailable = "the hypervisor exposes no energy counter"
        measurement.operationalIntensity = work.bytes > 0 && work.flops > 0 ? work.flops / work.bytes : nil
        if !plan.shape.kernel.isCeilingKernel {
            measurement.check = Check(
                error: 4.1e-8, bound: 1.2e-6, compared: 4096, coverage: "random projection over all outputs")
        }
        if plan.shape.kernel == .convolution {
            measurement.reorder = ReorderCost(source: 1.34e-3, weights: 2.1e-5, destination: nil)
        }
        if plan.status == .noisy { measurement.warnings = ["pages lie differently in each process"] }
        measurements.append(measurement)
    }

    private mutating func unit() -> Double {
        counter += 1
        return generator.unit(counter)
    }

    /// One process of twenty-two samples, the first two before it was warm; returns its median time per iteration.
    private mutating func run(_ planned: Case, _ process: Int, _ seconds: Double, _ work: Work, _ plan: CasePlan)
        -> Double
    {
        let iterations = max(Int((0.02 / seconds).rounded()), 1)
        var times: [Double] = []
        for index in 0..<22 {
            let time = seconds * (index < 2 ? 1.2 : 1 + (unit() - 0.5) * 0.008)
            if index >= 2 { times.append(time) }
            samples.append(
                Sample(
                    case: planned.id, process: process, index: index, seconds: time * Double(iterations),
                    iterations: iterations))
        }
        let start = Double(records.count) * 0.5
        var record = ProcessRecord(
            case: planned.id, process: process, order: records.count, started: start, ended: start + 0.48,
            outcome: .completed(plan.status == .unconverged && process > 3 ? .timeCap : .converged))
        record.work = work
        record.samples = 22
        record.warmup = 2
        record.seriallyDependent = plan.status == .noisy && process % 2 == 0
        record.boundTo = planned.placement.processingUnits
        record.interference = Interference(
            steal: unit() * 0.002 + (process == 5 && plan.threads == 2 ? 0.011 * unit() : 0), otherLoad: unit() * 0.01,
            throttledPeriods: 0, involuntarySwitches: Int(unit() * 12), majorFaults: 0)
        records.append(record)
        return Order.median(times) ?? seconds
    }

    private static func amount(_ work: Work, _ kernel: Kernel) -> Double {
        switch kernel {
        case .matmul, .convolution, .peakCompute: work.flops
        case .embedding, .streamTriad, .streamCopy, .streamScale, .streamAdd, .cacheRead: work.bytes
        case .rowGather: work.lookups
        case .pointerChase: work.lookups
        case .null: 1
        }
    }

    private static func metrics(_ kernel: Kernel, _ work: Work, _ medians: [Double]) -> [Metric] {
        func metric(_ name: String, _ unit: Units.Unit, _ better: Metric.Direction, _ values: [Double]) -> Metric {
            Metric(
                name: name, unit: unit, better: better, value: Order.median(values) ?? 0,
                interval: Order.medianInterval(values, level: 0.95), count: values.count)
        }
        return switch kernel {
        case .matmul, .convolution, .peakCompute:
            [metric("throughput", .flopsPerSecond, .higher, medians.map { work.flops / $0 })]
        case .embedding, .rowGather:
            [
                metric("throughput", .lookupsPerSecond, .higher, medians.map { work.lookups / $0 }),
                metric("bandwidth", .bytesPerSecond, .higher, medians.map { work.bytes / $0 }),
            ]
        case .streamTriad, .streamCopy, .streamScale, .streamAdd, .cacheRead:
            [metric("bandwidth", .bytesPerSecond, .higher, medians.map { work.bytes / $0 })]
        case .pointerChase: [metric("loadLatency", .seconds, .lower, medians.map { $0 / work.lookups })]
        case .null: []
        }
    }

    private static func implementation(_ plan: CasePlan) -> Implementation {
        switch plan.backend {
        case .onednn:
            Implementation(
                library: "oneDNN", version: "2.6.3", path: "/usr/lib/x86_64-linux-gnu/libdnnl.so.2",
                reported: "brg:avx512_core")
        case .cblas:
            Implementation(
                library: "OpenBLAS", version: "0.3.21", path: "/usr/lib/x86_64-linux-gnu/libopenblas.so.0",
                reported: "SkylakeX")
        case .reference, .simd, .cuda:
            Implementation(library: "Assay", version: "0.1.0", path: nil, reported: "avx512f")
        }
    }

    /// Shares are of the ceiling with the same threads: peak for arithmetic, triad for lookups.
    private func withShares() -> [Measurement] {
        measurements.map { measurement in
            let kernel: Kernel = measurement.case.kernel == .embedding ? .streamTriad : .peakCompute
            guard !measurement.case.kernel.isCeilingKernel, let value = measurement.metrics.last?.value,
                let ceiling = measurements.first(where: {
                    $0.case.kernel == kernel && $0.case.threads == measurement.case.threads
                }),
                let most = ceiling.metrics.first?.value
            else { return measurement }
            var shared = measurement
            shared.share = Share(of: ceiling.case.workload, value: value / most)
            return shared
        }
    }

    func recording() -> Recording {
        let created = Date(timeIntervalSince1970: 1_795_424_400)
        let measured = withShares()
        let rules = Rules(
            processes: processes, processSeconds: 0.4, sampleTarget: 0.01, runTarget: 0.05, minimumSamples: 10,
            maximumSamples: 160,
            sampleSeconds: 0.0001, hangSeconds: 30, timeLimit: nil)
        let bundle = Bundle(
            id: "20261123-7e09a1", created: created, duration: Double(records.count) * 0.5,
            tool: Tool(
                version: "0.1.0", commit: "a1e16b6c0ffee0123456789abcdef0123456789a", modified: false,
                compiler: "Swift 6.3.1"),
            machine: machine, tunablesChanged: [],
            plan: Plan(
                suite: "quick", seed: Synthetic.seed, cases: measured.filter { $0.status != .skipped }.map(\.case),
                rules: rules,
                skipped: skipped),
            clock: ClockReport(name: "CLOCK_MONOTONIC_RAW", resolution: 1e-9, readCost: 2.1e-8), interrupted: nil,
            resumed: 0,
            measurements: measured, processes: records)
        return Recording(
            bundle: bundle, samples: samples, environment: environment(),
            files: [
                RecordedFile(name: "bundle.json", bytes: 148_211, sha256: Digest.sha256(Data("bundle".utf8))),
                RecordedFile(name: "samples.jsonl", bytes: 1_904_377, sha256: Digest.sha256(Data("samples".utf8))),
                RecordedFile(name: "environment.jsonl", bytes: 61_294, sha256: Digest.sha256(Data("environment".utf8))),
            ])
    }

    private func environment() -> [EnvironmentReading] {
        var (busy, idle, steal) = (1000.0, 5000.0, 3.0)
        return (0..<60).map { index in
            let chance = generator.unit(90_000 + UInt64(index))
            busy += 1.2 + 0.6 * chance
            idle += 0.8 - 0.6 * chance
            steal += index == 21 || index == 40 ? 0.05 : 0.001 * chance
            var reading = EnvironmentReading(t: Double(index))
            (reading.busy, reading.idle, reading.steal) = (busy, idle, steal)
            reading.cpuPressure = 0.01 + 0.03 * chance
            reading.memoryPressure = 0
            reading.loadAverage = 1.2 + chance
            return reading
        }
    }
}

extension Kernel {
    var isCeilingKernel: Bool { ![.matmul, .convolution, .embedding, .null].contains(self) }
}
