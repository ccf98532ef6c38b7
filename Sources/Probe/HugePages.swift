import Model
import SystemFiles

/// Huge pages that were set aside, of every size.
struct HugePages {
    private static let folder = "/sys/kernel/mm/hugepages"

    /// Over all nodes, smallest size first.
    let pools: Reported<[HugePagePool]>
    private let files: SystemFiles

    init(_ files: SystemFiles) {
        self.files = files
        let found = Self.pools(files, Self.folder) { _ in nil }
        pools = found.isEmpty ? .unknown("no page size under \(Self.folder)") : .known(found)
    }

    /// Of one node. What there is none of anywhere is not looked for in each node.
    func pools(ofNode node: Int) -> [HugePagePool] {
        Self.pools(files, "/sys/devices/system/node/node\(node)/hugepages") { size in
            let everywhere = pools.value?.first { $0.bytes == size }
            return everywhere?.total == .known(0)
                ? HugePagePool(bytes: size, total: .known(0), free: .known(0)) : nil
        }
    }

    private static func pools(
        _ files: SystemFiles, _ folder: String, known: (UInt64) -> HugePagePool?
    ) -> [HugePagePool] {
        let sizes = files.names(in: folder).compactMap { name in size(name).map { (name, $0) } }
        return sizes.sorted { $0.1 < $1.1 }.prefix(16).map { name, size in
            known(size)
                ?? HugePagePool(
                    bytes: size, total: count(files, "\(folder)/\(name)/nr_hugepages"),
                    free: count(files, "\(folder)/\(name)/free_hugepages"))
        }
    }

    private static func count(_ files: SystemFiles, _ path: String) -> Reported<Int> {
        guard case .known(let value) = files.integer(path) else { return files.integer(path) }
        return value >= 0 ? .known(value) : .unknown("\(path): negative")
    }

    /// `hugepages-2048kB`, of which the kernel means KiB.
    private static func size(_ name: String) -> UInt64? {
        guard name.hasPrefix("hugepages-"), name.hasSuffix("kB"),
            let kibibytes = UInt64(name.dropFirst("hugepages-".count).dropLast(2)), kibibytes > 0
        else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }
}
