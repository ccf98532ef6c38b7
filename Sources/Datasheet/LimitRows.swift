import Document
import Model
import Units

extension Datasheet {
    /// What the control groups and the process are allowed; reasons that hold for all of the control groups stand once.
    static func limitRows(_ limits: Limits) -> [(String, Prose)] {
        var rows: [(String, Prose)] = [
            ("Allowed processing units", Prose(limits.allowedProcessingUnits.text)),
            ("Allowed memory nodes", Prose(limits.allowedMemoryNodes.text)),
            ("Control groups", Prose(controlGroups(limits))),
        ]
        if limits.controlGroupVersion.value != nil {
            rows += [
                ("CPU quota", Prose(quota(limits))), ("Memory limit", Prose(memory(limits))),
                ("Tasks limit", Prose(limits.tasks.limit { "\($0)" })),
            ]
        }
        if let throttling = limits.throttling.value { rows.append(("Throttled", Prose(throttled(throttling)))) }
        rows.append(("Locked memory limit", Prose(limits.lockedMemoryBytes.limit(Figures.bytes))))
        rows.append(("Limits of the process", Prose(limits.resources.text(resources))))
        return rows
    }

    private static func controlGroups(_ limits: Limits) -> String {
        let sets = [
            limits.groupProcessingUnits.value.map { "processing units \($0)" },
            limits.groupMemoryNodes.value.map { "memory nodes \($0)" },
            limits.inputOutputWeight.value.map { "input and output weight \($0)" },
        ]
        return ([limits.controlGroupVersion.text { "version \($0)" }] + sets.compactMap { $0 }).joined(separator: ", ")
    }

    private static func quota(_ limits: Limits) -> String {
        let quota = limits.cpuQuota.limit { share in
            let period = limits.cpuPeriod.value.map { " per \(Figures.quantity($0, .seconds))" } ?? ""
            return "\(Figures.significant(share)) CPUs’ worth of time\(period)"
        }
        let burst = limits.cpuBurst.value.flatMap { $0 > 0 ? "burst \(Figures.quantity($0, .seconds))" : nil }
        let weight = limits.cpuWeight.value.map {
            limits.controlGroupVersion.value == 1 ? "shares \($0)" : "weight \($0)"
        }
        return ([quota] + [burst, weight].compactMap { $0 }).joined(separator: ", ")
    }

    private static func memory(_ limits: Limits) -> String {
        let high = limits.memoryHighBytes.bound().map { "slowed above \(Figures.bytes($0))" }
        let swap = limits.swapBytes.bound().map { $0 == 0 ? "no swap" : "swap \(Figures.bytes($0))" }
        return ([limits.memoryBytes.limit(Figures.bytes)] + [high, swap].compactMap { $0 }).joined(separator: ", ")
    }

    private static func throttled(_ throttling: Throttling) -> String {
        guard throttling.throttledPeriods > 0 else { return "never, until the probe" }
        return "in \(throttling.throttledPeriods) of \(Words.count(throttling.periods, "period")), for "
            + Words.duration(throttling.throttledSeconds)
    }

    /// Those that are limited, each with how far it may be raised, then the names of the others.
    private static func resources(_ limits: [ResourceLimit]) -> String {
        let limited = limits.filter { $0.soft != .unlimited }.map { limit in
            let hard = limit.hard == limit.soft ? "" : " (at most \(amount(limit.hard, limit.unit)))"
            return "\(Words.setting(limit.name)) \(amount(limit.soft, limit.unit))\(hard)"
        }
        let free = limits.filter { $0.soft == .unlimited }.map { Words.setting($0.name) }
        return (limited + (free.isEmpty ? [] : ["unlimited: \(free.joined(separator: ", "))"])).joined(separator: "; ")
    }

    private static func amount(_ limit: Limit<UInt64>, _ unit: String) -> String {
        switch (limit, unit) {
        case (.unlimited, _): "unlimited"
        case (.at(let value), "bytes"): Figures.bytes(value)
        case (.at(let value), "seconds"): "\(value)\(Figures.space)s"
        case (.at(let value), _): "\(value)"
        }
    }
}

extension Reported {
    /// A limit in words: `unlimited`, the amount, or why it is not known.
    func limit<Bound>(_ write: (Bound) -> String) -> String where Value == Limit<Bound> {
        switch self {
        case .known(.unlimited): "unlimited"
        case .known(.at(let value)): write(value)
        case .unknown(let reason): "unknown: \(reason)"
        }
    }
}
