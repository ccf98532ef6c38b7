public import Model

/// What a workload's declared size comes to on a machine, for a data type and a number of threads.
struct Sizing {
    let machine: Machine

    /// Sizes that cannot be had here are answered with the reason, beside a shape that names them.
    func shape(_ workload: Workload, _ type: DataType, threads: Int) -> (shape: Shape, obstacle: String?) {
        switch workload.size {
        case .fixed(let shape): return (shape, nil)
        case .lastLevelCaches(let caches, let least, let pages):
            let last = data.max { $0.level < $1.level }
            let total = last.map { Double($0.bytes) * Double($0.count) } ?? 0
            let wanted = min(Double(caches) * total, 0x1p60)
            // Whole megabytes: a multiple of every page and vector.
            let bytes = (max(Int(wanted), least) >> 20) << 20
            let sizes = BufferShape(bytes: max(bytes, 1 << 20), pages: pages)
            return (Shape(workload.kernel, sizes) ?? .streamTriad(sizes), nil)
        case .cacheLevel(let level, let share): return cacheRead(level, share, threads)
        case .memoryShare(let shape, let share): return (capped(shape, share, type), nil)
        }
    }

    private var data: [Cache] { machine.topology.caches.filter { $0.type != .instruction && $0.count > 0 } }

    /// A thread's part of a level of caches, and what all threads have of it. Threads take one core after the other, and
    /// cores that share a cache have neighbouring numbers.
    private func part(_ level: Int, _ threads: Int) -> (each: Double, all: Double)? {
        guard let cache = data.first(where: { $0.level == level }), cache.bytes > 0 else { return nil }
        let cores = max(machine.topology.cores, 1)
        // SMT siblings share what a core has.
        let crowd = (max(threads, 1) + cores - 1) / cores
        let threads = min(max(threads, 1), cores)
        let sharing = min(threads, max((cores + cache.count - 1) / cache.count, 1))
        let used = (threads + sharing - 1) / sharing
        return (Double(cache.bytes) / Double(sharing * crowd), min(Double(cache.bytes) * Double(used), 0x1p60))
    }

    /// The share of a thread's part of the level, but well above the level inside it: half of a cache that is hardly larger
    /// than the next inner one would be read from that.
    private func cacheRead(_ level: Int, _ share: Double, _ threads: Int) -> (Shape, String?) {
        let unknown = Shape.cacheRead(CacheShape(level: level, bytes: 0, capacity: 0))
        guard let part = part(level, threads) else { return (unknown, "no L\(level) cache is known here") }
        let inner = data.map(\.level).filter { $0 < level }.max().flatMap { self.part($0, threads)?.each } ?? 0
        var bytes = part.each * share
        if bytes < 2 * inner { bytes = (inner + part.each) / 2 }
        // Whole steps of the loop that reads it.
        let whole = (Int(min(bytes, 0x1p50)) >> 10) << 10
        let shape = Shape.cacheRead(CacheShape(level: level, bytes: max(whole, 1024), capacity: Int(part.all)))
        guard bytes >= 1.25 * inner else {
            return (shape, "a thread's part of L\(level) is hardly larger than what lies inside it")
        }
        return (shape, nil)
    }

    /// Tables of at most a share of the memory there is; of all there is, not of what is free now, so that the same machine
    /// gives the same tables. In steps, because the kernel keeps a little more or less for itself from boot to boot.
    private func capped(_ shape: Shape, _ share: Double, _ type: DataType) -> Shape {
        let limits = [machine.memory.kernelBytes.value, machine.limits.memoryBytes.bound()].compactMap { $0 }
        guard let total = limits.min() else { return shape }
        let step = total > 16 << 30 ? 0x1p28 : 0x1p24
        let budget = max((Double(total) * share / step).rounded(.down) * step, step)
        return switch shape {
        case .embedding(let sizes): .embedding(sizes.capped(toBytes: budget, type))
        case .rowGather(let sizes): .rowGather(sizes.capped(toBytes: budget, type))
        default: shape
        }
    }
}

extension Shape {
    /// Share of the declared rows that is left where tables were cut to fit in memory; `nil` where none were.
    public var scale: Double? {
        switch self {
        case .embedding(let sizes), .rowGather(let sizes): sizes.scale < 1 ? sizes.scale : nil
        default: nil
        }
    }

    /// ` (rows × 0.31)` where tables were cut to fit in memory.
    var scaleNote: String {
        guard let scale else { return "" }
        // Three digits, never 1.
        let thousandths = min(Int((scale * 1000).rounded(.down)), 999)
        let digits = String(1000 + thousandths).dropFirst()
        return thousandths > 0 ? " (rows × 0.\(digits))" : " (rows × < 0.001)"
    }
}
