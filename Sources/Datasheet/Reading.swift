import Model
import Statistics

/// A recording with what several sections ask of it, worked out once.
struct Reading {
    let recording: Recording
    let additions: Additions
    /// Measurements with a number to show: all but skipped and failed ones.
    let measured: [Measurement]
    /// Cases whose work arrived by a scenario; neither kernels nor ceilings.
    let scenarios: [Measurement]
    /// Those that are not ceilings.
    let kernels: [Measurement]
    let ceilings: [Measurement]
    /// Processes that ended by their rule.
    let completed: [ProcessRecord]
    /// The most threads any measured case used.
    let mostThreads: Int
    /// The same workload and backend with one thread and with the most: what scaling is read from.
    let scaling: [(one: Measurement, all: Measurement)]
    let samples: SampleGroups
    private let ceilingByName: [String: Measurement]
    /// Processes by identity of their case, in the order they ran.
    private let processesByCase: [String: [ProcessRecord]]
    private let measurementByCase: [String: Measurement]
    /// How many cases bear a workload’s name with the same threads: more than one where backends compete.
    private let namesakes: [String: Int]

    var bundle: Bundle { recording.bundle }
    var machine: Machine { recording.bundle.machine }

    /// What is said by people: on rendering, else in the bundle.
    var statement: Statement { (bundle.statement ?? Statement()).overridden(by: additions.statement) }
    /// On rendering, else in the bundle.
    var price: Price? { additions.price ?? bundle.price }

    init(_ recording: Recording, _ additions: Additions = Additions()) {
        self.recording = recording
        self.additions = additions
        samples = SampleGroups(recording.samples)
        measured = recording.bundle.measurements.filter { $0.isMeasured }
        scenarios = measured.filter { $0.case.scenarioSettings != nil }
        let sampled = measured.filter { $0.case.scenarioSettings == nil }
        kernels = sampled.filter { !$0.case.kernel.isCeiling }
        ceilings = sampled.filter { $0.case.kernel.isCeiling }
        completed = recording.bundle.processes.filter(\.isCompleted)
        mostThreads = measured.map(\.case.threads).max() ?? 1
        scaling = Self.pairs(sampled)
        ceilingByName = Dictionary(ceilings.map { (Self.key($0.case), $0) }) { first, _ in first }
        measurementByCase = Dictionary(recording.bundle.measurements.map { ($0.case.id, $0) }) { first, _ in first }
        namesakes = recording.bundle.measurements.reduce(into: [:]) { $0[Self.key($1.case), default: 0] += 1 }
        processesByCase = Dictionary(grouping: recording.bundle.processes.sorted { $0.order < $1.order }, by: \.case)
    }

    func processes(of measurement: Measurement) -> [ProcessRecord] { processesByCase[measurement.case.id] ?? [] }

    private static func key(_ planned: Case) -> String { key(planned.workload, planned.threads) }

    private static func key(_ workload: String, _ threads: Int) -> String { "\(workload)\n\(threads)" }

    /// How running text names a case: with its threads, and its backend where another one computed the same.
    func name(_ measurement: Measurement) -> String {
        "\(workload(measurement)), \(Words.count(measurement.case.threads, "thread"))"
    }

    /// The workload, with its backend where another one computed the same with as many threads.
    func workload(_ measurement: Measurement, withoutType: Bool = false) -> String {
        let name = withoutType ? measurement.case.withoutType : measurement.case.workload
        let rivals = namesakes[Self.key(measurement.case)] ?? 0
        return rivals > 1 ? "\(name) \(measurement.case.backend.rawValue)" : name
    }

    func measurement(_ identity: String) -> Measurement? { measurementByCase[identity] }

    /// Planned cases that the bundle neither reports nor explains.
    var unaccounted: [Case] {
        let reported = Set(bundle.measurements.map(\.case.id))
        return bundle.plan.cases.filter { !reported.contains($0.id) }
    }

    /// Skipped when planned, and missing from the measurements.
    var skippedAside: [SkippedCase] {
        let reported = Set(bundle.measurements.map(\.case.id))
        return bundle.plan.skipped.filter { !reported.contains($0.planned.id) }
    }

