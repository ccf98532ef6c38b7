import CHwloc
import Model
import SystemFiles

extension HwlocTopology {
    borrowing func coreKinds() -> [CoreKind] {
        let count = max(0, hwloc_cpukinds_get_nr(handle, 0))
        return (0..<UInt32(count)).compactMap { kind in
            guard let set = Bitmap() else { return nil }
            var efficiency: Int32 = -1
            var infoCount: UInt32 = 0
            var infos: UnsafeMutablePointer<hwloc_info_s>?
            guard hwloc_cpukinds_get_info(handle, kind, set.handle, &efficiency, &infoCount, &infos, 0) == 0 else {
                return nil
            }
            let texts = KindInfos(UnsafeBufferPointer(start: infos, count: infos == nil ? 0 : Int(infoCount)))
            return CoreKind(
                efficiency: Int(efficiency), processingUnits: set.view.count, processingUnitList: set.view.list,
                type: texts["CoreType"], maximumFrequency: texts.frequency("FrequencyMaxMHz"),
                baseFrequency: texts.frequency("FrequencyBaseMHz"), capacity: texts["LinuxCapacity"].flatMap { Int($0) }
            )
        }
    }
}

/// What hwloc says of one kind of core, asked for by name.
private struct KindInfos {
    private let infos: UnsafeBufferPointer<hwloc_info_s>

    init(_ infos: UnsafeBufferPointer<hwloc_info_s>) { self.infos = infos }

    subscript(key: String) -> String? {
        infos.lazy.filter { $0.name != nil && String(cString: $0.name) == key }.compactMap {
            HwlocText.clean($0.value)
        }.first
    }

    /// Hz, from whole MHz.
    func frequency(_ key: String) -> Reported<Double> {
        guard let text = self[key] else { return .unknown("hwloc tells no \(key)") }
        guard let value = Int(text), (1...1_000_000).contains(value) else { return .unknown("\(key): not a frequency") }
        return .known(Double(value) * 1e6)
    }
}

extension Topology {
    /// Intel's hybrid processors: the kernel has a counter unit for each kind of core, and says which processing units
    /// have it. hwloc finds the names only where it may ask the processors themselves.
    mutating func completeCoreKinds(_ files: SystemFiles) {
        guard coreKinds.count > 1 else { return }
        for (unit, type) in [("cpu_core", "IntelCore"), ("cpu_atom", "IntelAtom"), ("cpu_lowpower", "IntelLowPower")] {
            guard let list = files.line("/sys/devices/\(unit)/cpus").value, let set = Bitmap(list: list) else {
                continue
            }
            for index in coreKinds.indices where coreKinds[index].type == nil {
                if coreKinds[index].processingUnitList == set.view.list { coreKinds[index].type = type }
            }
        }
    }
}
