import Statistics

/// What the canaries of a whole run took: the measure for each one of them.
public struct CanaryMedians: Sendable, Equatable {
    struct Key: Hashable { let name: String, unit: Int? }
    struct Usual: Equatable { let median: Double, spread: Double, count: Int }
    private var usual: [Key: Usual] = [:]

    /// Fewer readings of a canary say nothing about what is usual.
    static let leastReadings = 8

    public init(_ records: some Sequence<ProcessRecord>) {
        var values: [Key: [Double]] = [:]
        for record in records {
            for pair in record.canaries ?? [] {
                values[Key(name: pair.name, unit: pair.processingUnit), default: []] += [pair.before, pair.after]
            }
        }
        usual = values.compactMapValues { readings in
            guard readings.count >= Self.leastReadings, let median = Order.median(readings), median > 0,
                let deviation = Order.median(readings.map { abs($0 - median) })
            else { return nil }
            return Usual(median: median, spread: 1.4826 * deviation / median, count: readings.count)
        }
    }

    /// How much slower than usual the slower of the two was, and how much it may be: the bound of its kind, or five times
    /// the run's own robust spread where that is more.
    func slowness(_ pair: CanaryPair) -> (value: Double, bound: Double)? {
        guard let usual = usual[Key(name: pair.name, unit: pair.processingUnit)] else { return nil }
        let least = pair.name == "ALU" ? DisturbanceBounds.arithmeticCanary : DisturbanceBounds.memoryCanary
        return (max(pair.before, pair.after) / usual.median - 1, max(least, 5 * usual.spread))
    }
}

/// When a process counts as disturbed. Bounds are in seconds as well as shares: the kernel counts CPU time in ticks of
/// 10 ms, and one tick in a short process is no evidence.
extension Disturbance {
    static let leastSeconds = 0.03
    /// The scheduler counts waiting in nanoseconds, but a slice or two come from starting up.
    static let leastWait = 0.005

    /// What disturbed the process; empty for a quiet one.
    public static func all(
        of record: ProcessRecord, processingUnits: Int, canaries: CanaryMedians = CanaryMedians([])
    ) -> [Disturbance] {
        let seconds = max(record.ended - record.started, 1e-9)
        let slow = (record.canaries ?? []).compactMap { pair -> Disturbance? in
            guard let (value, bound) = canaries.slowness(pair), value > bound else { return nil }
            return Disturbance(.canary, value, beyond: bound, detail: pair.name)
        }
        guard let seen = record.interference else { return slow }
        let cpuSeconds = seconds * Double(max(processingUnits, 1))
        return seen.times(cpuSeconds) + seen.pressures(record, seconds, processingUnits) + seen.rates(record, seconds)
            + seen.heat() + slow
    }
}

extension Interference {
    fileprivate func times(_ cpuSeconds: Double) -> [Disturbance] {
        var found: [Disturbance] = []
        let least = Disturbance.leastSeconds / cpuSeconds
        if let steal, steal > max(DisturbanceBounds.steal, least) {
            found.append(Disturbance(.steal, steal, beyond: max(DisturbanceBounds.steal, least)))
        }
        let bound = max(DisturbanceBounds.otherLoad, 2 * least)
        if let otherLoad, otherLoad > bound { found.append(Disturbance(.otherLoad, otherLoad, beyond: bound)) }
        if let throttledPeriods, throttledPeriods > 0 {
            found.append(Disturbance(.throttling, Double(throttledPeriods), beyond: 0))
        }
        return found
    }

    /// A process that has more threads than there are processing units waits for itself; that is no disturbance.
    fileprivate func pressures(_ record: ProcessRecord, _ seconds: Double, _ units: Int) -> [Disturbance] {
        guard let cpuPressure, (record.boundTo?.count ?? 1) < units || units == 1,
            cpuPressure > max(DisturbanceBounds.pressure, Disturbance.leastSeconds / seconds)
        else { return [] }
        return [Disturbance(.pressure, cpuPressure, beyond: DisturbanceBounds.pressure)]
    }

