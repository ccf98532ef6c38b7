import Model

/// YAML → suite.
enum SuiteReader {
    static func suite(
        _ parts: [String: YAMLValue], at value: YAMLValue, file: String, _ workloads: [Workload], _ suites: [Suite]
    ) throws(PlanError) -> Suite {
        let name = try parts["suite"]?.string() ?? stem(file)
        let rules = try rules(parts["rules"])
        var entries: [Suite.Entry] = []
        // What a suite says itself comes first: where it says otherwise than one that it includes, that counts.
        for value in try parts["cases"]?.list() ?? [] { entries += try self.entries(value, workloads, rules) }
        let traffic = try IncludedTraffic(parts["rules"], includes: parts["include"] != nil)
        for value in try parts["include"]?.listOrOne() ?? [] {
            entries += try included(value, suites).map(traffic.applied)
        }
        let place = parts["cases"] ?? parts["include"] ?? value
        guard !entries.isEmpty else { throw place.problem("is empty") }
        let count = entries.reduce(0) { $0 + $1.most }
        guard count <= Plan.maximumCases else {
            throw place.problem("stands for \(count) cases; \(Plan.maximumCases) are the most")
        }
        return Suite(
            name: name, about: try parts["about"]?.string() ?? "", rules: rules, entries: entries)
    }

    /// The cases of a suite that was read before, not its rules.
    private static func included(_ value: YAMLValue, _ suites: [Suite]) throws(PlanError) -> [Suite.Entry] {
        let name = try value.string()
        guard let suite = suites.first(where: { $0.name == name }) else {
            throw value.problem("unknown suite \(name)" + Nearest.hint(for: name, among: suites.map(\.name)))
        }
        return suite.entries
    }

    /// One line of the list: each of its workloads with each of its batches and directions.
    private static func entries(
        _ value: YAMLValue, _ workloads: [Workload], _ rules: Rules
    ) throws(PlanError) -> [Suite.Entry] {
        let parts = try value.mapping([
            "workload", "workloads", "batches", "directions", "dataTypes", "backends", "threads", "order", "memory",
            "cache", "nodes", "architecture", "scenario", "scenarios",
        ])
        let scenarios = try ScenarioReader.choices(parts, rules, at: value)
        let dataTypes = try distinct(parts["dataTypes"]) { (type) throws(PlanError) in try type.choice(DataType.self) }
        let backends = try distinct(parts["backends"]) { (name) throws(PlanError) in try name.choice(Backend.self) }
        let threads = try distinct(parts["threads"]) { (count) throws(PlanError) in try threadCount(count) }
        let orders = try distinct(parts["order"]) { (order) throws(PlanError) in try order.choice(ThreadOrder.self) }
        let memory = try distinct(parts["memory"]) { (policy) throws(PlanError) in try memoryPolicy(policy) }
        let caches = try distinct(parts["cache"]) { (state) throws(PlanError) in try state.choice(CacheState.self) }
        let nodes = try parts["nodes"]?.choice(NodeChoice.self) ?? .whole
        if nodes == .matrix, let place = parts["memory"] ?? parts["order"] {
            throw place.problem("does not go with nodes: matrix, which names the node of cores and memory itself")
        }
        let architecture = try parts["architecture"]?.choice(Architecture.self).rawValue
        var entries: [Suite.Entry] = []
        for (workload, place) in try named(parts, workloads, at: value) {
            if caches.contains(.cold), !workload.kernel.canBeCold {
                throw place.problem("\(workload.name): cache: cold is for matmul and convolution only")
            }
            for variant in try variants(workload, parts, at: place) {
                entries.append(
                    Suite.Entry(
                        workload: variant, dataTypes: dataTypes.isEmpty ? [workload.dataType] : dataTypes,
                        backends: backends.isEmpty ? [workload.kernel.usualBackend] : backends,
                        threads: threads.isEmpty ? [.all] : threads, orders: orders.isEmpty ? [.compact] : orders,
                        memory: memory.isEmpty ? [.local] : memory, caches: caches.isEmpty ? [.warm] : caches,
                        nodes: nodes, architecture: architecture,
                        scenarios: scenarios.isEmpty ? [nil] : scenarios))
            }
        }
        return entries
    }

    /// `workload: name` or `workloads: [name, …]`, each with the place where it stands.
    private static func named(
        _ parts: [String: YAMLValue], _ workloads: [Workload], at value: YAMLValue
    ) throws(PlanError) -> [(Workload, YAMLValue)] {
        let list = try parts["workloads"]?.list() ?? []
        guard parts["workload"] == nil || parts["workloads"] == nil else {
            throw value.problem("has both `workload:` and `workloads:`")
        }
        let places = list + [parts["workload"]].compactMap { $0 }
        guard !places.isEmpty else { throw value.problem("names no workload") }
        var found: [(Workload, YAMLValue)] = []
        for place in places {
            let name = try place.string()
            guard let workload = workloads.first(where: { $0.name == name }) else {
                throw place.problem("unknown workload \(name)" + Nearest.hint(for: name, among: workloads.map(\.name)))
            }
            found.append((workload, place))
        }
        return found
    }

    private static func variants(
        _ workload: Workload, _ parts: [String: YAMLValue], at place: YAMLValue
    ) throws(PlanError) -> [Workload] {
        let batches = try distinct(parts["batches"]) { (count) throws(PlanError) in try count.count() }
        let directions = try distinct(parts["directions"]) { (name) throws(PlanError) in
            try name.choice(ConvolutionShape.Direction.self)
        }
        var variants: [Workload] = []
        for batch in batches.isEmpty ? [nil] : batches.map(Optional.some) {
            for direction in directions.isEmpty ? [nil] : directions.map(Optional.some) {
                guard let variant = workload.with(batch: batch, direction: direction) else {
                    let key = batch == nil ? "directions" : "batches"
                    throw (parts[key] ?? place).problem("\(workload.name) has none of these")
                }
                if case .fixed(let shape) = variant.size {
                    try WorkloadReader.check(shape, at: parts["batches"] ?? place)
                }
                variants.append(variant)
            }
        }
        return variants
    }

