import Model
import Statistics

/// From runs to pairs of metrics, each with its test or with why there is none.
struct Pairing {
    let base: [RunValues]
    let new: RunValues
    let floor: NoiseFloor?
    let options: Judge.Options
    let acknowledged: Set<Subject>
    let relation: Comparison.Relation
    let shifts = RankShifts()

    /// In the order of the newest baseline's plan, then what only the new run has.
    func drafts() -> [Draft] {
        guard let last = base.max(by: { $0.reference.created < $1.reference.created }) else { return [] }
        func wanted(_ results: [RunValues.Result]) -> [RunValues.Result] {
            guard let cases = options.cases else { return results }
            return results.filter { cases.contains($0.case.id) }
        }
        return Matching.pairs(wanted(last.results), wanted(new.results), acknowledged: acknowledged).flatMap(metrics)
    }

    /// What differs in what was measured, once each, for the head of the comparison.
    func caseDifferences(_ drafts: [Draft]) -> [Difference] {
        var seen: Set<Difference> = []
        return drafts.flatMap(\.differences).filter {
            [.library, .isa, .backend, .dataType, .scenario, .cache].contains($0.subject) && seen.insert($0).inserted
        }
    }

    private func metrics(_ match: Matching) -> [Draft] {
        let names = ((match.base?.metrics ?? []) + (match.new?.metrics ?? [])).map(\.metric.name)
        var seen: Set<String> = []
        let unique = names.filter { seen.insert($0).inserted }
        // What was planned on both sides and measured on neither is still named.
        return unique.isEmpty ? [draft(match, nil)] : unique.map { draft(match, $0) }
    }

    private func draft(_ match: Matching, _ name: String?) -> Draft {
        let old = match.base?.metrics.first { $0.metric.name == name }
        let now = match.new?.metrics.first { $0.metric.name == name }
        let others = old.map { _ in earlier(match, name ?? "") } ?? []
        guard let planned = match.new?.case ?? match.base?.case else { return Draft(pair: Self.nothing) }
        let known = now?.metric ?? old?.metric
        var pair = Comparison.Pair(
            case: planned, metric: name ?? "", unit: known?.unit ?? "", better: known?.better ?? .higher,
            base: side(old.map { others + [$0] }, match.base?.status), new: side(now.map { [$0] }, match.new?.status),
            verdict: .notComparable, reason: whyNot(match, old, now))
        if let before = match.base?.case, match.new != nil, before != planned { pair.baseCase = before }
        guard let old, let now, pair.reason == nil else { return Draft(pair: pair, differences: match.differences) }
        let runs = others + [old]
        pair.change = change(runs, now)
        pair.margin = margin(planned, now.metric.name)
        let logarithms = runs.compactMap { oriented($0) }
        guard let mine = oriented(now), logarithms.count == runs.count, let margin = pair.margin else {
            pair.verdict = .inconclusive
            pair.reason = "a value is zero, negative or not finite, which no ratio can be made of"
            return Draft(pair: pair, differences: match.differences)
        }
        let noise = NoiseModel.of(
            base: logarithms, new: mine, floor: metricFloor(planned, now.metric.name),
            floorProcesses: floor?.processes, isInterleaved: options.isInterleaved)
        let count = logarithms.reduce(0) { $0 + $1.count }
        guard
            let decision = Decision(
                base: logarithms, new: mine, margin: margin, noise: noise, ranks: shifts.distribution(mine.count, count)
            )
        else {
            pair.verdict = .inconclusive
            pair.reason =
                "\(min(count, mine.count)) processes on one side: fewer than three tell nothing of how they differ"
            return Draft(pair: pair, differences: match.differences)
        }
        pair.runNoise = noise.noise
        return Draft(pair: pair, decision: decision, differences: match.differences)
    }

    /// The same metric in the earlier runs of the base.
    private func earlier(_ match: Matching, _ name: String) -> [RunValues.MetricProcesses] {
        guard let last = base.max(by: { $0.reference.created < $1.reference.created }) else { return [] }
        return base.filter { $0.reference.id != last.reference.id }.compactMap { run in
            let result = run.results.first { $0.case.id == match.base?.case.id }
            guard let result, let mine = match.base,
                Matching.differences(result.case, mine.case).isEmpty,
                Matching.differences(result.implementation, mine.implementation).isEmpty
            else { return nil }
            return result.metrics.first { $0.metric.name == name && $0.processes.count > 2 }
        }
    }

    /// Logarithms of what each process measured, larger for worse.
    private func oriented(_ values: RunValues.MetricProcesses) -> [Double]? {
        let sign = values.metric.better == .lower ? 1.0 : -1
        return Logarithm.of(values.processes.map(\.value))?.map { sign * $0 }
    }

    private func side(_ runs: [RunValues.MetricProcesses]?, _ status: Status?) -> Comparison.Side? {
        guard let runs, let status, let last = runs.last else { return nil }
        let value = Order.median(runs.map(\.metric.value)) ?? last.metric.value
        return Comparison.Side(
            value: value, interval: runs.count == 1 ? last.metric.interval : nil,
            processes: runs.reduce(0) { $0 + $1.metric.count }, status: status)
    }

    private func change(_ runs: [RunValues.MetricProcesses], _ now: RunValues.MetricProcesses) -> Comparison.Change? {
        guard let before = Order.median(runs.map(\.metric.value)), before > 0, now.metric.value.isFinite else {
            return nil
        }
        return Comparison.Change(
            ratio: now.metric.value / before,
            interval: RatioInterval.of(
                base: runs.map(\.processes), new: now.processes, level: options.level, resamples: options.resamples,
                seed: options.seed))
    }

    private func metricFloor(_ planned: Case, _ metric: String) -> NoiseFloor.MetricFloor? {
        guard let floor else { return nil }
        if let own = floor.metrics.first(where: { $0.case == planned.id && $0.metric == metric }) { return own }
        return NoiseFloor.MetricFloor(case: planned.id, metric: metric, value: floor.value, pairs: floor.pairs)
    }

    private func margin(_ planned: Case, _ metric: String) -> Comparison.Margin {
        let own = options.policy.terms(workload: planned.workload, metric: metric).maximumRegression
        let least = Logarithm.of([1 + (own ?? options.minimumEffect)])?.first ?? 0
        let noise = metricFloor(planned, metric)?.value
        var source: Comparison.Margin.Source = own != nil ? .policy : options.isEffectGiven ? .option : .standard
        if let noise, noise > least { source = .noiseFloor }
        return Comparison.Margin(
            value: max(least, noise ?? 0), source: source, minimumEffect: least,
            null: own != nil || options.isEffectGiven ? least : 0, noiseFloor: noise)
    }

    private static let nothing = Comparison.Pair(
        case: Case(
            id: "", workload: "", kernel: .null, shape: .null(NullShape(nanoseconds: 0, fault: .none)), dataType: .f32,
            backend: .reference, scenario: .offline, threads: 1,
            placement: Placement(policy: .firstCores, processingUnits: [], memory: .local)), metric: "", unit: "",
        better: .higher, base: nil, new: nil, verdict: .notComparable)
}
