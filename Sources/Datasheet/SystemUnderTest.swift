import Document
import Model
import Units

extension Datasheet {
    /// §4: what the machine is, claimed against visible, and its picture.
    static func systemUnderTest(_ reading: Reading) -> Document.Section {
        let machine = reading.machine
        var blocks: [Document.Block] = [
            .row([[.table(visible(machine))], [.table(memoryAndLimits(machine))]]), .table(claims(machine)),
        ]
        // A machine of several nodes needs the whole width for its picture.
        let picture = Document.Block.figure(topologyFigure(machine))
        if machine.topology.numaNodes.count > 1 {
            blocks += [picture] + numa(machine)
        } else {
            blocks.append(.row([[picture], numa(machine)]))
        }
        blocks += memoryNodes(machine.memory) + accelerators(machine)
        blocks.append(devices(machine))
        return Document.Section(
            number: Number.systemUnderTest, title: "System under test", finding: systemFinding(machine), blocks: blocks)
    }

    private static func systemFinding(_ machine: Machine) -> Prose? {
        let disagreeing = machine.claims.filter { $0.claimed != $0.visible }
        guard !machine.claims.isEmpty else { return nil }
        if disagreeing.isEmpty { return "What is claimed and what is visible agree." }
        return Prose("Claimed and visible differ: \(Words.some(disagreeing.map(\.subject))).")
    }

    private static func visible(_ machine: Machine) -> Document.Table {
        let processor = machine.processor
        let topology = machine.topology
        let names = [
            Row("Processor", processor.model),
            Row("Vendor, architecture", "\(processor.vendor.text), \(processor.architecture)"),
        ]
        let cores = [
            Row("Packages, cores", "\(Words.count(topology.packages, "package")), \(coresAndThreads(topology))"),
            Row("Core kinds", coreKinds(topology)),
        ]
        var facts = folded(
            names + processorIdentity(processor) + cores + processorFeatures(processor)
                + mitigationRows(processor.mitigations))
        facts += topology.caches.map { ("\(cacheName($0))", Prose(cacheText($0))) }
        if topology.caches.isEmpty { facts.append(("Caches", "unknown: the topology shows none")) }
        return .facts("Processor and caches, as seen from inside", facts)
    }

    private static func memoryAndLimits(_ machine: Machine) -> Document.Table {
        .facts("Memory and limits, as seen from inside", memoryRows(machine.memory) + limitRows(machine.limits))
    }

    private static func coreKinds(_ topology: Topology) -> String {
        guard topology.coreKinds.count > 1 else {
            return topology.coreKinds.isEmpty ? "unknown: hwloc cannot tell" : "all alike"
        }
        return topology.coreKinds.map { "\(efficiency($0)): \(unitText($0))" }.joined(separator: "; ")
    }

    /// hwloc’s rank, which it gives only where it can tell the kinds apart.
    static func efficiency(_ kind: CoreKind) -> String {
        kind.efficiency < 0 ? "efficiency unknown" : "efficiency rank \(kind.efficiency)"
    }

    static func unitText(_ kind: CoreKind) -> String {
        let units = Words.count(kind.processingUnits, "processing unit")
        return kind.processingUnitList.isEmpty ? units : "\(units) (\(kind.processingUnitList))"
    }

    static func cacheName(_ cache: Cache) -> String {
        switch cache.type {
        case .data: "L\(cache.level) data cache"
        case .instruction: "L\(cache.level) instruction cache"
        case .unified: "L\(cache.level) cache"
        }
    }

    static func cacheText(_ cache: Cache) -> String {
        cache.count == 1 ? Figures.bytes(cache.bytes) : "\(cache.count) × \(Figures.bytes(cache.bytes))"
    }

    private static func claims(_ machine: Machine) -> Document.Table {
        let heads = [
            Document.Column(""), Document.Column("Claimed"), Document.Column("Visible"), Document.Column("Evidence"),
        ]
        var table = Document.Table(
            caption: "Claimed against visible", columns: heads,
            rows: machine.claims.map { claim in
                let differs = claim.claimed != claim.visible
                return [
                    .data(Words.capital(claim.subject)), .data(claim.claimed),
                    .data(claim.visible, differs ? .bad : .none),
                    .data(claim.evidence),
                ]
            })
        if machine.claims.isEmpty { table.notes = ["None: nothing was found to differ from what is claimed."] }
        return table
    }

    private static func numa(_ machine: Machine) -> [Document.Block] {
        let nodes = machine.topology.numaNodes
        guard !nodes.isEmpty else { return [.paragraph("NUMA nodes: none visible.")] }
        let distances = machine.topology.numaDistances
        let heads =
            [Document.Column("Node"), Document.Column("Memory", .number), Document.Column("Processing units")]
            + nodes.map { Document.Column("to \($0.index)", .number) }
        let rows = nodes.enumerated().map { row, node -> [Document.Cell] in
            let units = node.processingUnitList.isEmpty ? "none" : node.processingUnitList
            let line = row < distances.count ? distances[row] : []
            return [.data("\(node.index)"), .number(Figures.bytes(node.bytes)), .data(units)]
                + nodes.indices.map { $0 < line.count ? .number("\(line[$0])") : .notApplicable }
        }
        return [
            .table(
                Document.Table(
                    caption: "NUMA nodes and distances", columns: heads, rows: rows,
                    notes: ["Distances are relative, as the firmware tells them; local is 10."], isCompact: true))
        ]
    }

    private static func devices(_ machine: Machine) -> Document.Block {
        guard !machine.topology.devices.isEmpty else { return .paragraph("Devices: none visible.") }
        let heads = ["Device", "Kind", "Vendor, model", "Bus", "NUMA node"].map { Document.Column($0) }
        let rows = machine.topology.devices.map { device -> [Document.Cell] in
            let model = [device.vendor, device.model].compactMap { $0 }.joined(separator: ", ")
            return [
                .data(device.name), .data(device.kind.rawValue),
                model.isEmpty ? .data("not told", .quiet) : .data(model),
                device.busId.map { .data($0) } ?? .notApplicable,
                device.numaNode.map { .data("\($0)") } ?? .notApplicable,
            ]
        }
        return .table(Document.Table(caption: "Devices", columns: heads, rows: rows))
    }
}

extension Array where Element: Equatable {
    /// Each element once, in order.
    var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
