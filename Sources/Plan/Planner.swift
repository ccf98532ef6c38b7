public import Model

/// Suites × machine → plan.
public enum Planner {
    /// Largest share of the memory that is available now which one case may take.
    static let memoryShare = 0.8

    /// Resolves what the suites declare on this machine: thread counts, processing units, sizes; and sets aside, with a
    /// reason, what cannot run here. The rules of the first suite hold for all.
    public static func plan(_ suites: [Suite], on machine: Machine, seed: UInt64) -> Plan {
        let cores = Cores(machine)
        var cases: [Case] = []
        var skipped: [SkippedCase] = []
        var seen: Set<String> = []
        let entries = suites.flatMap(\.entries).filter {
            $0.architecture == nil || $0.architecture == machine.processor.architecture
        }
        for entry in entries {
            let combinations = entry.combinations(on: machine, cores).flatMap { combination in
                entry.scenarios.map { (combination, $0) }
            }
            for (combination, scenario) in combinations {
                let (planned, lacking) = resolve(entry.workload, combination, scenario, cores, machine)
                let (threads, cell) = (combination.threads, combination.cell)
                // Two suites may name the same case; it is measured once.
                guard seen.insert(planned.id).inserted else { continue }
                if let reason = lacking ?? obstacle(planned, threads, cores.of(cell, machine), machine) {
                    skipped.append(SkippedCase(planned: planned, reason: reason))
                } else {
                    cases.append(planned)
                }
            }
        }
        return Plan(
            suite: suites.map(\.name).joined(separator: "+"), seed: seed, cases: cases,
            rules: suites.first?.rules ?? SuiteReader.defaults, skipped: skipped)
    }

    /// The case, and what its sizes lack on this machine.
    private static func resolve(
        _ workload: Workload, _ combination: Suite.Entry.Combination, _ scenario: ScenarioChoice?,
        _ cores: Cores, _ machine: Machine
    ) -> (planned: Case, lacking: String?) {
        let (type, backend, cell) = (combination.dataType, combination.backend, combination.cell)
        let here = cores.of(cell, machine)
        let isCold = combination.cache == .cold
        let isSpread = combination.order == .spread
        let count = combination.threads.number(here) ?? 1
        let (sized, lacking) = Sizing(machine: machine).shape(workload, type, threads: count)
        let shape = sized.normalised(type)
        // Warm caches and the compact order are left out: identities from before there was a choice stay.
        let identity = [
            workload.kernel.rawValue, declared(workload, type), type.rawValue, backend.rawValue,
            (scenario?.scenario ?? .offline).rawValue, combination.threads.declared, cell.memory.rawValue,
            isCold ? CacheState.cold.rawValue : nil, isSpread ? ThreadOrder.spread.rawValue : nil,
            scenario?.identity,
        ].compactMap { $0 }
        let title =
            workload.title + cell.title + (isSpread ? ", spread" : "") + shape.scaleNote + (isCold ? " cold" : "")
            + (scenario.map { " " + $0.title } ?? "")
        let planned = Case(
            id: Digest.identity(of: (identity + cell.identity).joined(separator: "|")),
            workload: workload.kernel.hasDataType ? "\(title) \(shape.typeName(type))" : title,
            kernel: workload.kernel, shape: shape, dataType: type, backend: backend,
            scenario: scenario?.scenario ?? .offline,
            threads: count,
            placement: Placement(
                policy: combination.threads.policy(combination.order),
                processingUnits: Array(here.order(combination.order).prefix(count)), memory: cell.memory,
                node: cell.node),
            cache: combination.cache, rotatedBytes: isCold ? rotation(machine) : nil,
            scenarioSettings: scenario?.settings)
        return (planned, lacking ?? cell.obstacle)
    }

    /// The size as written, which is the same on every machine.
    private static func declared(_ workload: Workload, _ type: DataType) -> String {
        func text(_ shape: Shape) -> String { shape.sizes.map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
        switch workload.size {
        case .fixed(let shape): return text(shape.normalised(type))
        case .lastLevelCaches(let caches, let least, let pages):
            return "\(caches) x LLC >= \(least)" + (pages.map { " pages=\($0.rawValue)" } ?? "")
        case .cacheLevel(let level, let share): return "\(share) x L\(level)"
        case .memoryShare(let shape, let share): return "\(text(shape)) memoryShare=\(share)"
        }
    }

    /// Bytes of all last-level caches together.
    private static func lastLevelCaches(_ machine: Machine) -> Double {
        let last = machine.topology.caches.filter { $0.type != .instruction }.max { $0.level < $1.level }
        return last.map { Double($0.bytes) * Double($0.count) } ?? 0
    }

    /// Bytes of operands that a cold case goes through: four times all last-level caches, because none replaces the oldest
    /// line exactly, and at least 256 MiB, because a guest may see less of them than there is.
    private static func rotation(_ machine: Machine) -> Int {
        max(Int(min(4 * lastLevelCaches(machine), 0x1p40)), 256 << 20)
    }

    /// Why this case cannot run here; `nil` where nothing stands in the way.
    private static func obstacle(_ planned: Case, _ threads: ThreadCount, _ cores: Cores, _ machine: Machine) -> String?
    {
        if let node = planned.placement.node, cores.firstUnits.isEmpty {
            return "no core of node \(node) is allowed here"
        }
        if case .exactly(let count) = threads, count > cores.firstUnits.count {
            return "asks for \(count) threads, one a core; \(cores.firstUnits.count) cores are allowed here"
        }
        let footprint: Double
        do {
            let once = try planned.shape.work(planned.dataType).footprint
            footprint = Double(once) + Double(planned.rotatedBytes ?? 0)
        } catch {
            return "\(error)"
        }
        let limits = [machine.memory.availableBytes.value, machine.limits.memoryBytes.bound()].compactMap { $0 }
        guard let available = limits.min() else { return nil }
        let allowed = Double(available) * memoryShare
        guard footprint > allowed else { return nil }
        return "needs \(gibibytes(footprint)), limit \(gibibytes(allowed)) (80 % of what is available)"
    }

    private static func gibibytes(_ bytes: Double) -> String {
        let tenths = Int((bytes / 0x1p30 * 10).rounded(.up))
        return "\(tenths / 10).\(tenths % 10) GiB"
    }
}
