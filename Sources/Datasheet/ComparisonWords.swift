import Document
import Model
import Statistics
import Units

/// How a pair is said in words and figures, the same in the table, the gate's report and the sheet.
extension Comparison.Pair {
    /// `matmul 2048³ bf16 · onednn · 2 threads`, with the metric where it is not the usual one of its kind.
    var title: String {
        let usual = ["throughput", "bandwidth", "loadLatency", "iterationTime", ""]
        let threads = `case`.threads == 1 ? "" : " · \(`case`.threads) threads"
        let scenario = `case`.scenario == .offline ? "" : " · \(`case`.scenario.rawValue)"
        return "\(`case`.workload) · \(`case`.backend.rawValue)\(threads)\(scenario)"
            + (usual.contains(metric) ? "" : " · \(metric)")
    }

    /// A side as the metric that it is of.
    func metric(_ side: Comparison.Side) -> Metric {
        Metric(
            name: metric, unit: Unit(symbol: unit), better: better, value: side.value, interval: side.interval,
            count: side.processes)
    }

    /// `400 → 371 GFLOP/s`, both in one unit; a dash where a side has nothing.
    var values: String {
        switch (base, new) {
        case (let base?, let new?):
            NumberColumn.text(from: metric(base), to: metric(new)).replacing(" to ", with: " → ")
        case (let base?, nil): NumberColumn.text(metric(base)) + " → –"
        case (nil, let new?): "– → " + NumberColumn.text(metric(new))
        case (nil, nil): "–"
        }
    }

    /// `base noisy, new unconverged`; `nil` where both are valid.
    func statusText(base one: String = "base", new other: String = "new") -> String? {
        let parts = [(one, base), (other, new)].compactMap { name, side -> String? in
            guard let side, side.status != .valid else { return nil }
            return "\(name) \(side.status.rawValue)"
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Both values and their unit, a cell each.
    var sides: [Document.Cell] {
        let metrics = [base, new].map { $0.map(metric) }
        let column = NumberColumn(metrics.compactMap { $0 })
        return metrics.map { metric in metric.map { .number(column.value($0)) } ?? .notApplicable }
            + [metrics.contains { $0 != nil } ? .data(column.unit) : .notApplicable]
    }

    /// `−7.3 %`: so many decimals as its interval supports, at least one.
    var changeText: String {
        guard let change, change.ratio.isFinite else { return "–" }
        return ComparisonWords.signed(change.relative, decimals: decimals)
    }

    /// `[−8.1, −6.4]`.
    var intervalText: String {
        guard let interval = change?.interval, interval.upper.isFinite else { return "–" }
        return
            "[\(ComparisonWords.bare(interval.lower - 1, decimals)), \(ComparisonWords.bare(interval.upper - 1, decimals))]"
    }

    private var decimals: Int {
        guard let interval = change?.interval, interval.halfWidth > 0 else { return 1 }
        return min(max(Figures.decimals(halfWidth: interval.halfWidth * 100), 0), 2)
    }

    /// `0.002`, `< 0.001`.
    var adjustedText: String {
        guard let pAdjusted else { return "–" }
        return pAdjusted < 0.0005 ? "< 0.001" : Figures.fixed(pAdjusted, decimals: 3)
    }

    var smallestText: String { smallestEffect.map(ComparisonWords.percent) ?? "–" }

    /// `base: matmul 2048³ f32 · 2 threads`, where another case was measured there and that was acknowledged.
    var baseText: String? {
        guard let baseCase, change != nil else { return nil }
        let isOther =
            baseCase.shape != `case`.shape || baseCase.dataType != `case`.dataType
            || baseCase.backend != `case`.backend || baseCase.threads != `case`.threads
            || baseCase.scenario != `case`.scenario || baseCase.cache != `case`.cache
        guard isOther else { return nil }
        return "base: \(baseCase.workload) · \(baseCase.backend.rawValue) · \(Words.count(baseCase.threads, "thread"))"
    }

    /// `confirmed`, `not confirmed: …`.
    var confirmationText: String? {
        guard let confirmation else { return nil }
        return confirmation.held ? "confirmed" : "not confirmed by fresh processes"
    }
}

enum ComparisonWords {
    /// `−7.3 %` of −0.073.
    static func signed(_ share: Double, decimals: Int) -> String {
        bare(share, decimals) + Figures.narrowSpace + "%"
    }

    static func bare(_ share: Double, _ decimals: Int) -> String {
        let text = Figures.fixed(share * 100, decimals: decimals)
        return share > 0 && !text.allSatisfy({ "0.".contains($0) }) ? "+" + text : text
    }

    /// A |log ratio| as a percentage: `1.4 %`.
    static func percent(_ logarithm: Double) -> String {
        Figures.significant((Logarithm.ratio(logarithm) - 1) * 100, 2) + Figures.narrowSpace + "%"
    }

    /// `main, 2026-11-20, 10 processes`; of several runs, how many there are.
    static func run(_ run: RunReference) -> String {
        "\(run.name), \(Words.day(run.created)), \(Words.span(run.processes, "process", "processes")) a case"
    }

    static func runs(_ runs: [RunReference]) -> String {
        guard let last = runs.last, runs.count > 1 else { return runs.first.map(run) ?? "none" }
        return "\(runs.count) runs to \(run(last))"
    }

    /// `0.8 %`, or that nobody looked; a range where metrics differ.
    static func floor(_ comparison: Comparison) -> String {
        let floors = comparison.pairs.compactMap { $0.margin?.noiseFloor }
        guard let least = floors.min(), let most = floors.max() else { return "not measured (assay noise)" }
        return least == most ? percent(least) : "\(percent(least)) to \(percent(most))"
    }

    static func smallest(_ comparison: Comparison) -> String {
        let effects = comparison.pairs.compactMap(\.smallestEffect)
        guard let least = effects.min(), let most = effects.max() else { return "none alone: too few processes" }
        return least == most ? percent(least) : "\(percent(least)) to \(percent(most)), by metric"
    }

    static func margins(_ pairs: [Comparison.Pair]) -> String {
        let margins = pairs.compactMap { $0.margin?.value }
        guard let least = margins.min(), let most = margins.max() else { return "" }
        return least == most ? "within ±\(percent(most))" : "within ±\(percent(least)) to ±\(percent(most)), by metric"
    }

    /// `oneDNN 2.6.3 → 3.4.1 (acknowledged)`.
    static func difference(_ difference: Difference, _ acknowledged: [Subject]) -> String {
        difference.text + (acknowledged.contains(difference.subject) ? " (acknowledged)" : "")
    }
}

extension Verdict {
    /// Where a reader looks first.
    static let order: [Verdict] = [
        .regressed, .slower, .notComparable, .inconclusive, .improved, .faster, .equivalent,
    ]

    var emphasis: Document.Cell.Emphasis {
        switch self {
        case .regressed, .slower: .bad
        case .improved, .faster: .good
        case .equivalent: .none
        case .inconclusive, .notComparable: .quiet
        }
    }
}
