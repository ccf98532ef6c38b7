import Document
import Model
import Units

extension Datasheet {
    static func memoryRows(_ memory: Memory) -> [(String, Prose)] {
        folded(sizeRows(memory) + moduleRows(memory))
            + (memory.differences.value ?? []).map { ("Witnesses differ", Prose($0)) }
    }

    private static func sizeRows(_ memory: Memory) -> [Row] {
        let source = memory.firmwareSource.value.map { " (\($0))" } ?? ""
        let policy = memory.policy.map { $0.nodes.isEmpty ? $0.mode : "\($0.mode) \($0.nodes)" }
        return [
            Row("Memory by firmware", memory.firmwareBytes.map { Figures.bytes($0) + source }),
            Row("Memory by kernel", memory.kernelBytes.map(Figures.bytes)),
            Row("Memory by hwloc", memory.hwlocBytes.map(Figures.bytes)),
            Row("Memory available", memory.availableBytes.map(Figures.bytes)),
            Row("Swap", memory.swapBytes.map { swap($0, memory.freeSwapBytes) }),
            Row("Huge pages", hugePages(memory)), Row("Memory policy", policy),
        ]
    }

    private static func swap(_ bytes: UInt64, _ free: Reported<UInt64>) -> String {
        guard bytes > 0 else { return "none" }
        return Figures.bytes(bytes) + (free.value.map { ", \(Figures.bytes($0)) free" } ?? "")
    }

    private static func hugePages(_ memory: Memory) -> Reported<String> {
        if let pools = memory.hugePagePools.value { return .known(pools.map(poolText).joined(separator: "; ")) }
        return switch (memory.hugePages, memory.hugePageBytes) {
        case (.known(let count), .known(let bytes)): .known("\(count) reserved, of \(Figures.bytes(bytes)) each")
        case (.known(let count), .unknown(let why)): .known("\(count) reserved; their size is unknown: \(why)")
        case (.unknown(let why), .known(let bytes)):
            .known("of \(Figures.bytes(bytes)) each; how many is unknown: \(why)")
        case (.unknown(let why), .unknown(let other)): .unknown([why, other].unique.joined(separator: "; "))
        }
    }

    /// `2 MiB: 512, 500 free`
    static func poolText(_ pool: HugePagePool) -> String {
        let size = Figures.bytes(pool.bytes)
        guard case .known(let total) = pool.total else { return "\(size): \(pool.total.text(String.init))" }
        guard total > 0 else { return "\(size): none" }
        return "\(size): \(Figures.grouped(UInt64(clamping: total)))"
            + (pool.free.value.map { ", \(Figures.grouped(UInt64(clamping: $0))) free" } ?? "")
    }

    private static func moduleRows(_ memory: Memory) -> [Row] {
        [
            Row("Memory modules", memory.modules.map(configuration)), Row("Memory sockets", sockets(memory)),
            Row("Memory channels", memory.channels.map { "\($0) in use" }),
            Row("Error correction", memory.errorCorrection),
            Row("Memory controllers", memory.controllers.map(controllers)),
        ]
    }

    /// `24 × 64 GiB DDR5 registered DIMM, 4 800 MT/s (made for 5 600 MT/s), 2 ranks, 64 of 80 bits data, Maker Part`
    static func configuration(_ groups: [MemoryModules]) -> String {
        groups.map { group in
            let kind = [group.type, group.buffering, group.formFactor].compactMap(\.value).joined(separator: " ")
            return [
                "\(group.count) × \(Figures.bytes(group.bytes))" + (kind.isEmpty ? "" : " \(kind)"),
                rate(group), group.ranks.value.map { Words.count($0, "rank") }, width(group),
                names(group),
            ].compactMap { $0 }.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    private static func rate(_ group: MemoryModules) -> String? {
        switch (group.configuredTransferRate.value, group.ratedTransferRate.value) {
        case (let now?, let made?) where now != made:
            "\(Figures.transferRate(now)) (made for \(Figures.transferRate(made)))"
        case (let now?, _): Figures.transferRate(now)
        case (nil, let made?): "made for \(Figures.transferRate(made))"
        case (nil, nil): nil
        }
    }

    private static func width(_ group: MemoryModules) -> String? {
        guard let data = group.dataBits.value, data > 0 else { return nil }
        guard let total = group.totalBits.value, total > data else { return "\(data) bits wide" }
        return "\(data) bits wide and \(total - data) for error correction"
    }

    private static func names(_ group: MemoryModules) -> String? {
        let names = [group.manufacturer, group.partNumber].compactMap(\.value)
        return names.isEmpty ? nil : names.joined(separator: " ")
    }

    private static func sockets(_ memory: Memory) -> Reported<String> {
        memory.arrays.map { arrays in
            let count = sum(arrays.map(\.sockets))
            let filled = memory.modules.value.map { sum($0.map(\.count)) }
            let most = arrays.compactMap(\.maximumBytes.value).max()
            let each = arrays.count > 1 ? " in each of \(arrays.count) groups" : ""
            return (filled.map { "\($0) of \(count) filled" } ?? "\(count)")
                + (most.map { ", for at most \(Figures.bytes($0))\(each)" } ?? "")
        }
    }

    /// A record may hold any number.
    private static func sum(_ counts: [Int]) -> Int {
        counts.reduce(0) { sum, count in
            let (value, overflow) = sum.addingReportingOverflow(count)
            return overflow ? .max : value
        }
    }

    /// Alike ones together: what matters is whether any has counted errors.
    private static func controllers(_ all: [MemoryController]) -> String {
        let texts = all.map { controller in
            let kind = [controller.name, controller.memoryType, controller.errorCorrection].compactMap(\.value)
            let errors =
                "\(controller.correctedErrors.text(String.init)) corrected and "
                + "\(controller.uncorrectedErrors.text(String.init)) uncorrected errors"
            let size = controller.bytes.value.map { Figures.bytes($0) }
            return ([kind.joined(separator: " "), size, Words.count(controller.modules, "module"), errors])
                .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return texts.unique.map { text in
            let count = texts.count { $0 == text }
            return count > 1 ? "\(count) × \(text)" : text
        }.joined(separator: "; ")
    }
}