    /// The values of a list, each of which may stand there once.
    private static func distinct<Value: Hashable>(
        _ list: YAMLValue?, _ read: (YAMLValue) throws(PlanError) -> Value
    ) throws(PlanError) -> [Value] {
        var values: [Value] = []
        for entry in try list?.listOrOne() ?? [] {
            let value = try read(entry)
            guard !values.contains(value) else { throw entry.problem("\(entry.shown) is there twice") }
            guard values.count < 64 else { throw entry.problem("is the 65th of its list; 64 are the most") }
            values.append(value)
        }
        return values
    }

    private static func threadCount(_ value: YAMLValue) throws(PlanError) -> ThreadCount {
        if let text = try? value.string() {
            let names: [String: ThreadCount] = ["all": .all, "units": .units, "sweep": .sweep]
            if let named = names[text] { return named }
        }
        let count = try value.count()
        guard count <= 65536 else { throw value.problem("\(count) threads are more than any machine has") }
        return .exactly(count)
    }

    private static func memoryPolicy(_ value: YAMLValue) throws(PlanError) -> Placement.MemoryPolicy {
        guard let policy = Placement.MemoryPolicy(rawValue: try value.string()) else {
            throw value.problem("\(value.shown) is no memory policy; there is local, interleave, node:N")
        }
        return policy
    }

    /// Every rule has a default, so that a suite states only what is special about it.
    static let defaults = Rules(
        processes: 10, processSeconds: 2, sampleTarget: 0.01, runTarget: 0.05, minimumSamples: 10,
        maximumSamples: 5120, sampleSeconds: 0.002, hangSeconds: 60, timeLimit: nil, rerunShare: 0.5)

    static let ruleKeys = [
        "processes", "maximumProcesses", "rerunShare", "processTime", "sampleTarget", "runTarget", "minimumSamples",
        "maximumSamples", "sampleTime", "hangTime", "timeLimit", "trafficTime", "searchTime",
    ]

    private static func rules(_ value: YAMLValue?) throws(PlanError) -> Rules {
        var rules = defaults
        guard let value else { return rules }
        let parts = try value.mapping(ruleKeys)
        rules.processes = try bounded(parts["processes"], 1...Rules.mostProcesses) ?? rules.processes
        // Twice as many where the first ones call for it; what cannot give an interval is not made longer.
        let most =
            rules.processes >= Model.Sizing.mostPilots
            ? min(2 * rules.processes, Rules.mostProcesses) : rules.processes
        rules.maximumProcesses =
            try bounded(parts["maximumProcesses"], rules.processes...Rules.mostProcesses) ?? most
        rules.rerunShare = try parts["rerunShare"].map(shareOrNone) ?? rules.rerunShare
        rules.processSeconds = try parts["processTime"]?.seconds() ?? rules.processSeconds
        rules.sampleTarget = try parts["sampleTarget"]?.share() ?? rules.sampleTarget
        rules.runTarget = try parts["runTarget"]?.share() ?? rules.runTarget
        rules.minimumSamples = try bounded(parts["minimumSamples"], 1...1_000_000) ?? rules.minimumSamples
        rules.maximumSamples = try bounded(parts["maximumSamples"], 1...1_000_000) ?? rules.maximumSamples
        rules.sampleSeconds = try parts["sampleTime"]?.seconds() ?? rules.sampleSeconds
        rules.hangSeconds = try parts["hangTime"]?.seconds() ?? rules.hangSeconds
        rules.timeLimit = try parts["timeLimit"]?.seconds() ?? rules.timeLimit
        guard rules.minimumSamples <= rules.maximumSamples else {
            throw value.problem(
                "minimumSamples \(rules.minimumSamples) is above maximumSamples \(rules.maximumSamples)")
        }
        return rules
    }

    /// A share, or 0.
    private static func shareOrNone(_ value: YAMLValue) throws(PlanError) -> Double {
        let text = try value.string()
        return text == "0" || text == "0%" ? 0 : try value.share()
    }

    private static func bounded(_ value: YAMLValue?, _ range: ClosedRange<Int>) throws(PlanError) -> Int? {
        guard let value else { return nil }
        let count = try value.count()
        guard range.contains(count) else {
            throw value.problem("\(count) is outside \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }

    /// `dir/mine.yaml` → `mine`.
    private static func stem(_ file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.split(separator: ".").first.map(String.init) ?? last
    }
}

/// Architectures that a line of a suite may be for, as `uname` names them.
enum Architecture: String, CaseIterable { case x86_64, aarch64 }

extension Kernel {
    /// Whether results depend on the data type: a chase follows pointers, whatever they are made of.
    /// So does reading a cache.
    var hasDataType: Bool { self != .pointerChase && self != .cacheRead }

    /// Whether its iterations can go through several sets of operands. The others go through all of theirs anyway.
    var canBeCold: Bool { self == .matmul || self == .convolution }

    var usualDataType: DataType {
        [.streamCopy, .streamScale, .streamAdd, .streamTriad].contains(self) ? .f64 : .f32
    }

    var usualBackend: Backend {
        switch self {
        case .matmul, .convolution: .onednn
        case .embedding, .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase,
            .peakCompute, .null:
            .simd
        }
    }
}
