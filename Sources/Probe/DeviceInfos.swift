import Model

/// What hwloc and its plugins tell of a device beside its name: sizes and counts, asked for one by one. Serial numbers,
/// addresses and GUIDs stand in the same list and are never asked for.
struct DeviceInfos {
    private let object: HwlocObject

    init(_ object: HwlocObject) { self.object = object }

    /// Bytes on a GPU or an accelerator, under the name that each plugin gives it.
    var memoryBytes: UInt64? {
        let keys = [
            "CUDAGlobalMemorySize", "OpenCLGlobalMemorySize", "RSMIVRAMSize", "LevelZeroMemorySize",
            "VectorEngineMemorySize",
        ]
        if let size = keys.lazy.compactMap(kibibytes).first { return size }
        return sum(["LevelZeroHBMSize", "LevelZeroDDRSize"]) ?? sum(["CXLRAMSize", "CXLPMEMSize"])
    }

    var computeUnits: Int? {
        let keys = ["CUDAMultiProcessors", "OpenCLComputeUnits", "VectorEngineCores"]
        return keys.lazy.compactMap(number).first ?? executionUnits
    }

    /// Bytes of a block device.
    var capacityBytes: UInt64? { kibibytes("Size") }
    var sectorBytes: Int? { number("SectorSize") }

    /// Intel counts slices, subslices in each, execution units in each of those.
    private var executionUnits: Int? {
        let keys = ["LevelZeroNumSlices", "LevelZeroNumSubslicesPerSlice", "LevelZeroNumEUsPerSubslice"]
        let counts = keys.compactMap(number)
        guard counts.count == keys.count, counts.allSatisfy({ $0 <= 4096 }) else { return nil }
        return counts.reduce(1, *)
    }

    private func sum(_ keys: [String]) -> UInt64? {
        let sizes = keys.compactMap(kibibytes)
        return sizes.isEmpty ? nil : sizes.reduce(0, &+)
    }

    private func number(_ key: String) -> Int? {
        object.info(key).flatMap { Int($0) }.flatMap { $0 > 0 && $0 < 1 << 40 ? $0 : nil }
    }

    /// hwloc counts in KiB, and later versions say so: `1024`, `1024KiB`.
    private func kibibytes(_ key: String) -> UInt64? {
        guard let text = object.info(key) else { return nil }
        let digits = text.hasSuffix("KiB") ? text.dropLast(3) : text[...]
        guard let size = UInt64(digits), size > 0, size < 1 << 50 else { return nil }
        return size << 10
    }
}

extension Device {
    mutating func read(_ infos: DeviceInfos) {
        switch kind {
        case .gpu, .coprocessor, .memory: (memoryBytes, computeUnits) = (infos.memoryBytes, infos.computeUnits)
        case .block: break
        default: return
        }
        if kind == .block || kind == .memory { (capacityBytes, sectorBytes) = (infos.capacityBytes, infos.sectorBytes) }
    }
}
