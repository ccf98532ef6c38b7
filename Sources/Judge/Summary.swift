public import Model
import Statistics
import Units

/// Samples and records → measurements. The only place where a published number is computed: `run` uses it to make the
/// bundle, `verify` to see whether the bundle's numbers follow from its samples.
public enum Summary {
    /// Confidence of printed intervals.
    public static let level = 0.95

    /// Records carry which of them do not count (`Exclusions.applied`). One measurement per planned case, in the plan's order, then those the plan skipped.
    ///
    /// - Parameters:
    ///   - cut: why the run ended before its plan was done; `nil` for a complete run.
    ///   - power: what the meters told; `nil` for runs from before power was sampled.
    ///   - changes: settings that changed while the run went on.
    public static func measurements(
        plan: Plan, records: [ProcessRecord], samples: [Sample], processingUnits: Int, cut: String?,
        power: PowerEvidence? = nil, changes: [TunableChange] = []
    ) -> [Measurement] {
        let recordsByCase = Dictionary(grouping: records, by: \.case)
        let samplesByCase = Dictionary(grouping: samples, by: \.case)
        let canaries = CanaryMedians(records)
        var rates: [String: [Double]] = [:]
        var measurements = plan.cases.map { planned in
            let evidence = Evidence(
                planned: planned, rules: plan.rules, records: recordsByCase[planned.id] ?? [],
                samples: samplesByCase[planned.id] ?? [], processingUnits: processingUnits, canaries: canaries,
                cut: cut, changes: changes)
            rates[planned.id] = evidence.firstValues()
            return evidence.measurement()
        }
        measurements += plan.skipped.map {
            var measurement = Measurement(
                case: $0.planned, status: .skipped, reason: $0.reason, processes: 0, stopped: "", metrics: [])
            measurement.energyUnavailable = "skipped"
            return measurement
        }
        let measured = ScalingRules.scaled(Ceilings(measurements).shares(measurements), rates: rates)
        return EnergyJudge.judged(measured, records: records, samples: samples, power: power).map {
            WideMetrics.named($0, plan.rules)
        }
    }
}

/// All that is known about one case, and what follows from it.
struct Evidence {
    let planned: Case
    let rules: Rules
    let records: [ProcessRecord]
    let samples: [Sample]
    let processingUnits: Int
    let canaries: CanaryMedians
    let cut: String?
    /// Settings that changed while the run went on.
    var changes: [TunableChange] = []

    /// Processes that count.
    var completed: [ProcessRecord] { counting.filter { $0.traffic?.role != .confirm } }

    /// Fresh processes that ran at the rate which those had found.
    var confirming: [ProcessRecord] { counting.filter { $0.traffic?.role == .confirm } }

    private var counting: [ProcessRecord] {
        records.filter { record in
            if case .completed = record.outcome { record.excluded == nil } else { false }
        }
    }

    func disturbances(_ record: ProcessRecord) -> [Disturbance] {
        Disturbance.all(of: record, processingUnits: processingUnits, canaries: canaries)
    }

    func measurement() -> Measurement {
        let completed = completed
        let scenario = ScenarioEvidence(self)
        let metrics = metricValues().compactMap(\.metric)
        let (status, reason) = Status.of(self, metrics: metrics)
        let publishes = status != .failed && status != .skipped
        var measurement = Measurement(
            case: planned, status: status, reason: reason, processes: completed.count, stopped: stopped(completed),
            metrics: publishes ? metrics : [])
        let told = records.last { $0.work != nil }
        measurement.work = told?.work
        measurement.implementation = told?.implementation
        measurement.check = records.compactMap(\.check).max { $0.error < $1.error || $1.error.isNaN }
        measurement.reorder = reorder(completed)
        measurement.operationalIntensity = told?.work.flatMap {
            $0.bytes > 0 && $0.flops > 0 ? $0.flops / $0.bytes : nil
        }
        measurement.energyUnavailable = EnergyJudge.notSampled
        if publishes {
            measurement.latency = scenario?.distribution
            measurement.rateSearch = scenario?.rateSearch
        }
        measurement.dependentProcesses =
            publishes
            ? records.count { record in
                if case .completed = record.outcome { record.seriallyDependent } else { false }
            } : nil
        measurement.warnings = publishes ? warnings(completed) : []
        return measurement
    }

