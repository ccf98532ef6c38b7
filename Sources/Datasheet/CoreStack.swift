import Document
import Model
import Units

/// A core with the caches that it shares with no other: one cell of a picture.
struct CoreStack {
    /// What all cores of one build have in common.
    struct Build: Equatable {
        var caches: [String]
        var threads: Int
        var hasCore: Bool

        /// `a core of 2 threads with its own L2 1 MiB, L1d 32 KiB, L1i 32 KiB`.
        var text: String {
            let units = threads == 1 ? "1 thread" : "\(threads) threads"
            let what = hasCore ? "a core of \(units)" : "a processing unit"
            let own = caches.isEmpty ? "" : " with its own \(caches.joined(separator: ", "))"
            return what + own + (threads > 1 ? ", named by its processing units" : "")
        }
    }

    let build: Build
    private let units: [Int]

    /// `nil` where `node` is more than one core, or has memory or devices of its own.
    init?(_ node: TopologyNode) {
        var caches: [String] = []
        var current = node
        while let level = Datasheet.cacheLevel(current.kind) {
            guard current.children.count == 1, let only = current.children.first else { return nil }
            caches.append("\(level)\(Figures.space)\(current.bytes.map(Figures.bytes) ?? "")")
            current = only
        }
        let isCore = current.kind == "core"
        let found = isCore ? current.children : [current]
        guard !found.isEmpty, found.allSatisfy({ $0.kind == "processingUnit" && $0.children.isEmpty }) else {
            return nil
        }
        units = found.compactMap(\.index)
        guard units.count == found.count else { return nil }
        build = Build(caches: caches, threads: units.count, hasCore: isCore)
    }

    /// The processing units one under the other; more than four as from and to.
    var box: Document.Box {
        let rest = units.count > 4 ? ["to", "\(units[units.count - 1])"] : units.dropFirst().map(String.init)
        return Document.Box("\(units.first ?? 0)", rest.joined(separator: "\n"), .cell)
    }

    /// Every build of core below `node`, each once, in order.
    static func builds(_ node: TopologyNode) -> [Build] {
        if let stack = CoreStack(node) { return [stack.build] }
        return node.children.flatMap(builds).unique
    }
}
