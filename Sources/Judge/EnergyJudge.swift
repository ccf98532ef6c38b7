import Model
import Statistics
import Units

/// Energy of each measurement, from the readings of the meters over the timed windows of the processes that count.
///
/// E ± √((g·E)² + (P·2T)²), g the gain error, T the update period: over several windows, whose ends fall into the period by
/// chance and so independently, the second term's squares are added. Nothing is said where 2T is more than 2 % of the time.
enum EnergyJudge {
    static let mostUncertainEnds = 0.02
    /// Bundles from before power was sampled say this, and still verify.
    static let notSampled = "no energy source is sampled by this version; see the power section for what is here"

    /// Whether a metric follows from a meter.
    static func isEnergy(_ metric: String) -> Bool { metric == "energyPerWork" || metric.hasSuffix("PerWatt") }

    static func judged(
        _ measurements: [Measurement], records: [ProcessRecord], samples: [Sample], power: PowerEvidence?
    ) -> [Measurement] {
        guard let power else { return measurements }
        let records = Dictionary(grouping: records, by: \.case)
        let samples = Dictionary(grouping: samples, by: \.case)
        let board = EnergyBoard(power)
        let cases = measurements.map { measurement in
            CaseEnergy(measurement, records[measurement.case.id] ?? [], samples[measurement.case.id] ?? [])
        }
        // Processors and accelerators are metered apart.
        let headlines = [false, true].map { isAccelerator in
            board.headline(cases.filter { ($0.planned.backend == .cuda) == isAccelerator && $0.isMeasured })
        }
        return zip(measurements, cases).map { measurement, energy in
            var measurement = measurement
            board.fill(&measurement, energy, headlines[energy.planned.backend == .cuda ? 1 : 0])
            return measurement
        }
    }

    /// Energy metrics of one case, as each process measured them; by name.
    static func processValues(
        _ measurement: Measurement, _ records: [ProcessRecord], _ samples: [Sample], _ board: EnergyBoard?
    ) -> [MetricValues] {
        guard let board, let energy = measurement.energy else { return [] }
        let set = board.sets.first { $0.source == energy.source && $0.boundary.rawValue == energy.boundary }
        return set.map { CaseEnergy(measurement, records, samples).metrics($0, board.traces) } ?? []
    }
}

/// All that was metered in a run.
struct EnergyBoard {
    let sets: [MeterSet]
    let traces: PowerTraces
    private let report: PowerReport

    init(_ power: PowerEvidence) {
        report = power.report
        sets = MeterSet.all(power.report)
        traces = PowerTraces(power.readings)
    }

    /// The set that is shown first for these cases: the widest that covers them and gives energy for all; where none does,
    /// the one that gives it for the most, the widest of equals.
    fileprivate func headline(_ cases: [CaseEnergy]) -> Int? {
        guard let backend = cases.first?.planned.backend else { return nil }
        var best: (index: Int, count: Int)?
        for (index, set) in sets.enumerated() where set.covers(backend) {
            let count = cases.count { (try? $0.energy(set, traces, idle: idle(set))) != nil }
            if count == cases.count { return index }
            if count > best?.count ?? -1 { best = (index, count) }
        }
        return best?.index
    }

    fileprivate func fill(_ measurement: inout Measurement, _ energy: CaseEnergy, _ headline: Int?) {
        guard energy.isMeasured else {
            measurement.energyUnavailable = measurement.status.rawValue
            return
        }
        measurement.energyUnavailable = nil
        if let headline {
            do throws(EnergyProblem) {
                measurement.energy = try energy.energy(sets[headline], traces, idle: idle(sets[headline]))
                measurement.metrics += energy.metrics(sets[headline], traces).compactMap(\.metric)
            } catch {
                measurement.energyUnavailable = error.reason
            }
        } else {
            measurement.energyUnavailable =
                report.unavailable
                ?? "no meter covers what this case uses; the power section lists those that were read"
        }
        let others = sets.indices.filter { $0 != headline }.compactMap { index in
            try? energy.energy(sets[index], traces, idle: idle(sets[index]))
        }
        measurement.energyByOthers = others.isEmpty ? nil : others
    }

    /// Watts of the machine left alone, and ± watts beside the gain's.
    func idle(_ set: MeterSet) -> (watts: Double, spread: Double)? {
        var amounts: [MeteredAmount] = []
        for window in report.idle {
            guard let amount = try? set.amount([window], traces), (try? set.require(amount)) != nil else { continue }
            amounts.append(amount)
        }
        guard !amounts.isEmpty else { return nil }
        let total = amounts.reduce(MeteredAmount(), +)
        let watts = amounts.map { $0.joules / $0.duration }
        let range = ((watts.max() ?? 0) - (watts.min() ?? 0)) / 2
        let ends = set.spread(total) / total.duration
        return (total.joules / total.duration, (ends * ends + range * range).squareRoot())
    }
}

/// One case's processes with their windows and what they did in them.
private struct CaseEnergy {
    let planned: Case
    let isMeasured: Bool
    private let processes: [Process]

