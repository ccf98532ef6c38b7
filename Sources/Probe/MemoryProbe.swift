import Model
import SystemFiles

extension Memory {
    init(_ files: SystemFiles, _ topology: Topology) {
        let table = MemoryTable(files)
        self.init(
            kernelBytes: table.bytes("MemTotal"), hwlocBytes: Self.hwlocBytes(topology),
            availableBytes: table.bytes("MemAvailable"), swapBytes: table.bytes("SwapTotal"),
            hugePageBytes: table.bytes("Hugepagesize"), hugePages: table.number("HugePages_Total"))
    }

    /// Sum over the nodes; what is not known is not zero.
    static func hwlocBytes(_ topology: Topology) -> Reported<UInt64> {
        let sum = topology.numaNodes.reduce(UInt64(0)) { sum, node in
            let (value, overflow) = sum.addingReportingOverflow(node.bytes)
            return overflow ? .max : value
        }
        return sum == 0 ? .unknown("hwloc knows the size of no node") : .known(sum)
    }
}

/// /proc/meminfo, by key.
private struct MemoryTable {
    private let values: [String: String]
    private let problem: String?

    init(_ files: SystemFiles) {
        switch files.text("/proc/meminfo") {
        case .unknown(let reason): (values, problem) = ([:], reason)
        case .known(let text):
            problem = nil
            values = text.lines.reduce(into: [:]) { values, line in
                if let (key, value) = line.keyed(":") { values[key] = value }
            }
        }
    }

    func number(_ key: String) -> Reported<Int> {
        guard let text = values[key] else { return .unknown(problem ?? "/proc/meminfo has no \(key)") }
        let number = text.words.first.flatMap { Int($0) }
        return Reported(number.flatMap { $0 < 0 ? nil : $0 }, else: "/proc/meminfo: \(key) is no number")
    }

    /// The kernel writes `kB` and means KiB.
    func bytes(_ key: String) -> Reported<UInt64> {
        switch number(key) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let number):
            let (bytes, overflow) = UInt64(number).multipliedReportingOverflow(by: 1024)
            return overflow ? .unknown("/proc/meminfo: \(key) is too large") : .known(bytes)
        }
    }
}
