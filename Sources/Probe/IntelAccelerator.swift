import Model
import SystemFiles

/// GPUs of the drivers xe and i915. One device has tiles, a tile has graphics units ("GT"): the render engines and, in later
/// chips, the media engines apart.
struct IntelAccelerator {
    private let device: DeviceFolder
    private let card: DeviceFolder?

    init(_ device: DeviceFolder, card: DeviceFolder?) {
        self.device = device
        self.card = card
    }

    func describe(_ accelerator: inout Accelerator) {
        let unknown = "the driver's files do not tell"
        accelerator.memory = memory.map {
            Accelerator.Memory(
                bytes: .known($0), freeBytes: .unknown(unknown), reservedBytes: .unknown(unknown),
                hostVisibleBytes: .unknown(unknown))
        }
        accelerator.firmwareVersion = .unknown(unknown)
        accelerator.compute = .unknown(unknown)
        accelerator.interconnect = .unknown(unknown)
    }

    /// Each tile's memory with xe; one number for the card with some versions of i915. Integrated GPUs have none.
    private var memory: Reported<UInt64> {
        let tiles = device.numbered("tile").map { device.folder($0) }
        let sizes = tiles.compactMap {
            $0.bytes("physical_vram_size_bytes").or($0.bytes("memory/physical_vram_size_bytes")).value
        }
        if !sizes.isEmpty { return .known(sizes.reduce(0, +)) }
        let folders = [card, device].compactMap { $0 }
        let told = folders.lazy.compactMap { $0.bytes("lmem_total_bytes").value }.first
        return Reported(told, else: "no memory of its own, or the driver does not tell its size")
    }

    func read(_ accelerator: inout Accelerator) {
        let units = graphicsUnits
        let monitor = DeviceMonitor(device)
        accelerator.clocks =
            units.isEmpty
            ? .unknown("neither gt nor tile among the driver's files")
            : .known(
                units.map { unit in
                    Accelerator.Clock(
                        domain: units.count == 1 ? "graphics" : unit.name,
                        current: unit.folder.megahertz(unit.names.actual).or(
                            unit.folder.megahertz(unit.names.requested)),
                        maximum: unit.folder.megahertz(unit.names.maximum))
                })
        accelerator.power = monitor.power
        accelerator.temperatureCelsius = monitor.temperature
        accelerator.utilization = .unknown("the driver's files do not tell")
        accelerator.throttleReasons = throttling(units)
        accelerator.modes = .known(
            units.prefix(1).map { Accelerator.Mode(name: "clockLimit", current: limit($0)) })
    }

    private func limit(_ unit: GraphicsUnit) -> Reported<String> {
        unit.folder.whole(unit.names.limit, in: 1...100_000).map { "\($0) MHz" }
    }

    /// One engine group and how its driver names the files.
    private struct GraphicsUnit {
        struct Names {
            var actual, requested, maximum, limit: String
            /// Folder and prefix of the reasons.
            var throttleFolder, throttlePrefix: String
        }
        let name: String
        let folder: DeviceFolder
        let names: Names
    }

    private static let xe = GraphicsUnit.Names(
        actual: "act_freq", requested: "cur_freq", maximum: "rp0_freq", limit: "max_freq", throttleFolder: "throttle",
        throttlePrefix: "reason_")
    private static let i915 = GraphicsUnit.Names(
        actual: "rps_act_freq_mhz", requested: "rps_cur_freq_mhz", maximum: "rps_RP0_freq_mhz",
        limit: "rps_max_freq_mhz",
        throttleFolder: ".", throttlePrefix: "throttle_reason_")
    /// Before graphics units had folders of their own.
    private static let early = GraphicsUnit.Names(
        actual: "gt_act_freq_mhz", requested: "gt_cur_freq_mhz", maximum: "gt_RP0_freq_mhz", limit: "gt_max_freq_mhz",
        throttleFolder: ".", throttlePrefix: "gt_throttle_reason_")

    private var graphicsUnits: [GraphicsUnit] {
        let tiles = device.numbered("tile").flatMap { tile in
            device.folder(tile).numbered("gt").map { unit in
                GraphicsUnit(name: "\(tile) \(unit)", folder: device.folder("\(tile)/\(unit)/freq0"), names: Self.xe)
            }
        }
        if !tiles.isEmpty { return tiles }
        guard let card else { return [] }
        let units = card.folder("gt").numbered("gt").map {
            GraphicsUnit(name: $0, folder: card.folder("gt/\($0)"), names: Self.i915)
        }
        if !units.isEmpty { return units }
        return card.exists("gt_RP0_freq_mhz") ? [GraphicsUnit(name: "graphics", folder: card, names: Self.early)] : []
    }

    /// One file a reason, 1 while it holds.
    private func throttling(_ units: [GraphicsUnit]) -> Reported<[String]> {
        var isTold = false
        var found: [String] = []
        for unit in units {
            let folder = unit.folder.folder(unit.names.throttleFolder)
            for file in folder.names().filter({ $0.hasPrefix(unit.names.throttlePrefix) }).prefix(32) {
                let reason = String(file.dropFirst(unit.names.throttlePrefix.count))
                guard reason != "status", let holds = folder.whole(file, in: 0...1).value else { continue }
                isTold = true
                let word = Self.words[reason] ?? "another reason"
                if holds == 1, !found.contains(word) { found.append(word) }
            }
        }
        return isTold ? .known(found) : .unknown("no throttle reasons among the driver's files")
    }

    private static let words = [
        "pl1": "sustained power limit", "pl2": "burst power limit", "pl4": "peak current limit",
        "thermal": "temperature",
        "prochot": "PROCHOT", "ratl": "running average temperature", "vr_tdc": "regulator current",
        "vr_thermalert": "regulator too hot",
    ]
}
