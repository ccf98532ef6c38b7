import Document
import Model
import Units

/// Devices as they hang in the tree, found again in the list that knows more of them.
struct AttachedDevices {
    private let byName: [String: Device]
    private let byBus: [String: Device]

    init(_ devices: [Device]) {
        byName = Dictionary(devices.map { (Self.key($0.busId, $0.name), $0) }) { first, _ in first }
        byBus = Dictionary(devices.compactMap { device in device.busId.map { ($0, device) } }) { first, _ in first }
    }

    private static func key(_ busId: String?, _ name: String?) -> String { "\(busId ?? "") \(name ?? "")" }

    func device(_ node: TopologyNode, on busId: String?) -> Device? { byName[Self.key(busId, node.name)] }

    func device(on busId: String?) -> Device? { busId.flatMap { byBus[$0] } }

    /// Boxes for what is attached to `node` itself, bridges passed through.
    func boxes(_ node: TopologyNode) -> [Document.Box] {
        let all = slots(node.children)
        var result: [Document.Box] = []
        var start = 0
        while start < all.count {
            var end = start + 1
            while end < all.count, all[end].isLike(all[start]) { end += 1 }
            let run = all[start..<end]
            let isCut = run.count > Self.alike
            result += (isCut ? run.prefix(2) : run).map(\.box)
            if isCut { result.append(Document.Box("… \(run.count - 2) more like \(run[start].label)", "", .ellipsis)) }
            start = end
        }
        return result
    }

    /// As many as one machine commonly has of its GPUs.
    private static let alike = 8

    private func slots(_ nodes: [TopologyNode]) -> [Slot] {
        nodes.flatMap { node -> [Slot] in
            switch node.kind {
            case "bridge": slots(node.children)
            case "pci": [slot(node)] + slots(node.children.filter { $0.kind == "pci" || $0.kind == "bridge" })
            case "device": [Slot(label: node.name ?? "device", busId: nil, device: device(node, on: nil))]
            default: []
            }
        }
    }

    /// One box for a PCI device with all the names that drivers give it.
    private func slot(_ node: TopologyNode) -> Slot {
        let named = node.children.filter { $0.kind == "device" }
        let known = named.compactMap { device($0, on: node.name) }
        let names = named.compactMap(\.name)
        var best = known.first ?? device(on: node.name)
        best?.memoryBytes = known.lazy.compactMap(\.memoryBytes).first
        let label = names.isEmpty ? Words.capital(best?.name ?? "PCI device") : names.joined(separator: ", ")
        return Slot(label: label, busId: node.name, device: best)
    }

    private struct Slot {
        var label: String
        var busId: String?
        var device: Device?

        func isLike(_ other: Slot) -> Bool {
            guard let device, let second = other.device, device.model != nil else { return false }
            return device.kind == second.kind && device.vendor == second.vendor && device.model == second.model
        }

        /// Name and link, and under them what it is.
        var box: Document.Box {
            let size = (device?.memoryBytes ?? device?.capacityBytes).map(Figures.bytes)
            let what = [device?.modelText, size, busId].compactMap { $0 }.joined(separator: ", ")
            return Document.Box(
                label, device?.speedText ?? "", .device, children: what.isEmpty ? [] : [Document.Box(what, "", .note)])
        }
    }
}
