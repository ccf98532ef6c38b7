import Model

/// One workload on one backend with ever more threads.
struct ScalingCurve {
    var name: String
    /// One for each number of threads, rising; the first has one thread.
    var points: [Measurement]

    var isSound: Bool { points.allSatisfy(\.isSound) }
    var mostThreads: Int { points.last?.case.threads ?? 1 }
}

/// What all points of a curve have in common: the same as where the judge scales a measurement, and the order of the threads.
private struct CurveKey: Hashable {
    let size: [String], kernel: Kernel, type: DataType, backend: Backend, cache: CacheState
    let memory: Placement.MemoryPolicy
    var isSpread: Bool

    /// Not by the workload's name, which tells placements apart; of a cache that is read by the level alone, because every
    /// thread has a part of its own.
    init(_ planned: Case) {
        (kernel, type, backend, cache) = (planned.kernel, planned.dataType, planned.backend, planned.cache)
        if case .cacheRead(let shape) = planned.shape {
            size = ["\(shape.level)"]
        } else {
            size = planned.shape.sizes.map { "\($0.name)=\($0.value)" }
        }
        memory = planned.placement.memory
        isSpread = planned.placement.policy.isSpread
    }

    var compact: CurveKey {
        var key = self
        key.isSpread = false
        return key
    }

    /// The name of one of its points, with what that does not tell.
    func name(_ workload: String) -> String {
        let marks = [
            isSpread ? "spread" : nil, memory == .local ? nil : memory.rawValue, cache == .cold ? "cold" : nil,
        ]
        return marks.compactMap { $0 }.reduce(workload) { $0.contains($1) ? $0 : "\($0), \($1)" }
    }
}

extension Reading {
    /// Rates measured with one thread and at least two other counts: enough for a line.
    var curves: [ScalingCurve] {
        var found: [CurveKey: [Int: Measurement]] = [:]
        var order: [CurveKey] = []
        for measurement in (kernels + ceilings) where measurement.case.placement.node == nil {
            guard measurement.metrics.first?.better == .higher else { continue }
            let key = CurveKey(measurement.case)
            if found[key] == nil { order.append(key) }
            if found[key]?[measurement.case.threads] == nil {
                found[key, default: [:]][measurement.case.threads] = measurement
            }
        }
        return order.compactMap { key in
            guard let own = found[key], let widest = own.max(by: { $0.key < $1.key })?.value else { return nil }
            let shared = key.isSpread ? (found[key.compact] ?? [:]).filter { $0.value.isOneWhereverItLies } : [:]
            let points = own.merging(shared) { mine, _ in mine }.sorted { $0.key < $1.key }.map(\.value)
            guard points.count >= 3, points.first?.case.threads == 1 else { return nil }
            return ScalingCurve(name: key.name(workload(widest)), points: points)
        }
    }
}

extension Measurement {
    /// Whether compact and spread come to the same: one thread, or all there are. The plan measures these once.
    fileprivate var isOneWhereverItLies: Bool {
        `case`.threads == 1 || [.allCores, .allUnits].contains(`case`.placement.policy)
    }

    /// Whether threads share cores.
    var sharesCores: Bool { [.firstUnits, .allUnits, .spreadUnits].contains(`case`.placement.policy) }
}
