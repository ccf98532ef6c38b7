import Document
import Model

extension Datasheet {
    /// Where threads ran and memory came from, told of the cases that were measured.
    static func placement(_ reading: Reading) -> Prose {
        let done = reading.completed
        guard !done.isEmpty else { return "No process ran to its end." }
        let unbound = done.count { $0.boundTo == nil }
        let binding =
            unbound == 0
            ? "every process was bound to its processing units"
            : "\(unbound) of \(Words.count(done.count, "process", "processes")) could not be bound"
        let cases = Set(done.map(\.case))
        let placements = reading.bundle.measurements.map(\.case).filter { cases.contains($0.id) }.map(\.placement)
        return Prose("\(threads(placements)); memory \(memory(placements)); \(binding).")
    }

    private static func threads(_ placements: [Placement]) -> String {
        let all = placements.count
        let siblings = placements.count { [.firstUnits, .allUnits, .spreadUnits].contains($0.policy) }
        let parts = [
            part(siblings, of: all, "on SMT siblings too", insteadOf: "one a core"),
            part(placements.count(where: \.policy.isSpread), of: all, "dealt to the NUMA nodes in turn"),
            part(placements.count { $0.node != nil }, of: all, "on the cores of one NUMA node"),
        ]
        return "Threads pinned" + parts.compactMap { $0 }.map { ", \($0)" }.joined()
    }

    private static func memory(_ placements: [Placement]) -> String {
        let all = placements.count
        let ways = [
            ("from the local node", placements.count { $0.memory == .local }),
            ("from all NUMA nodes in turn", placements.count { $0.memory == .interleave }),
            (
                "from one node that the case names",
                placements.count { if case .node = $0.memory { true } else { false } }
            ),
        ].filter { $0.1 > 0 }
        guard ways.count > 1 else { return ways.first?.0 ?? "as the cases name it" }
        return Words.list(ways.map { "\($0.0) in \($0.1) of \(Words.count(all, "case"))" })
    }

    /// What holds for some of the cases, with how many; what holds otherwise before it.
    private static func part(_ count: Int, of all: Int, _ words: String, insteadOf usual: String? = nil) -> String? {
        guard count > 0 else { return usual }
        guard count < all else { return words }
        return (usual.map { "\($0), " } ?? "") + "in \(count) of \(Words.count(all, "case")) \(words)"
    }
}
