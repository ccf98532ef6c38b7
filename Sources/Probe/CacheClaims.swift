import Model
import Units

// Caches as a hypervisor shows them to its guest, against what the part can have.
extension Claims {
    /// A last-level cache and how many cores are below it.
    private struct LastLevel {
        var bytes: UInt64?
        var cores: Int
    }

    var caches: [Claim?] {
        guard let part else { return [] }
        let all = lastLevels
        guard let largest = all.max(by: { ($0.bytes ?? 0) < ($1.bytes ?? 0) }) else { return [absent(part)] }
        return [size(part, largest), sharing(part, all), copies(part, all)]
    }

    private func claim(_ claimed: String, _ visible: String) -> Claim {
        Claim(
            subject: "last-level cache", claimed: claimed, visible: visible, evidence: "hwloc topology; \(identity)")
    }

    private func absent(_ part: ProcessorPart) -> Claim {
        claim("an L3 cache: every \(part.name) has one", topology.caches.isEmpty ? "no caches at all" : "none")
    }

    private func size(_ part: ProcessorPart, _ cache: LastLevel) -> Claim? {
        guard let bytes = cache.bytes, !part.lastLevel.contains(bytes) else { return nil }
        let bounds = (Figures.bytes(part.lastLevel.lowerBound), Figures.bytes(part.lastLevel.upperBound))
        return claim("\(bounds.0) to \(bounds.1), as \(part.name) is made", Figures.bytes(bytes))
    }

    /// Where threads are shown as cores, a cache may seem to have twice as many.
    private func sharing(_ part: ProcessorPart, _ all: [LastLevel]) -> Claim? {
        guard let most = all.map(\.cores).max(), most > part.mostSharing * coresPerCore else { return nil }
        return claim(
            "one for up to \(part.mostSharing) cores, as \(part.name) is made", "one shared by \(most) cores")
    }

    /// Caches that are one in the part, shown as often as there are cores, so that their sum is a fiction.
    private func copies(_ part: ProcessorPart, _ all: [LastLevel]) -> Claim? {
        let isIntel = processor.vendor.value == "GenuineIntel"
        guard all.count > 2, all.allSatisfy({ $0.cores == 1 }), isIntel || hasInventedPackages, let bytes = all[0].bytes
        else { return nil }
        return claim(
            "\(all.count) × \(Figures.bytes(bytes)), one for each core",
            "a part whose last-level cache serves up to \(part.mostSharing) cores")
    }

    /// 2 where what is shown as a core may be half of one.
    var coresPerCore: Int { topology.cores == topology.processingUnits ? 2 : 1 }

    private var lastLevels: [LastLevel] {
        var found: [LastLevel] = []
        func visit(_ node: TopologyNode) {
            if node.kind == "l3" {
                found.append(LastLevel(bytes: node.bytes, cores: Self.cores(below: node)))
            } else {
                node.children.forEach(visit)
            }
        }
        visit(topology.tree)
        return found
    }

    private static func cores(below node: TopologyNode) -> Int {
        node.children.reduce(0) { $0 + ($1.kind == "core" ? 1 : cores(below: $1)) }
    }
}
