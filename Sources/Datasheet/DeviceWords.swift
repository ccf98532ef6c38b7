import Model
import Units

extension Unit {
    static let transfersPerSecond = Unit("T/s", prefixes: .decimal)
    static let bitsPerSecond = Unit("bit/s", prefixes: .decimal)
}

/// What is said of a device, in one place for tree, table and picture.
extension Device {
    /// Vendor and model; numbers only where there is nothing else.
    var modelText: String? {
        if let model, !model.hasPrefix("0x") {
            guard let vendor, !vendor.hasPrefix("0x") else { return model }
            // A maker's name stands at the head of most of its models: `NVIDIA Corporation`, `NVIDIA H100`.
            let maker = vendor.prefix { $0.isLetter }
            return !maker.isEmpty && model.hasPrefix(maker) ? model : "\(vendor) \(model)"
        }
        let parts = [vendor, model].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ":")
    }

    /// What it holds and computes with.
    var sizes: [String] {
        var parts: [String] = []
        if let memoryBytes { parts.append("\(Figures.bytes(memoryBytes)) of memory") }
        if let computeUnits { parts.append("\(computeUnits) compute units") }
        if let capacityBytes { parts.append(Figures.bytes(capacityBytes)) }
        if let sectorBytes { parts.append("sectors of \(Figures.bytes(UInt64(clamping: sectorBytes)))") }
        return parts
    }

    var portText: String? { portBitsPerSecond.map { $0.text { Figures.quantity($0, .bitsPerSecond) } } }

    /// The one speed for a label: a port's, or what the link carries.
    var speedText: String? {
        portBitsPerSecond?.value.map { Figures.quantity($0, .bitsPerSecond) }
            ?? link?.bytesPerSecond.value.map { Figures.quantity($0, .bytesPerSecond) }
    }
}

extension PCILink {
    /// `16 lanes at 32.0 GT/s (63.0 GB/s)`; `8 of 16 lanes at 8.00 of 16.0 GT/s` for a link below what it could be.
    var text: String {
        let lanes = width.value.map { now in
            let most = maximumWidth.value.flatMap { $0 > now ? " of \($0)" : nil } ?? ""
            return "\(now)\(most) \(now == 1 && most.isEmpty ? "lane" : "lanes")"
        }
        let rate = speed.value.map { now in
            let most = maximumSpeed.value.flatMap { $0 > now ? $0 : nil }
            let text = Figures.quantity(now, .transfersPerSecond)
            return most.map { "\(text) of \(Figures.quantity($0, .transfersPerSecond))" } ?? text
        }
        let words = [lanes, rate].compactMap { $0 }.joined(separator: " at ")
        let carried = bytesPerSecond.value.map { Figures.quantity($0, .bytesPerSecond) }
        if words.isEmpty { return carried ?? "unknown: \(speed.reason ?? "nothing is told of the link")" }
        return carried.map { "\(words) (\($0))" } ?? words
    }

    /// Whether the link is slower or narrower than both ends could do.
    var isReduced: Bool {
        if let now = width.value, let most = maximumWidth.value, now < most { return true }
        if let now = speed.value, let most = maximumSpeed.value, now < most { return true }
        return false
    }
}

extension Datasheet {
    /// What is switched off or withheld; `nil` where nothing is, or nobody can tell.
    static func missingUnits(_ sets: ProcessingUnitSets) -> String? {
        let offline = sets.offline.value.flatMap { $0.isEmpty ? nil : "offline: \($0)" }
        let disallowed = sets.disallowed.value.flatMap { $0.isEmpty ? nil : "not allowed: \($0)" }
        let parts = [offline, disallowed].compactMap { $0 }
        return parts.isEmpty ? nil : "processing units " + parts.joined(separator: "; ")
    }

    /// `0-3 online, 0-2 allowed; offline: 4`.
    static func unitStates(_ sets: ProcessingUnitSets) -> String {
        guard let online = sets.online.value else {
            let reason = sets.online.reason ?? "no reason recorded"
            guard let complete = sets.complete.value else { return "unknown: \(reason)" }
            return "\(complete) in the topology; which are online is unknown: \(reason)"
        }
        let all = "\(online) online"
        guard let missing = missingUnits(sets) else { return all + ", all allowed" }
        return all + "; " + missing.replacing("processing units ", with: "")
    }
}
