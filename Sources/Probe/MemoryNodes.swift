import Model
import SystemFiles

/// NUMA nodes as somebody other than hwloc tells them.
struct MemoryNodes {
    let nodes: Reported<[MemoryNode]>
    /// Who tells them, as a sentence names it.
    let witness: String

    private static let folder = "/sys/devices/system/node"
    /// More than any kernel is built for.
    private static let most = 1024

    /// libnuma's view of this machine; of a captured one, or where libnuma may not ask the kernel, that of the kernel's files.
    init(_ files: SystemFiles, _ pages: HugePages) {
        let library = files.isLive ? NumaLibrary.nodes() : nil
        let indices = library ?? Self.indices(files)
        witness = library == nil ? Self.folder : "libnuma"
        guard !indices.isEmpty else {
            nodes = .unknown("no node under \(Self.folder)")
            return
        }
        nodes = .known(
            indices.prefix(Self.most).map { index in
                let size = library == nil ? Self.size(files, index) : NumaLibrary.size(ofNode: index)
                return MemoryNode(
                    index: index, totalBytes: size.total, freeBytes: size.free,
                    distances: library == nil
                        ? Self.distances(files, index, indices.count)
                        : NumaLibrary.distances(from: index, to: indices),
                    hugePages: pages.pools(ofNode: index))
            })
    }

    /// Nodes that have a folder, as libnuma counts them.
    private static func indices(_ files: SystemFiles) -> [Int] {
        let prefix = "node"
        return files.names(in: folder).filter { $0.hasPrefix(prefix) }
            .compactMap { Int($0.dropFirst(prefix.count)) }.filter { $0 >= 0 }.sorted()
    }

    /// One line, a number for each node in order; none unless it covers all.
    private static func distances(_ files: SystemFiles, _ index: Int, _ count: Int) -> [Int] {
        let words = files.line("\(folder)/node\(index)/distance").value?.words ?? []
        let numbers = words.compactMap { Int($0) }
        return numbers.count == count && words.count == count && numbers.allSatisfy { $0 >= 0 } ? numbers : []
    }

    private static func size(
        _ files: SystemFiles, _ index: Int
    ) -> (total: Reported<UInt64>, free: Reported<UInt64>) {
        let path = "\(folder)/node\(index)/meminfo"
        switch files.text(path) {
        case .unknown(let reason): return (.unknown(reason), .unknown(reason))
        case .known(let text):
            return (kibibytes(text, "MemTotal:", path), kibibytes(text, "MemFree:", path))
        }
    }

    /// `Node 0 MemTotal:       16384000 kB`
    private static func kibibytes(_ text: String, _ key: String, _ path: String) -> Reported<UInt64> {
        let words = text.lines.lazy.map(\.words).first { $0.count >= 4 && $0[2] == key }
        guard let words, let value = UInt64(words[3]) else { return .unknown("\(path) has no \(key.dropLast())") }
        let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
        return overflow ? .unknown("\(path): \(key.dropLast()) is too large") : .known(bytes)
    }
}
