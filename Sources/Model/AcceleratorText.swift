extension Accelerator.HostLink {
    /// `PCIe 5.0 × 16`, and what it runs at where that is less.
    public var text: Reported<String> {
        let most = Self.name(maximumGeneration, maximumLanes)
        let now = Self.name(generation, lanes)
        switch (most, now) {
        case (.known(let most), .known(let now)):
            return .known(most == now ? most : "\(most) at most, \(now) when probed")
        case (.known(let most), .unknown): return .known("\(most) at most")
        case (.unknown, .known(let now)): return .known("\(now) when probed")
        case (.unknown(let reason), .unknown): return .unknown(reason)
        }
    }

    private static func name(_ generation: Reported<Int>, _ lanes: Reported<Int>) -> Reported<String> {
        guard let number = generation.value else { return .unknown(generation.reason ?? "") }
        return lanes.map { "PCIe \(number).0 × \($0)" }
    }
}

extension Accelerator.Interconnect {
    /// `NVLink 4.0, 18 links, all active, to switch`.
    public var text: String {
        let versions = SystemDescription.each(links.compactMap(\.version.value))
        let active = links.count(where: \.isActive)
        let remotes = SystemDescription.each(links.compactMap(\.remote.value))
        var parts = [versions.isEmpty ? name : "\(name) \(versions)"]
        if !links.isEmpty {
            parts.append("\(links.count) link\(links.count == 1 ? "" : "s")")
            parts.append(active == links.count ? "all active" : "\(active) active")
        }
        if let peers = peers.map({ max($0, 0) }) {
            parts.append("to \(peers) other device\(peers == 1 ? "" : "s")")
        }
        if !remotes.isEmpty { parts.append("to \(remotes)") }
        return parts.joined(separator: ", ")
    }
}
