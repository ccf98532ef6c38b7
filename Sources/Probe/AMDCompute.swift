import Model
import SystemFiles

/// What the compute driver (KFD) says of the units of a GPU.
enum AMDCompute {
    /// - Parameter busId: by which the node is found: it tells its place as bus, device and function in one number.
    static func find(_ files: SystemFiles, _ busId: String?) -> Reported<Accelerator.Compute> {
        let folder = "/sys/class/kfd/kfd/topology/nodes"
        let nodes = files.names(in: folder).prefix(256)
        guard !nodes.isEmpty else { return .unknown("\(folder): none") }
        let matching = nodes.map { properties(files, "\(folder)/\($0)/properties") }.filter { place($0) == busId }
        guard let first = matching.first, busId != nil else { return .unknown("\(folder): none is of this device") }
        // A partitioned GPU is several nodes in one place.
        let units = matching.map { ($0["simd_count"] ?? 0) / max($0["simd_per_cu"] ?? 1, 1) }.reduce(0, +)
        return .known(
            Accelerator.Compute(
                capability: Reported(target(first["gfx_target_version"] ?? 0), else: "KFD tells no gfx_target_version"),
                interface: .unknown("KFD tells none"),
                multiprocessors: Reported(units > 0 ? units : nil, else: "KFD tells no simd_count"),
                cores: .unknown("KFD tells none")))
    }

    /// Lines such as `simd_count 304`. Among them is `unique_id`, which is never looked at.
    private static func properties(_ files: SystemFiles, _ path: String) -> [String: Int] {
        let keys: Set = ["simd_count", "simd_per_cu", "gfx_target_version", "location_id", "domain"]
        return (files.text(path).value?.lines ?? []).reduce(into: [:]) { properties, line in
            let words = line.words
            guard words.count == 2, keys.contains(String(words[0])), let value = Int(words[1]),
                (0...(1 << 32)).contains(value)
            else { return }
            properties[String(words[0])] = value
        }
    }

    private static func place(_ properties: [String: Int]) -> String? {
        guard let location = properties["location_id"], location > 0, location <= 0xffff else { return nil }
        return
            "\(hexadecimal(properties["domain"] ?? 0, 4)):\(hexadecimal(location >> 8, 2)):\(hexadecimal(location >> 3 & 0x1f, 2)).0"
    }

    /// 90402 → `gfx942`; minor and stepping are written as one hexadecimal digit each.
    static func target(_ version: Int) -> String? {
        let (major, minor, stepping) = (version / 10000, version / 100 % 100, version % 100)
        guard (1...99).contains(major), minor < 16, stepping < 16 else { return nil }
        return "gfx\(major)\(hexadecimal(minor, 1))\(hexadecimal(stepping, 1))"
    }
}
