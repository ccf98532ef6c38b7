public import Document
public import Model
import Units

extension Datasheet {
    /// The topology tree as boxes, with as much detail as can be read: every cache and processing unit of a small machine,
    /// a cell for each core of a larger one, and of a very large one only the first of what repeats.
    public static func topologyFigure(_ machine: Machine) -> Document.Figure {
        let topology = machine.topology
        let words = [
            Words.count(topology.packages, "package"), coresAndThreads(topology),
            Words.count(topology.numaNodes.count, "NUMA node"),
        ].joined(separator: ", ")
        let caches = topology.caches.map { "\(cacheName($0)) \(cacheText($0))" }.joined(separator: "; ")
        let missing = missingUnits(topology.processingUnitSets).map { "; " + $0 } ?? ""
        return Document.Figure(
            title: words, subtitle: "As hwloc reads it" + missing,
            description: "\(words). \(caches.isEmpty ? "" : caches + ".")", chart: .boxes(boxes(topology)))
    }

    /// Boxes of which a page can show as many as this and still be read.
    private static let most = (everything: 48, cells: 480)

    private static func boxes(_ topology: Topology) -> [Document.Box] {
        var picture: [Document.Box] = []
        for detail in TopologyPicture.Detail.allCases {
            picture = TopologyPicture(topology, detail).boxes
            let count = count(picture)
            switch detail {
            case .everything: if count <= most.everything { return picture }
            case .cells: if count <= most.cells { return picture }
            case .examples: return picture
            }
        }
        return picture
    }

    private static func count(_ boxes: [Document.Box]) -> Int { boxes.reduce(0) { $0 + 1 + count($1.children) } }

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
        case "memoryCache": return "Memory-side cache"
        case "pci": return "PCI"
        default: return cacheLevel(node.kind) ?? Words.capital(node.kind) + index
        }
    }

    static func nodeDetail(_ node: TopologyNode) -> String {
        let bytes = node.bytes.map { $0 == 0 && node.kind == "numaNode" ? "no memory" : Figures.bytes($0) }
        return [node.name, bytes].compactMap { $0 }.joined(separator: ", ")
    }

    /// `L1d` from `l1d`; `nil` for what is no cache.
    static func cacheLevel(_ kind: String) -> String? {
        guard kind.hasPrefix("l"), kind.count <= 3, kind.dropFirst().first?.isNumber == true else { return nil }
        return "L" + kind.dropFirst()
    }
}
