/// What a plan or a record read from a file may hold. Whoever made the file may be hostile or out of date; past these
/// bounds arithmetic would overflow or a run would never end.
public struct BoundsProblem: Error, Equatable, CustomStringConvertible {
    /// Path of keys: `plan.rules.processes`.
    public var place: String
    public var problem: String
    public var description: String { "\(place): \(problem)" }
}

extension Rules {
    /// Names the first rule outside its bounds.
    func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).processes", processes, 1...processBound)
        if let maximumProcesses { try within("\(place).maximumProcesses", maximumProcesses, processes...processBound) }
        if let noisePairs { try within("\(place).noisePairs", noisePairs, 1...processes) }
        if let rerunShare { try within("\(place).rerunShare", rerunShare, 0...10) }
        try within("\(place).minimumSamples", minimumSamples, 1...1_000_000)
        try within("\(place).maximumSamples", maximumSamples, 1...1_000_000)
        try within("\(place).processSeconds", processSeconds, 1e-6...1e6)
        try within("\(place).sampleSeconds", sampleSeconds, 1e-9...1e6)
        try within("\(place).hangSeconds", hangSeconds, 1e-3...1e6)
        try within("\(place).sampleTarget", sampleTarget, 1e-12...1)
        try within("\(place).runTarget", runTarget, 1e-12...1)
        if let timeLimit { try within("\(place).timeLimit", timeLimit, 1e-3...1e8) }
    }
}

extension Plan {
    /// Largest number of cases in a plan.
    public static let maximumCases = 4096

    public func checkBounds(_ place: String = "plan") throws(BoundsProblem) {
        try within("\(place).cases", cases.count + skipped.count, 0...Self.maximumCases)
        for (index, planned) in cases.enumerated() {
            try within("\(place).cases[\(index)].threads", planned.threads, 1...65536)
            if let bytes = planned.rotatedBytes {
                try within("\(place).cases[\(index)].rotatedBytes", bytes, 1...(1 << 50))
            }
            try planned.scenarioSettings?.checkBounds("\(place).cases[\(index)].scenarioSettings")
        }
        try rules.checkBounds("\(place).rules")
    }
}

extension ReorderCost {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        for seconds in [source, weights, destination] {
            if let seconds { try within(place, seconds, 0...1e9) }
        }
    }
}

extension ProcessRecord {
    func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).process", process, 0...1_000_000)
        try within("\(place).order", order, 0...100_000_000)
        try within("\(place).samples", samples, 0...1_000_000)
        try within("\(place).warmup", warmup, 0...1_000_000)
        try within("\(place).started", started, 0...1e9)
        try within("\(place).ended", ended, 0...1e9)
        for count in interference?.counts ?? [] { try within("\(place).interference", count, 0...1_000_000_000_000) }
        if let replaces { try within("\(place).replaces", replaces, 0...1_000_000) }
        if let number = excluded?.replacedBy { try within("\(place).excluded.replacedBy", number, 0...1_000_000) }
        if let count = dependence?.count { try within("\(place).dependence.count", count, 0...1_000_000) }
        for (index, window) in (windows ?? []).enumerated() { try window.checkBounds("\(place).windows[\(index)]") }
        try reorder?.checkBounds("\(place).reorder")
        if let footprint = work?.footprint { try within("\(place).work.footprint", footprint, 0...(1 << 60)) }
        for bytes in [pages?.bytes, pages?.hugeBytes].compactMap({ $0 }) {
            try within("\(place).pages", bytes, 0...(1 << 60))
        }
        try traffic?.checkBounds("\(place).traffic")
        if let compared = check?.compared { try within("\(place).check.compared", compared, 0...(1 << 60)) }
    }
}

extension Sample {
    public func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).process", process, 0...1_000_000)
        try within("\(place).index", index, 0...1_000_000)
        try within("\(place).iterations", iterations, 1...(1 << 50))
        try within("\(place).seconds", seconds, 0...1e9)
    }
}

extension Bundle {
    /// Everything above, and that the counts of measurements stay in bounds.
    public func checkBounds() throws(BoundsProblem) {
        try plan.checkBounds()
        try within("measurements", measurements.count, 0...Plan.maximumCases)
        try within("processes", processes.count, 0...1_000_000)
        for (index, measurement) in measurements.enumerated() {
            let place = "measurements[\(index)]"
            try within("\(place).processes", measurement.processes, 0...1_000_000)
            for metric in measurement.metrics { try within("\(place).metrics.count", metric.count, 0...1_000_000) }
            try measurement.reorder?.checkBounds("\(place).reorder")
            try measurement.latency?.checkBounds("\(place).latency")
            if let footprint = measurement.work?.footprint {
                try within("\(place).work.footprint", footprint, 0...(1 << 60))
            }
        }
        for (index, record) in processes.enumerated() { try record.checkBounds("processes[\(index)]") }
        try checkNoiseBounds()
        try power?.checkBounds()
        try within("resumed", resumed, 0...1_000_000)
        try within("machine.topology.cores", machine.topology.cores, 0...1_000_000)
        try within("machine.accelerators", machine.accelerators.count, 0...4096)
        try within("machine.topology.processingUnits", machine.topology.processingUnits, 0...1_000_000)
        try within("duration", duration, 0...1e9)
        if let problem = price?.problem { throw BoundsProblem(place: "price", problem: problem) }
    }
}

extension Interference {
    fileprivate var counts: [Int] {
        [throttledPeriods, involuntarySwitches, majorFaults, minorFaults, migrations, thermalThrottles, readings]
            .compactMap { $0 }
    }
}

extension Sizing {
    public func checkBounds(_ place: String) throws(BoundsProblem) {
        for count in [pilots, wanted, granted, samplesPerProcess ?? 0] { try within(place, count, 0...1_000_000_000) }
    }
}

extension Bundle {
    private func checkNoiseBounds() throws(BoundsProblem) {
        for (index, sizing) in (sizing ?? []).enumerated() { try sizing.checkBounds("sizing[\(index)]") }
        if let watch { try within("watch.polls", watch.polls, 0...1_000_000_000_000) }
        try noiseFloor.value?.checkBounds("noiseFloor")
    }
}

extension NoiseFloor {
    public func checkBounds(_ place: String) throws(BoundsProblem) {
        try within("\(place).value", value, 0...1e3)
        try within("\(place).pairs", pairs, 0...1_000_000)
        try within("\(place).metrics", metrics.count, 0...(8 * Plan.maximumCases))
        if let processes { try within("\(place).processes", processes, 1...Rules.mostProcesses) }
        for (index, metric) in metrics.enumerated() {
            try within("\(place).metrics[\(index)].value", metric.value, 0...1e3)
            try within("\(place).metrics[\(index)].pairs", metric.pairs, 0...1_000_000)
        }
    }
}

extension ProcessRecord {
    /// For a journal, which has no place but its line.
    public func checkBounds() throws(BoundsProblem) { try checkBounds("process") }
}

func within<Value: Comparable>(_ place: String, _ value: Value, _ range: ClosedRange<Value>)
    throws(BoundsProblem)
{
    guard range.contains(value) else {
        throw BoundsProblem(place: place, problem: "\(value) is outside \(range.lowerBound) to \(range.upperBound)")
    }
}
