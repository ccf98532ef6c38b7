public import Document
public import Model
import Units

extension Datasheet {
    /// The topology tree as boxes; what repeats is drawn once or twice and counted.
    public static func topologyFigure(_ machine: Machine) -> Document.Figure {
        let topology = machine.topology
        let words = [
            Words.count(topology.packages, "package"), coresAndThreads(topology),
            Words.count(topology.numaNodes.count, "NUMA node"),
        ].joined(separator: ", ")
        let caches = topology.caches.map { "\(cacheName($0)) \(cacheText($0))" }.joined(separator: ", ")
        return Document.Figure(
            title: words, subtitle: "As hwloc reads it", description: "\(words). \(caches.isEmpty ? "" : caches + ".")",
            chart: .boxes([box(topology.tree)]))
    }

    private static let alike = 4

    static func box(_ node: TopologyNode) -> Document.Box {
        let isStrip = node.kind == "numaNode" || cacheLevel(node.kind) != nil || node.kind == "processingUnit"
        return Document.Box(
            nodeName(node), nodeDetail(node), isStrip ? .strip : .frame, children: boxes(shown(node.children)))
    }

    /// Input and output devices stand in their own table.
    private static func shown(_ children: [TopologyNode]) -> [TopologyNode] {
        let hidden: Set<String> = ["bridge", "pci", "device", "misc"]
        return children.filter { !hidden.contains($0.kind) }
    }

    /// More than four neighbours of the same build become two and a box that counts the rest.
    private static func boxes(_ nodes: [TopologyNode]) -> [Document.Box] {
        var result: [Document.Box] = []
        var start = 0
        while start < nodes.count {
            var end = start + 1
            while end < nodes.count, sameBuild(nodes[start], nodes[end]) { end += 1 }
            let run = nodes[start..<end]
            if run.count > alike {
                result += run.prefix(2).map(box)
                result.append(Document.Box("… \(run.count - 2) more like \(nodeName(nodes[start]))", "", .ellipsis))
            } else {
                result += run.map(box)
            }
            start = end
        }
        return result
    }

    private static func sameBuild(_ a: TopologyNode, _ b: TopologyNode) -> Bool {
        guard a.kind == b.kind, a.bytes == b.bytes, a.name == b.name, a.children.count == b.children.count else {
            return false
        }
        return zip(a.children, b.children).allSatisfy(sameBuild)
    }

    static func nodeName(_ node: TopologyNode) -> String {
        let index = node.index.map { " \($0)" } ?? ""
        switch node.kind {
        case "machine": return "Machine"
        case "package": return "Package\(index)"
        case "die": return "Die\(index)"
        case "group": return "Group\(index)"
        case "core": return "Core\(index)"
        case "processingUnit": return "PU\(index)"
        case "numaNode": return "NUMA node\(index)"
        case "memoryCache": return "Memory cache"
        default: return cacheLevel(node.kind) ?? Words.capital(node.kind) + index
        }
    }

    static func nodeDetail(_ node: TopologyNode) -> String {
        [node.name, node.bytes.map(Figures.bytes)].compactMap { $0 }.joined(separator: ", ")
    }

    /// `L1d` from `l1d`; `nil` for what is no cache.
    private static func cacheLevel(_ kind: String) -> String? {
        guard kind.hasPrefix("l"), kind.count <= 3, kind.dropFirst().first?.isNumber == true else { return nil }
        return "L" + kind.dropFirst()
    }
}