    private struct Process {
        let record: ProcessRecord
        /// Iterations in the timed windows, those of warm-up included.
        let iterations: Double
        /// Median time of one after warm-up.
        let seconds: Double?
    }

    init(_ measurement: Measurement, _ records: [ProcessRecord], _ samples: [Sample]) {
        planned = measurement.case
        isMeasured = measurement.status != .failed && measurement.status != .skipped
        let byProcess = Dictionary(grouping: samples, by: \.process)
        processes = records.compactMap { record in
            // Those that only confirm a rate are no part of the case's number, and of its energy neither.
            guard case .completed = record.outcome, record.excluded == nil, record.traffic?.role != .confirm else {
                return nil
            }
            let own = byProcess[record.process] ?? []
            let steady = own.filter { $0.index >= record.warmup && $0.iterations > 0 }
            return Process(
                record: record,
                // Of very many queries no samples are kept.
                iterations: record.traffic.map { Double($0.queries) * Double($0.samplesPerQuery) }
                    ?? own.reduce(0) { $0 + Double($1.iterations) },
                seconds: Order.median(steady.map { $0.seconds / Double($0.iterations) }))
        }
    }

    func energy(_ set: MeterSet, _ traces: PowerTraces, idle: (watts: Double, spread: Double)?) throws(EnergyProblem)
        -> Energy
    {
        var total = MeteredAmount()
        for process in processes {
            guard let windows = process.record.windows, !windows.isEmpty else {
                throw EnergyProblem(reason: "process \(process.record.process) recorded no timed windows")
            }
            total = total + (try set.amount(windows, traces))
        }
        try set.require(total)
        let spread = set.spread(total)
        let gain = set.gainError * total.joules
        var energy = Energy(
            joules: total.joules, duration: total.duration, meanPower: total.joules / total.duration,
            idlePower: idle?.watts, uncertainty: (gain * gain + spread * spread).squareRoot(), source: set.source,
            boundary: set.boundary.rawValue)
        energy.meters = set.meters.map(\.id)
        energy.gainError = set.gainError
        energy.updatePeriod = set.period
        energy.windows = total.windows
        if let idle {
            let above = total.joules - idle.watts * total.duration
            let (gain, rest) = (set.gainError * above, idle.spread * total.duration)
            energy.aboveIdle = above
            energy.aboveIdleUncertainty = (gain * gain + spread * spread + rest * rest).squareRoot()
        }
        return energy
    }

    /// Energy per unit of work and the rate per watt, one value a process; none unless every process gives one.
    func metrics(_ set: MeterSet, _ traces: PowerTraces) -> [MetricValues] {
        var (costs, rates): ([Double], [Double]) = ([], [])
        let counted = WorkUnit(planned)
        for process in processes {
            guard let windows = process.record.windows, let amount = try? set.amount(windows, traces),
                let work = process.record.work, amount.joules > 0, counted.isOfQueries || process.seconds != nil
            else { return [] }
            let seconds = process.seconds ?? 1
            let each = counted.amount(work)
            guard each > 0, process.iterations > 0, seconds > 0 else { return [] }
            costs.append(amount.joules / (each * process.iterations))
            // Queries that wait for each other have no rate of their own: their work is divided by the whole window.
            rates.append(
                counted.isOfQueries
                    ? each * process.iterations / amount.joules : each / seconds / (amount.joules / amount.duration))
        }
        let cost = MetricValues(name: "energyPerWork", unit: .joulesPer(counted.name), better: .lower, values: costs)
        guard let rate = counted.rate else { return [cost] }
        return [
            cost,
            MetricValues(name: "\(rate.name)PerWatt", unit: .perWatt(rate.unit), better: .higher, values: rates),
        ]
    }
}

/// What a kernel's work is counted in.
private struct WorkUnit {
    let name: String
    let rate: (name: String, unit: Unit)?
    let amount: (Work) -> Double
    /// Whether the case is a scenario, whose samples are queries.
    let isOfQueries: Bool

    init(_ planned: Case) {
        let type = planned.dataType
        isOfQueries = planned.scenarioSettings != nil
        guard !isOfQueries else {
            (name, rate, amount) = ("sample", ("throughput", .samplesPerSecond), { _ in 1 })
            return
        }
        switch planned.kernel {
        case .matmul, .convolution, .peakCompute:
            name = type == .int8 ? "OP" : "FLOP"
            rate = ("throughput", type == .int8 ? .operationsPerSecond : .flopsPerSecond)
            amount = \.flops
        case .embedding, .rowGather:
            (name, rate, amount) = ("lookup", ("throughput", .lookupsPerSecond), \.lookups)
        case .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead:
            (name, rate, amount) = ("B", ("bandwidth", .bytesPerSecond), \.bytes)
        case .pointerChase: (name, rate, amount) = ("lookup", nil, \.lookups)
        case .null: (name, rate, amount) = ("iteration", nil, { _ in 1 })
        }
    }
}
