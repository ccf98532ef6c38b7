import Document
import Model
import Units

extension Datasheet {
    /// §4: what the machine is, claimed against visible, and its picture.
    static func systemUnderTest(_ reading: Reading) -> Document.Section {
        let machine = reading.machine
        let claims = allClaims(reading)
        var blocks: [Document.Block] = [
            .row([[.table(visible(machine))], [.table(memoryAndLimits(machine))]]), .table(table(claims)),
        ]
        // A machine of several nodes, or of many cores, needs the whole width for its picture.
        let picture = Document.Block.figure(topologyFigure(machine))
        if machine.topology.numaNodes.count > 1 || machine.topology.cores > 16 {
            blocks += [picture] + numa(machine.topology)
        } else {
            blocks.append(.row([[picture], numa(machine.topology)]))
        }
        blocks += linkMatrices(machine.topology).map { .table($0) } + memoryNodes(machine.memory)
        blocks += accelerators(machine) + [devices(machine.topology)]
        return Document.Section(
            number: Number.systemUnderTest, title: "System under test", finding: systemFinding(claims), blocks: blocks)
    }

    private static func systemFinding(_ claims: [Claim]) -> Prose? {
        let disagreeing = claims.filter { $0.claimed != $0.visible }
        guard !claims.isEmpty else { return nil }
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
            Row("Processing units", unitStates(topology.processingUnitSets)),
            Row("Core kinds", coreKinds(topology)),
        ]
        var facts = folded(
            names + generationRow(processor) + processorIdentity(processor) + cores + processorFeatures(processor)
                + mitigationRows(processor.mitigations))
        facts += topology.caches.map { ("\(cacheName($0))", Prose(cacheText($0))) }
        facts += topology.memoryCaches.map { ("Memory-side cache", Prose(memoryCacheText($0))) }
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
        return topology.coreKinds.map { "\(kindName($0)): \(unitText($0))" }.joined(separator: "; ")
    }

    /// `IntelAtom, efficiency rank 0, 1.80 to 3.30 GHz`. The rank is hwloc’s, which gives one only where it can tell kinds
    /// apart.
    static func kindName(_ kind: CoreKind) -> String {
        let rank = kind.efficiency < 0 ? "efficiency unknown" : "efficiency rank \(kind.efficiency)"
        let base = kind.baseFrequency.value.map { "base \(Figures.quantity($0, .hertz))" }
        let most = kind.maximumFrequency.value.map { "at most \(Figures.quantity($0, .hertz))" }
        return [kind.type, rank, base, most].compactMap { $0 }.joined(separator: ", ")
    }

    static func memoryCacheText(_ cache: MemoryCache) -> String {
        let nodes = cache.nodes.map(String.init).joined(separator: ", ")
        return "\(Figures.bytes(cache.bytes)) before \(cache.nodes.count == 1 ? "node" : "nodes") \(nodes)"
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
        let size = cache.count == 1 ? Figures.bytes(cache.bytes) : "\(cache.count) × \(Figures.bytes(cache.bytes))"
        let ways = cache.ways.map { $0 == 1 ? "direct-mapped" : "\($0) ways" }
        let lines = cache.lineBytes.map { "lines of \(Figures.bytes(UInt64(clamping: $0)))" }
        return ([size] + [ways, lines].compactMap { $0 }).joined(separator: ", ")
    }

    private static func table(_ claims: [Claim]) -> Document.Table {
        let heads = [
            Document.Column(""), Document.Column("Claimed"), Document.Column("Visible"), Document.Column("Evidence"),
        ]
        var table = Document.Table(
            caption: "Claimed against visible", columns: heads,
            rows: claims.map { claim in
                let differs = claim.claimed != claim.visible
                return [
                    .data(Words.capital(claim.subject)), .data(claim.claimed),
                    .data(claim.visible, differs ? .bad : .none),
                    .data(claim.evidence),
                ]
            })
        if claims.isEmpty { table.notes = ["None: nothing was found to differ from what is claimed."] }
        return table
    }
}

extension Array where Element: Equatable {
    /// Each element once, in order.
    var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
