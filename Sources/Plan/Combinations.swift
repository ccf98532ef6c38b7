import Model

extension Suite.Entry {
    struct Combination {
        let dataType: DataType
        let backend: Backend
        let threads: ThreadCount
        let order: ThreadOrder
        let cache: CacheState
        let cell: NodeCell
    }

    /// Every data type with every backend, number of threads, order of them, memory policy and state of the caches; the node
    /// matrix is not counted, and a sweep as one.
    public var count: Int { count(sweep: 1) }

    /// The same on the largest machine there may be.
    var most: Int { count(sweep: ThreadCount.longestSweep) }

    public var isSweep: Bool { threads.contains(.sweep) }

    private func count(sweep: Int) -> Int {
        let counts = threads.reduce(0) { $0 + ($1 == .sweep ? sweep : 1) }
        return dataTypes.count * backends.count * counts * orders.count * memory.count * caches.count
            * scenarios.count
    }

    func combinations(on machine: Machine, _ cores: Cores) -> [Combination] {
        let placements = NodeCell.cells(nodes, memories(on: machine), on: machine).flatMap { cell in
            let cores = cores.of(cell, machine)
            return counts(cores).flatMap { count in
                orders(count, cores).map { (cell: cell, threads: count, order: $0) }
            }
        }
        return dataTypes.flatMap { type in
            backends.flatMap { backend in
                caches.flatMap { cache in
                    placements.map {
                        Combination(
                            dataType: type, backend: backend, threads: $0.threads, order: $0.order, cache: cache,
                            cell: $0.cell)
                    }
                }
            }
        }
    }

    /// What a sweep comes to on these cores, each number once.
    private func counts(_ cores: Cores) -> [ThreadCount] {
        var counts: [ThreadCount] = []
        for count in threads.flatMap({ $0 == .sweep ? ThreadCount.sweep(cores) : [$0] }) where !counts.contains(count) {
            counts.append(count)
        }
        // Where no core has a second unit, one thread on each of the units is one on each core.
        if counts.contains(.all), cores.unitCount == cores.siblings.count { counts.removeAll { $0 == .units } }
        return counts
    }

    /// Without the spread order where it takes the same processing units as the compact one, which is measured too.
    private func orders(_ count: ThreadCount, _ cores: Cores) -> [ThreadOrder] {
        guard orders.contains(.compact), let number = count.number(cores) else { return orders }
        let (near, far) = (cores.order(.compact).prefix(number), cores.order(.spread).prefix(number))
        return Set(near) == Set(far) ? orders.filter { $0 == .compact } : orders
    }

    /// Without policies that come to the local one, which is measured too: those of a machine with a single node.
    private func memories(on machine: Machine) -> [Placement.MemoryPolicy] {
        let nodes = machine.topology.numaNodes.filter { $0.bytes > 0 }
        guard memory.contains(.local), nodes.count == 1 else { return memory }
        return memory.filter { $0 != .interleave && $0 != .node(nodes[0].index) }
    }
}

extension ThreadCount {
    /// Powers of two up to 65,536, all cores and all units, on the largest machine there may be.
    static let longestSweep = 20

    /// 1, 2, 4, …, all cores, and where cores have several units on to all of these.
    static func sweep(_ cores: Cores) -> [ThreadCount] {
        let (coreCount, unitCount) = (cores.siblings.count, cores.unitCount)
        let powers = (0..<17).map { 1 << $0 }
        let below = powers.filter { $0 < coreCount }.map(ThreadCount.exactly)
        let above = powers.filter { $0 > coreCount && $0 < unitCount }.map(ThreadCount.firstUnits)
        // One core: a single thread is what it is everywhere.
        let all = coreCount > 1 ? [ThreadCount.all] : [.exactly(1)]
        return below + all + above + (unitCount > coreCount ? [.units] : [])
    }

    /// How many threads; `nil` for what is no single number.
    func number(_ cores: Cores) -> Int? {
        switch self {
        case .exactly(let count), .firstUnits(let count): count
        case .all: max(cores.siblings.count, 1)
        case .units: max(cores.unitCount, 1)
        case .sweep: nil
        }
    }

    func policy(_ order: ThreadOrder) -> Placement.Policy {
        switch (self, order) {
        case (.exactly, .compact), (.sweep, .compact): .firstCores
        case (.all, _): .allCores
        case (.firstUnits, .compact): .firstUnits
        case (.units, _): .allUnits
        case (.exactly, .spread), (.sweep, .spread): .spreadCores
        case (.firstUnits, .spread): .spreadUnits
        }
    }

    /// As it stands in the identity of a case.
    var declared: String {
        switch self {
        case .exactly(let count): "\(count)"
        case .all: "all"
        case .firstUnits(let count): "\(count) units"
        case .units: "all units"
        case .sweep: "sweep"
        }
    }
}
