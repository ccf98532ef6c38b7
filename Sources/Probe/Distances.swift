import CHwloc
import Model

extension HwlocTopology {
    /// Every matrix there is: between NUMA nodes, between GPUs, whatever a file brings.
    borrowing func distances() -> [DistanceMatrix] {
        var count: UInt32 = 0
        guard hwloc_distances_get(handle, &count, nil, 0, 0) == 0, count > 0 else { return [] }
        var room = min(count, Self.mostMatrices)
        var found = [UnsafeMutablePointer<hwloc_distances_s>?](repeating: nil, count: Int(room))
        guard hwloc_distances_get(handle, &room, &found, 0, 0) == 0 else { return [] }
        return found.compactMap { $0 }.compactMap { matrix in
            defer { hwloc_distances_release(handle, matrix) }
            return DistanceMatrix(matrix.pointee, name: HwlocText.clean(hwloc_distances_get_name(handle, matrix)))
        }
    }

    private static let mostMatrices: UInt32 = 64
}

extension DistanceMatrix {
    /// More objects than any machine has GPUs or nodes; beyond it the matrix alone would be most of the document.
    private static let mostObjects = 1024

    fileprivate init?(_ matrix: hwloc_distances_s, name: String?) {
        let size = Int(matrix.nbobjs)
        guard (1...Self.mostObjects).contains(size), let objects = matrix.objs, let values = matrix.values else {
            return nil
        }
        let meaning = Meaning(matrix.kind, name)
        let unit = Unit(meaning, name)
        // Drivers tell nothing of the way from a device to itself; hwloc puts in something large.
        let isMadeUp = unit == .bytesPerSecond
        self.init(
            name: name, meaning: meaning, unit: unit, source: Source(matrix.kind),
            objects: (0..<size).map { index in
                HwlocObject(objects[index]).map(TopologyObject.init)
                    ?? TopologyObject(kind: "unknown", index: nil, name: nil)
            },
            values: (0..<size).map { row in
                (0..<size).map { column in
                    isMadeUp && row == column ? nil : Double(values[row * size + column]) * unit.factor
                }
            })
    }
}

extension DistanceMatrix.Meaning {
    fileprivate init(_ kind: UInt, _ name: String?) {
        if name == "XGMIHops" {
            self = .hops
        } else if kind & UInt(HWLOC_DISTANCES_KIND_MEANS_LATENCY.rawValue) != 0 {
            self = .latency
        } else {
            self = kind & UInt(HWLOC_DISTANCES_KIND_MEANS_BANDWIDTH.rawValue) != 0 ? .bandwidth : .unknown
        }
    }
}

extension DistanceMatrix.Unit {
    /// Only for the names that hwloc documents; what a user calls bandwidth may be in anything.
    fileprivate init(_ meaning: DistanceMatrix.Meaning, _ name: String?) {
        switch name {
        case "NVLinkBandwidth", "XGMIBandwidth": self = .bytesPerSecond
        case "XGMIHops": self = .hops
        case "NUMALatency": self = .relative
        default: self = .unknown
        }
    }

    /// hwloc documents MB/s.
    fileprivate var factor: Double { self == .bytesPerSecond ? 1e6 : 1 }
}

extension DistanceMatrix.Source {
    fileprivate init(_ kind: UInt) {
        if kind & UInt(HWLOC_DISTANCES_KIND_FROM_OS.rawValue) != 0 {
            self = .system
        } else {
            self = kind & UInt(HWLOC_DISTANCES_KIND_FROM_USER.rawValue) != 0 ? .user : .unknown
        }
    }
}

extension TopologyObject {
    init(_ object: HwlocObject) {
        let node = object.kind == "misc" ? nil : object.label
        self.init(kind: object.kind, index: object.numbered ? object.index : nil, name: node)
    }

    /// `package 1`, `device nvml0`.
    var text: String { ([kind] + [index.map { "\($0)" }, name].compactMap { $0 }).joined(separator: " ") }
}
