import Model

/// YAML → sizes of the loops that measure what a machine can do at most.
enum CeilingReader {
    /// STREAM's arrays or the lines of a chase: `bytes`, or so many last-level caches.
    static func buffer(_ kernel: Kernel, _ shape: YAMLValue) throws(PlanError) -> Workload.Size {
        var keys = ["bytes", "lastLevelCaches", "atLeast"]
        if kernel == .pointerChase { keys.append("pages") }
        let parts = try shape.mapping(keys)
        let pages = try parts["pages"]?.choice(BufferShape.Pages.self)
        if let bytes = parts["bytes"] {
            let sizes = BufferShape(bytes: try bytes.bytes(), pages: pages)
            guard let result = Shape(kernel, sizes) else { throw shape.problem("is no shape of \(kernel.rawValue)") }
            return .fixed(result)
        }
        guard let caches = parts["lastLevelCaches"] else {
            throw shape.problem("names neither bytes nor lastLevelCaches")
        }
        let count = try caches.count()
        guard count <= 1024 else { throw caches.problem("\(count) is more than 1024") }
        return .lastLevelCaches(count, atLeast: try parts["atLeast"]?.bytes() ?? 1 << 26, pages: pages)
    }

    /// A share of the cache of a level.
    static func cache(_ shape: YAMLValue) throws(PlanError) -> Workload.Size {
        let parts = try shape.mapping(["level", "share"])
        guard let level = parts["level"] else { throw shape.problem("names no level") }
        let number = try level.count()
        guard number <= 4 else { throw level.problem("\(number) is no level of a cache; 1 to 4 are") }
        return .cacheLevel(number, share: try parts["share"]?.share() ?? 0.5)
    }

    /// The instruction set that is measured; without one, the best.
    static func peak(_ shape: YAMLValue?) throws(PlanError) -> Workload.Size {
        guard let shape else { return .fixed(.peakCompute) }
        let parts = try shape.mapping(["instructionSet"])
        return .fixed(.peak(PeakShape(instructionSet: try parts["instructionSet"]?.string())))
    }
}

extension Shape {
    /// A buffer of that kernel; `nil` for one that has no buffer.
    init?(_ kernel: Kernel, _ buffer: BufferShape) {
        switch kernel {
        case .streamCopy: self = .streamCopy(buffer)
        case .streamScale: self = .streamScale(buffer)
        case .streamAdd: self = .streamAdd(buffer)
        case .streamTriad: self = .streamTriad(buffer)
        case .pointerChase: self = .pointerChase(buffer)
        default: return nil
        }
    }
}