    /// Seconds per iteration, one a process: the median of its samples after warm-up; with what an iteration does.
    private func processMedians(_ completed: [ProcessRecord]) -> [(seconds: Double, work: Work)] {
        let byProcess = Dictionary(grouping: samples, by: \.process)
        return completed.compactMap { record in
            guard let work = record.work else { return nil }
            let steady = (byProcess[record.process] ?? []).filter { $0.index >= record.warmup && $0.iterations > 0 }
            return Order.median(steady.map { $0.seconds / Double($0.iterations) }).map { ($0, work) }
        }
    }

    /// What each process measured of each metric.
    func metricValues() -> [MetricValues] {
        ScenarioEvidence(self)?.values()
            ?? MetricRules.values(planned.kernel, planned.dataType, processes: processMedians(completed))
    }

    /// What each process measured of the first metric.
    func firstValues() -> [Double] { metricValues().first?.values ?? [] }

    private func reorder(_ completed: [ProcessRecord]) -> ReorderCost? {
        let costs = completed.compactMap(\.reorder)
        guard !costs.isEmpty else { return nil }
        return ReorderCost(
            source: Order.median(costs.compactMap(\.source)), weights: Order.median(costs.compactMap(\.weights)),
            destination: Order.median(costs.compactMap(\.destination)))
    }

    private func stopped(_ completed: [ProcessRecord]) -> String {
        let words: [(StopReason, String)] = [
            (.converged, "converged"), (.timeCap, "time cap"), (.sampleCap, "sample cap"), (.enough, "enough"),
            (.traffic, "complete"),
        ]
        return words.compactMap { reason, word in
            let count = completed.count { $0.outcome == .completed(reason) }
            return count > 0 ? "\(count) \(word)" : nil
        }.joined(separator: ", ")
    }

    private func warnings(_ completed: [ProcessRecord]) -> [String] {
        var warnings: [String] = []
        warnings += OrderRules.warnings(completed, processMedians(completed).map(\.seconds))
        let disturbed = completed.count { !disturbances($0).isEmpty }
        if disturbed > 0, Double(disturbed) <= Status.disturbedShare * Double(completed.count) {
            warnings.append("\(disturbed) of \(completed.count) processes disturbed, too few to call the case noisy")
        }
        warnings += changes.compactMap { SettingRules.warning($0, completed) }
        let unbound = completed.count { $0.boundTo == nil }
        if unbound > 0 { warnings.append("\(unbound) of \(completed.count) processes ran unbound") }
        let implementations = Set(completed.compactMap(\.implementation))
        if implementations.count > 1 {
            warnings.append("processes used \(implementations.count) different implementations")
        }
        return warnings
    }
}

/// What each process measured of one metric.
struct MetricValues {
    var name: String
    var unit: Unit
    var better: Metric.Direction
    /// One a process.
    var values: [Double]

    /// The published number; `nil` where a process gives none that is finite.
    var metric: Metric? {
        guard let value = Order.median(values), values.allSatisfy(\.isFinite) else { return nil }
        return Metric(
            name: name, unit: unit, better: better, value: value,
            interval: Order.medianInterval(values, level: Summary.level), count: values.count)
    }
}

/// Which numbers a kernel has.
enum MetricRules {
    static func values(
        _ kernel: Kernel, _ type: DataType, processes: [(seconds: Double, work: Work)]
    ) -> [MetricValues] {
        guard !processes.isEmpty else { return [] }
        func rate(_ name: String, _ unit: Unit, _ amount: (Work) -> Double) -> MetricValues {
            MetricValues(
                name: name, unit: unit, better: .higher, values: processes.map { amount($0.work) / $0.seconds })
        }
        func time(_ name: String, _ values: [Double]) -> MetricValues {
            MetricValues(name: name, unit: .seconds, better: .lower, values: values)
        }
        return switch kernel {
        case .matmul, .convolution, .peakCompute:
            [rate("throughput", type == .int8 ? .operationsPerSecond : .flopsPerSecond, \.flops)]
        case .embedding, .rowGather:
            [rate("throughput", .lookupsPerSecond, \.lookups), rate("bandwidth", .bytesPerSecond, \.bytes)]
        case .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead:
            [rate("bandwidth", .bytesPerSecond, \.bytes)]
        case .pointerChase:
            [time("loadLatency", processes.map { $0.seconds / $0.work.lookups })]
        case .null: [time("iterationTime", processes.map(\.seconds))]
        }
    }
}
