public import Model
public import Statistics

/// What shifted in the history of a machine, and what may have caused it.
public enum TrendJudge {
    /// Smallest change that counts where nothing larger is asked for and no noise floor was measured, as a share.
    public static let usualMagnitude = 0.02
    /// Points around a shift in which a known break is still named: a change point is an estimate.
    static let reach = 2

    public static func trend(
        _ history: MetricHistory, magnitude: Double = usualMagnitude,
        rules: ChangePoints.Rules = ChangePoints.Rules()
    ) -> Trend {
        let least = LogRatio.ofShare(magnitude)
        let breaks = zip(history.runs, history.runs.dropFirst()).enumerated().compactMap {
            index, pair -> Trend.Break? in
            let changes = changes(pair.0.facts, pair.1.facts)
            return changes.isEmpty ? nil : Trend.Break(run: index + 1, changes: changes)
        }
        let usable = history.series.map { series in series.points.filter { $0.value > 0 && $0.value.isFinite } }
        let shifts = ChangePoints.shifts(
            usable.map { $0.map { LogRatio.of($0.value) } },
            floors: history.series.map { series in
                max(least, history.noiseFloor?.value(case: series.key.case, metric: series.key.metric) ?? 0)
            }, rules: rules)
        let metrics = history.series.indices.map { place -> Trend.MetricTrend in
            let (key, points) = (history.series[place].key, usable[place])
            return Trend.MetricTrend(
                key: key,
                points: points.map {
                    Trend.Point(run: $0.run, value: $0.value, interval: $0.interval, status: $0.status)
                },
                shifts: described(shifts[place], points, key, breaks))
        }
        return Trend(
            machine: history.machine, runs: history.runs.map { Trend.Run(id: $0.id, created: $0.created) },
            breaks: breaks, metrics: metrics,
            rule: Trend.Rule(
                falseDiscoveryRate: rules.falseDiscoveryRate, magnitude: least, persistence: rules.division.least,
                seed: rules.division.seed))
    }

    private static func described(
        _ shifts: [ChangePoints.Shift], _ points: [MetricHistory.Point], _ key: SeriesKey, _ breaks: [Trend.Break]
    ) -> [Trend.Shift] {
        let ends = [0] + shifts.map(\.index) + [points.count]
        let medians = zip(ends, ends.dropFirst()).map { Order.median(points[$0..<$1].map(\.value)) ?? 0 }
        return shifts.enumerated().map { place, shift in
            Trend.Shift(
                run: points[shift.index].run, before: medians[place], after: medians[place + 1],
                isWorse: (shift.magnitude < 0) == (key.better == .higher), p: shift.p, pAdjusted: shift.pAdjusted,
                likelyCauses: causes(at: shift.index, points, breaks))
        }
    }

    /// What is known to have changed just there; else what did so nearby.
    private static func causes(at index: Int, _ points: [MetricHistory.Point], _ breaks: [Trend.Break])
        -> [Difference]
    {
        let places = [0] + (1...reach).flatMap { [-$0, $0] }
        for offset in places {
            let place = index + offset
            guard place > 0, place < points.count else { continue }
            let (before, after) = (points[place - 1], points[place])
            var found = breaks.filter { $0.run > before.run && $0.run <= after.run }.flatMap(\.changes)
            found += implementations(before.implementation, after.implementation).filter { !found.contains($0) }
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func implementations(_ old: Implementation?, _ new: Implementation?) -> [Difference] {
        guard let old, let new, old != new else { return [] }
        if old.library != new.library {
            return [Difference(.library, "library", before: old.library, after: new.library)]
        }
        var found: [Difference] = []
        if old.version != new.version {
            found.append(Difference(.library, old.library, before: old.version, after: new.version))
        }
        if old.reported != new.reported {
            found.append(Difference(.isa, "implementation", before: old.reported, after: new.reported))
        }
        return found
    }

    /// Only what both know: that a run did not record something is no change of the machine. A library is the exception, as
    /// in a comparison: what is not listed was not there to be loaded.
    private static func changes(_ old: [Fact], _ new: [Fact]) -> [Difference] {
        struct Key: Hashable { let subject: Subject, name: String }
        func values(_ facts: [Fact]) -> [Key: String] {
            Dictionary(facts.map { (Key(subject: $0.subject, name: $0.name), $0.value) }) { first, _ in first }
        }
        let (before, after) = (values(old), values(new))
        let known = old.compactMap { fact -> Difference? in
            let now = after[Key(subject: fact.subject, name: fact.name)]
            guard now != fact.value, now != nil || fact.subject == .library else { return nil }
            return Difference(fact.subject, fact.name, before: fact.value, after: now ?? "absent")
        }
        let appeared = new.filter {
            $0.subject == .library && before[Key(subject: $0.subject, name: $0.name)] == nil
        }
        return known + appeared.map { Difference(.library, $0.name, before: "absent", after: $0.value) }
    }
}
