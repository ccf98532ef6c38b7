import Model
import Units

/// Where the witnesses of memory differ: one sentence each.
struct MemoryDifferences {
    /// What a kernel keeps for itself and its tables before it counts.
    static let ofFirmware = 0.05
    /// Between two who count the same.
    static let ofKernel = 0.01

    let topology: Topology
    /// Nodes that this process may use, where that is told.
    let allowed: Set<Int>?

    func sentences(_ memory: Memory, nodesFrom witness: String) -> [String] {
        sizes(memory) + (memory.nodes.value.map { nodes($0, witness) } ?? [])
            + (memory.modules.value.map(speeds) ?? [])
    }

    // The three numbers.

    private func sizes(_ memory: Memory) -> [String] {
        var sentences: [String] = []
        let kernel = memory.kernelBytes.value
        if let kernel, let firmware = memory.firmwareBytes.value, let source = memory.firmwareSource.value,
            let share = Self.share(firmware, kernel, above: Self.ofFirmware)
        {
            sentences.append(
                "Firmware and kernel differ by \(share): \(Figures.bytes(firmware)) by the \(source), "
                    + "\(Figures.bytes(kernel)) by MemTotal. Up to \(Figures.percent(Self.ofFirmware)) is what a kernel "
                    + "keeps for itself.")
        }
        if let kernel, let hwloc = memory.hwlocBytes.value,
            let share = Self.share(kernel, hwloc, above: Self.ofKernel)
        {
            sentences.append(
                "Kernel and hwloc differ by \(share): \(Figures.bytes(kernel)) by MemTotal, \(Figures.bytes(hwloc)) in "
                    + "hwloc's NUMA nodes together.")
        }
        return sentences
    }

    /// How far two sizes are apart, where that is more than `limit` of the larger.
    private static func share(_ one: UInt64, _ other: UInt64, above limit: Double) -> String? {
        let largest = Double(max(one, other))
        guard largest > 0 else { return nil }
        let share = Double(max(one, other) - min(one, other)) / largest
        return share > limit ? Figures.percent(share, decimals: share < 0.1 ? 1 : 0) : nil
    }

    // The nodes.

    private func nodes(_ nodes: [MemoryNode], _ witness: String) -> [String] {
        let theirs = nodes.map(\.index)
        let ours = topology.numaNodes.map(\.index)
        var sentences = theirs.filter { !ours.contains($0) }.map { index in
            let reason = allowed.map { !$0.contains(index) } == true ? "; this process may not use it" : ""
            return "NUMA node \(index) is there by \(witness), not by hwloc\(reason)."
        }
        // A machine without NUMA has one node for hwloc, and none for anybody else.
        sentences += ours.filter { !theirs.contains($0) }.map {
            "NUMA node \($0) is there by hwloc, not by \(witness)."
        }
        for node in nodes {
            guard let same = topology.numaNodes.first(where: { $0.index == node.index }),
                let bytes = node.totalBytes.value, bytes != same.bytes
            else { continue }
            sentences.append(
                "NUMA node \(node.index) has \(Figures.bytes(bytes)) by \(witness), \(Figures.bytes(same.bytes)) by "
                    + "hwloc.")
        }
        return sentences + distances(nodes, witness)
    }

    private func distances(_ nodes: [MemoryNode], _ witness: String) -> [String] {
        let told = nodes.contains { !$0.distances.isEmpty }
        guard told, nodes.count > 1 else { return [] }
        guard !topology.numaDistances.isEmpty else {
            return ["\(witness) tells distances between NUMA nodes, hwloc none."]
        }
        var differing: [String] = []
        for node in nodes {
            for (to, value) in zip(nodes, node.distances) {
                guard let other = distance(node.index, to.index), other != value else { continue }
                differing.append("from \(node.index) to \(to.index) \(value) against \(other)")
            }
        }
        let missing = nodes.filter(\.distances.isEmpty).map { "\($0.index)" }
        let most = 4
        let more = differing.count > most ? ", and \(differing.count - most) more" : ""
        return [
            differing.isEmpty
                ? nil
                : "Distances between NUMA nodes differ, \(witness) against hwloc: "
                    + "\(differing.prefix(most).joined(separator: ", "))\(more).",
            missing.isEmpty ? nil : "\(witness) tells no distances from NUMA node \(missing.joined(separator: ", ")).",
        ].compactMap { $0 }
    }

    private func distance(_ from: Int, _ to: Int) -> Int? {
        guard let row = topology.numaNodes.firstIndex(where: { $0.index == from }),
            let column = topology.numaNodes.firstIndex(where: { $0.index == to }),
            topology.numaDistances.indices.contains(row), topology.numaDistances[row].indices.contains(column)
        else { return nil }
        return topology.numaDistances[row][column]
    }

    // The modules.

    private func speeds(_ modules: [MemoryModules]) -> [String] {
        modules.compactMap { group in
            guard let rated = group.ratedTransferRate.value, let configured = group.configuredTransferRate.value,
                configured < rated
            else { return nil }
            return "Memory modules made for \(Figures.transferRate(rated)) run at \(Figures.transferRate(configured))."
        }
    }
}