    fileprivate func rates(_ record: ProcessRecord, _ seconds: Double) -> [Disturbance] {
        var found: [Disturbance] = []
        let sampling = max(record.sampling ?? seconds, 1e-9)
        let threads = Double(max(record.boundTo?.count ?? 1, 1))
        // Where the kernel tells how long a thread waited, how often it did says nothing of its own: a short process on all
        // processing units is switched five times in 20 ms, for a few microseconds each.
        let waited = waiting.map { $0 > DisturbanceBounds.waiting } ?? true
        if let involuntarySwitches, involuntarySwitches > 3, waited {
            let rate = Double(involuntarySwitches) / sampling / threads
            if rate > DisturbanceBounds.switchesPerSecond {
                found.append(Disturbance(.involuntarySwitches, rate, beyond: DisturbanceBounds.switchesPerSecond))
            }
        }
        if let waiting, waiting > DisturbanceBounds.waiting, waiting * sampling * threads > Disturbance.leastWait {
            found.append(Disturbance(.waiting, waiting, beyond: DisturbanceBounds.waiting))
        }
        if let migrations, Double(migrations) > 3 * threads {
            let rate = Double(migrations) / sampling / threads
            if rate > DisturbanceBounds.migrationsPerSecond {
                found.append(Disturbance(.migrations, rate, beyond: DisturbanceBounds.migrationsPerSecond))
            }
        }
        // Records without readings are of a version that had no such rule.
        if readings != nil, let majorFaults, majorFaults > 1 {
            let rate = Double(majorFaults) / sampling
            if rate > DisturbanceBounds.majorFaultsPerSecond {
                found.append(Disturbance(.majorFaults, rate, beyond: DisturbanceBounds.majorFaultsPerSecond))
            }
        }
        return found
    }

    fileprivate func heat() -> [Disturbance] {
        var found: [Disturbance] = []
        if let lowestFrequency, let highestFrequency, highestFrequency > 0 {
            let fall = 1 - lowestFrequency / highestFrequency
            if fall > DisturbanceBounds.frequencyFall {
                found.append(Disturbance(.frequency, fall, beyond: DisturbanceBounds.frequencyFall))
            }
        }
        if let thermalThrottles, thermalThrottles > 0 {
            found.append(Disturbance(.thermal, Double(thermalThrottles), beyond: 0))
        }
        // Being idle or set so by the user holds nothing back.
        let harmless: Set<String> = ["idle", "application clocks", "display clocks", "sync boost"]
        for reason in acceleratorSlowdowns ?? [] where !harmless.contains(reason) {
            found.append(Disturbance(.acceleratorSlowdown, 1, beyond: 0, detail: reason))
        }
        for name in changedSettings ?? [] { found.append(Disturbance(.setting, 1, beyond: 0, detail: name)) }
        return found
    }
}

/// Which processes count. A disturbed process is run again at the end, and gives way to the first of its replacements that
/// was quiet; a replacement that was disturbed too gives way at once. What was never replaced counts, and makes its case
/// noisy where there is too much of it: a case never ends with fewer processes than were planned.
public enum Exclusions {
    /// The same records, each with why it does not count where it does not.
    public static func applied(to records: [ProcessRecord], processingUnits: Int) -> [ProcessRecord] {
        let canaries = CanaryMedians(records)
        let causes = records.map { record -> [Disturbance] in
            guard case .completed = record.outcome else { return [] }
            return Disturbance.all(of: record, processingUnits: processingUnits, canaries: canaries)
        }
        struct Key: Hashable { let `case`: String, process: Int }
        var replacements: [Key: Int] = [:]
        for (record, causes) in zip(records, causes) where causes.isEmpty {
            guard case .completed = record.outcome, let replaced = record.replaces else { continue }
            let key = Key(case: record.case, process: replaced)
            replacements[key] = replacements[key] ?? record.process
        }
        return zip(records, causes).map { record, causes in
            var record = record
            record.excluded = nil
            record.disturbed = causes.isEmpty ? nil : causes
            guard !causes.isEmpty else { return record }
            let successor = replacements[Key(case: record.case, process: record.process)]
            if successor != nil || record.replaces != nil {
                record.excluded = Exclusion(causes: causes, replacedBy: successor)
            }
            return record
        }
    }

    /// Processes that were disturbed, count, and have no quiet replacement yet: those worth running again.
    public static func wanting(_ records: [ProcessRecord], processingUnits: Int) -> [ProcessRecord] {
        let canaries = CanaryMedians(records)
        return applied(to: records, processingUnits: processingUnits).filter { record in
            guard case .completed = record.outcome, record.excluded == nil, record.replaces == nil else { return false }
            return !Disturbance.all(of: record, processingUnits: processingUnits, canaries: canaries).isEmpty
        }
    }
}