    /// Skipped because the run ended first, not because this machine cannot run them: no process says so, nor the plan.
    var cutOff: [Measurement] {
        guard bundle.interrupted != nil else { return [] }
        let planned = Set(bundle.plan.skipped.map(\.planned.id))
        return bundle.measurements.filter { measurement in
            guard measurement.status == .skipped, !planned.contains(measurement.case.id) else { return false }
            return !processes(of: measurement).contains {
                if case .skipped = $0.outcome { true } else { false }
            }
        }
    }

    func count(_ status: Status) -> Int {
        bundle.measurements.count { $0.status == status } + (status == .skipped ? skippedAside.count : 0)
    }

    /// Cases that were asked for, whatever became of them.
    var asked: Int { bundle.measurements.count + unaccounted.count + skippedAside.count }

    /// The ceiling a share names, measured with the same threads.
    func ceiling(of measurement: Measurement) -> Measurement? {
        guard let name = measurement.share?.of else { return nil }
        return ceilingByName[Self.key(name, measurement.case.threads)]
    }

    /// Each case with one thread beside the same one with the most.
    private static func pairs(_ measured: [Measurement]) -> [(one: Measurement, all: Measurement)] {
        struct Key: Hashable { let workload: String, backend: Backend, scenario: Scenario }
        func key(_ planned: Case) -> Key {
            Key(workload: planned.workload, backend: planned.backend, scenario: planned.scenario)
        }
        var widest: [Key: Measurement] = [:]
        for measurement in measured where measurement.case.threads > 1 {
            let key = key(measurement.case)
            if measurement.case.threads > widest[key]?.case.threads ?? 1 { widest[key] = measurement }
        }
        return measured.filter { $0.case.threads == 1 }.compactMap { one in
            widest[key(one.case)].map { (one, $0) }
        }
    }
}

extension Reading {
    /// Why a case has its status. Of a half-width above its target it is said anew: older bundles rounded both until they
    /// looked equal.
    func reason(of measurement: Measurement) -> String? {
        guard measurement.status == .unconverged, let reason = measurement.reason,
            reason.hasPrefix(StatusWords.half), let metric = measurement.metrics.first,
            let width = metric.interval?.relativeHalfWidth(of: metric.value), width > bundle.plan.rules.runTarget
        else { return measurement.reason }
        return StatusWords.wide(width, target: bundle.plan.rules.runTarget)
    }

    /// What is said of it and changes no status, in the same way.
    func warnings(of measurement: Measurement) -> [String] {
        measurement.warnings.map { warning in
            guard warning.hasPrefix(StatusWords.half) else { return warning }
            return StatusWords.wideMetrics(measurement.metrics, target: bundle.plan.rules.runTarget) ?? warning
        }
    }
}

extension Measurement {
    /// Whether it has a number to show.
    var isMeasured: Bool { status != .skipped && status != .failed && !metrics.isEmpty }
    /// Whether its number is fit to rest on.
    var isSound: Bool { status == .valid }

    /// The metric its share refers to: the one counted in the ceiling's unit, else the first.
    func sharedMetric(_ ceiling: Measurement?) -> Metric? {
        guard let unit = ceiling?.metrics.first?.unit else { return metrics.first }
        return metrics.first { $0.unit == unit } ?? metrics.first
    }
}

extension Kernel {
    /// A loop written to reach a limit of the machine, not to do anyone's work.
    var isCeiling: Bool {
        switch self {
        case .rowGather, .streamCopy, .streamScale, .streamAdd, .streamTriad, .cacheRead, .pointerChase, .peakCompute:
            true
        case .matmul, .convolution, .embedding, .null: false
        }
    }

    /// In the order in which they are shown.
    static let ceilings: [Kernel] = [
        .peakCompute, .streamTriad, .streamCopy, .streamScale, .streamAdd, .cacheRead, .pointerChase, .rowGather,
    ]

    /// The name a reader knows it by.
    var title: String {
        switch self {
        case .matmul: "Matrix multiply"
        case .convolution: "Convolution"
        case .embedding: "Embedding lookup"
        case .rowGather: "Random rows"
        case .streamCopy: "Memory bandwidth, copy"
        case .streamScale: "Memory bandwidth, scale"
        case .streamAdd: "Memory bandwidth, add"
        case .streamTriad: "Memory bandwidth"
        case .cacheRead: "Cache bandwidth"
        case .pointerChase: "Memory latency"
        case .peakCompute: "Peak arithmetic"
        case .null: "Null workload"
        }
    }
}
